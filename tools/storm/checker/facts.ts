import type { InvariantRow } from '../../invariants/invariants.js';
import type { Call } from './history.js';

export interface OrderFact {
  id: string;
  number: string;
  state: string;
  exchangeOf: string | null;
  /** Addresses are told by the history; this is who the order belongs to. */
  person: string;
}

export interface LineFact {
  order: string;
  line: number;
  screening: string;
  seat: string;
  amount: number;
  ended: string | null;
  /** The order whose ticket this line replaces. */
  replaces: string | null;
}

export interface TicketFact {
  order: string;
  line: number;
  screening: string;
  serial: string;
  state: string;
}

export interface ClaimFact {
  screening: string;
  seat: string;
  owner: string;
  no: number;
}

export interface AttemptFact {
  id: string;
  order: string;
  state: string;
  captured: number;
  refunded: number;
}

/** A fact that tickets told, as its outbox has it. */
export interface OutboxFact {
  seq: number;
  fact: string;
  type: string;
  aggregate: string;
  version: number;
  /** Milliseconds. */
  at: number;
  published: boolean;
  /** Of returned lines. */
  lines: number[];
}

export interface KafkaFact {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
}

/** A fact of the programme, as the outbox of screenings has it. */
export interface ProgrammeFact {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
}

/** What the programme office told tickets, and what tickets made of it. */
export interface ProgrammeFacts {
  told: ProgrammeFact[];
  /** Facts that tickets has heard, one entry for each time. */
  heard: string[];
  /** Facts that somebody gave up at the desk of dead letters. */
  givenUp: string[];
  /** The version of each screening's copy. */
  copies: Map<string, number>;
}

export interface DeliveryFact {
  id: string;
  fact: string;
  template: string;
  state: string;
}

export interface MailFact {
  id: string;
  to: string;
  /** The delivery, as the Message-ID says. */
  delivery: string;
  /** The mail itself says that it may have come before. */
  repeat: boolean;
  files: string[];
}

/** A payment as the provider's own log has it. */
export interface PaymentFact {
  id: string;
  /** Our attempt. */
  attempt: string;
  captured: number;
  refunded: number;
}

export interface ScanFact {
  id: string;
  screening: string;
  serial: string | null;
  /** How it counts. */
  verdict: string;
  /** What the gate said. */
  shown: string | null;
  letIn: boolean;
  /** The gate judged alone and told later. */
  offline: boolean;
}

/** One write to Redis' picture of claims, in the order in which Redis did it. */
export type MarkFact =
  | { screening: string; epoch: number }
  | { screening: string; seat: string; no: number }
  | { screening: string; freed: string };

/** What the public map shows at rest. */
export interface MapFact {
  screening: string;
  /** One per instance of tickets. */
  from: string;
  /** Seat id to its letter. */
  seats: Map<string, string>;
}

/** A stop of sales: after this moment nothing of the screening may be claimed until it opens again. */
export interface StopFact {
  screening: string;
  from: number;
  until: number;
}

/** A while in which far more people came than the house can serve, with an ordinary while before and after it. */
export interface RushFact {
  before: [from: number, until: number];
  rush: [from: number, until: number];
  after: [from: number, until: number];
}

/** A while in which a clock was off; whiles are far shorter than that. */
export interface ClockFact {
  from: number;
  until: number;
  offMs: number;
}

/** What a process took at a moment of a long run. */
export interface SampleFact {
  at: number;
  program: string;
  pid: number;
  /** Resident, bytes. */
  memory: number;
  /** Open files and connections. */
  handles: number;
  /** Facts that wait to be told. */
  waiting: number;
}

/** Something that was done to the house. */
export interface FaultFact {
  at: number;
  what: string;
}

/** Everything that the checks know. They are functions of this alone. */
export interface Facts {
  calls: Call[];
  orders: OrderFact[];
  lines: LineFact[];
  tickets: TicketFact[];
  claims: ClaimFact[];
  attempts: AttemptFact[];
  /** What the books call fees, by order. */
  fees: Map<string, number>;
  outbox: OutboxFact[];
  kafka: KafkaFact[];
  /** Facts that notifications has heard, one entry for each time. */
  heard: string[];
  programme: ProgrammeFacts;
  deliveries: DeliveryFact[];
  mails: MailFact[];
  payments: PaymentFact[];
  scans: ScanFact[];
  marks: MarkFact[];
  maps: MapFact[];
  stops: StopFact[];
  rushes: RushFact[];
  samples: SampleFact[];
  faults: FaultFact[];
  invariants: InvariantRow[];
}

export interface Violation {
  /** Which check found it. */
  check: string;
  says: string;
  /** The shortest history that shows it: orders and seats whose calls tell the story. */
  about: { orders?: string[]; screening?: string; seat?: string; who?: string };
}

/** A statement about a whole run that must hold whatever was broken. */
export interface Check {
  id: string;
  says: string;
  find(facts: Facts): Violation[];
}
