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
  makeBooking(document: object): Promise<{ booking: string; claims: ClaimedSeat[] }>;
  endBooking(booking: string, why: string, told: object): Promise<ClaimedSeat[]>;
}

export interface Switchboard {
  screeningId: string;
  editionId: string;
  planId: string;
  planVersion: number;
  epoch: number;
  holdStore: 'redis' | 'postgres';
  onSale: boolean;
  paused: boolean;
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
  row_label: string;
  seat_label: string;
  category: string;
  amount: number;
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
  };
  lines: OrderLineDocument[];
  /** Per screening with counted allocations: the limits this buyer may draw from, in rank order. */
  limits: { candidates: string[]; n: number }[];
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
}

export interface DueOrder {
  order: string;
  alarm: boolean;
  attempts: string[];
}

export const INVENTORY = Symbol('inventory');
