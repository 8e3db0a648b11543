import type { PriceReason } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';

/**
 * The one door between the sale protocol and storage. Each operation is atomic and one round trip; PostgreSQL decides.
 * The adapter here is PostgreSQL's; the simulator's twin in memory must agree with it.
 */
export interface InventoryPort {
  switchboard(screening: string): Promise<Switchboard | undefined>;
  claims(screening: string): Promise<SeatClaim[]>;
  /** Holds kept in PostgreSQL while Redis is away. */
  storedHolds(screening: string): Promise<{ seat: string; until: Date }[]>;
  holdSeats(hold: StoredHold): Promise<StoredHoldAnswer>;
  extendStoredHold(
    hold: string,
    buyer: string,
    seconds: number,
  ): Promise<{ until: Date; seats: string[]; again: boolean } | undefined>;
  dropStoredHold(hold: string, buyer: string): Promise<boolean>;
  placeOrder(document: PlaceOrderDocument): Promise<PlacedOrder>;
  pinOrder(attempt: string, amount: number): Promise<boolean>;
  confirmPayment(attempt: string, amount: number, currency: string, told: object): Promise<Confirmation>;
  takeDueOrders(most: number): Promise<DueOrder[]>;
  expireOrder(
    order: string,
    told: object,
  ): Promise<{ outcome: 'expired' | 'waiting' | 'other'; claims: ClaimedSeat[] }>;
  /** Ends live tickets of a paid order; done twice it does nothing the second time. */
  returnLines(order: string, lines: number[], keptFee: number, why: string, told: object): Promise<ReturnedLines>;
  cancelOrder(order: string, why: string, told: object): Promise<{ state: string; freed: ClaimedSeat[] }>;
  makeBooking(document: object): Promise<{ booking: string; claims: ClaimedSeat[] }>;
  endBooking(booking: string, why: string, told: object): Promise<ClaimedSeat[]>;
}

export interface Switchboard {
  screeningId: string;
  editionId: string;
  planId: string;
  planVersion: number;
  epoch: number;
  /** `closed`: on the way from one to the other nobody grants holds. */
  holdStore: 'redis' | 'closed' | 'postgres';
  onSale: boolean;
  paused: boolean;
  /** Companion places are sold alone. */
  companionsReleased: boolean;
}

export interface SeatClaim {
  seat: string;
  no: number;
  ownerKind: string;
}

export interface ClaimedSeat {
  screening: string;
  seat: string;
  no: number;
}

export interface StoredHold {
  screening: string;
  id: string;
  buyer: string;
  seats: readonly string[];
  seconds: number;
  epoch: number;
}

export type StoredHoldAnswer =
  | { outcome: 'held'; until: string; seats: string[]; extended: boolean }
  | { outcome: 'taken'; seats: string[] }
  | { outcome: 'epoch'; epoch: number };

export interface OrderLineDocument {
  line: number;
  screening: string;
  seat: string;
  plan: number;
  /** The plan whose version that is. */
  plan_id?: string;
  /** A companion place without its wheelchair place: taken only while a manager lets them be sold alone. */
  companion_alone?: boolean;
  row_label: string;
  seat_label: string;
  category: string;
  amount: number;
  /** `full` or a concession's id. */
  kind?: string;
  list_amount?: number;
  reasons?: PriceReason[];
  /** The ticket that this seat is had instead of. */
  replaces?: string;
}

/** What an order holds beside seats; `amount` is negative for the credit of an exchange. */
export interface OrderItemDocument {
  no: number;
  kind: 'fee' | 'pass' | 'exchange-credit' | 'rounding';
  line?: number;
  subject: string;
  name: LocalText;
  amount: number;
}

/** One place of the first candidate with room for each line, or `n` units of the one candidate. */
export interface LimitDocument {
  candidates: string[];
  lines: number[];
  n?: number;
}

export interface PlaceOrderDocument {
  idempotency: { caller: string; key: string; fingerprint: string };
  order: {
    id: string;
    number: string;
    edition: string;
    person: string;
    buyer: string;
    language: string;
    total: number;
    currency: string;
    consent: object;
    paySeconds: number;
    channel?: 'online' | 'counter' | 'group';
    exchangeOf?: string;
    promo?: string;
    invoice?: object;
  };
  lines: OrderLineDocument[];
  items?: OrderItemDocument[];
  /** Allocations of each screening that counts them, and the uses and the budget of a promo code. */
  limits: LimitDocument[];
  /** Which pass pays for which lines. */
  passes?: { pass: string; lines: number[] }[];
  /** The waitlist's offer whose claims become the order's. */
  offer?: string;
  /** Data of the event, without what only the database knows. */
  told: object;
  /** The same of the paid event, for an order that costs nothing. */
  toldPaid: object;
}

export interface PlacedOrder {
  order: string;
  /** The same call was answered before; nothing else is told then. */
  repeated: boolean;
  claims: ClaimedSeat[];
  /** Seats of the tickets that an exchange without a price difference ended at once. */
  freed: ClaimedSeat[];
  payUntil?: string;
}

export interface Confirmation {
  outcome: 'paid' | 'repeated' | 'refund-due' | 'review';
  order: string;
  /** With `repeated`: what the attempt had become. */
  state?: string;
  late?: boolean;
  reason?: string;
  /** With `refund-due`: whether `claims` were given back rather than taken. */
  released?: boolean;
  claims: ClaimedSeat[];
  /** With `paid`: seats of the tickets that an exchange ended. */
  freed?: ClaimedSeat[];
}

export interface ReturnedLines {
  freed: ClaimedSeat[];
  lines: number[];
  /** Minor units that are owed to the buyer now. */
  refund: number;
}

export interface DueOrder {
  order: string;
  alarm: boolean;
  attempts: string[];
}

export const INVENTORY = Symbol('inventory');
