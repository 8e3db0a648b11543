import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape, Uuid } from './common.js';
import { CounterSale } from './counter-sales.js';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()]);
const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });

/** Held seats of one screening become the counter's own for a while: it may sell them without a line. */
export const LeaseSeats = Type.Object({ shiftId: Uuid, hold: Type.String({ maxLength: 8_000 }) });
export type LeaseSeats = Static<typeof LeaseSeats>;

/**
 * - `open`: the counter may sell, and is admitted with what it sold.
 * - `revoked`: its time is over and it has not come back. What it has not reported is not admitted, its seats are kept.
 * - `returned`: the counter gave the rest back.
 * - `released`: a house manager put the rest on sale without having heard of the counter.
 * - `cancelled`: the screening was.
 */
export const LeaseState = Type.Union([
  Type.Literal('open'),
  Type.Literal('revoked'),
  Type.Literal('returned'),
  Type.Literal('released'),
  Type.Literal('cancelled'),
]);
export type LeaseState = Static<typeof LeaseState>;

/** What one kind of ticket costs for a leased seat, its own fees included. */
export const LeasedKind = Type.Object({
  /** `full` or the id of a concession. */
  kind: Type.String(),
  /** Null for `full`. */
  name: Nullable(LocalTextShape),
  price: MoneyShape,
  /** What staff ask to see. */
  proof: Nullable(LocalTextShape),
});
export type LeasedKind = Static<typeof LeasedKind>;

/** A seat with the ticket that waits to be sold for it. */
export const LeasedSeat = Type.Object({
  /** From 1, within the lease. */
  line: Type.Integer(),
  row: Type.String(),
  seat: Type.String(),
  category: Type.String(),
  /** What the ticket's QR code says; signed already. */
  code: Type.String(),
  shortCode: Type.String(),
  kinds: Type.Array(LeasedKind),
  /** The order that it was sold in; null while nobody has reported a sale. */
  soldAs: Nullable(Uuid),
});
export type LeasedSeat = Static<typeof LeasedSeat>;

const Of = {
  id: Uuid,
  shiftId: Uuid,
  till: Type.String(),
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  state: LeaseState,
  madeAt: Instant,
  /** Machine time at which the lease ends. */
  endsAt: Instant,
  /** Machine time at which the counter was last heard of. */
  heardAt: Instant,
};

export const CounterLease = Type.Object({
  ...Of,
  timezone: Type.String(),
  venue: LocalTextShape,
  hall: LocalTextShape,
  /**
   * For how many seconds from this answer the counter may sell; it stops two minutes before the end, by whichever of its
   * clocks says so first.
   */
  sellForSeconds: Type.Integer({ minimum: 0 }),
  /** Cash is rounded to the nearest so many tenge, halves up, and never to nothing. */
  cashStep: Type.Integer(),
  seats: Type.Array(LeasedSeat),
});
export type CounterLease = Static<typeof CounterLease>;

/** A lease as a house manager sees it. */
export const LeaseRow = Type.Object({
  ...Of,
  clerk: Type.String(),
  seats: Type.Integer(),
  sold: Type.Integer(),
  endedBy: Nullable(Type.String()),
});
export type LeaseRow = Static<typeof LeaseRow>;

export const LeaseFilter = Type.Object({ editionId: ProgrammeId });
export type LeaseFilter = Static<typeof LeaseFilter>;

/** A sale that was made without a line: seats that were handed out, and cash that was taken. */
export const ReportLeasedSale = Type.Object({
  lines: Type.Array(
    Type.Object({ line: Type.Integer({ minimum: 1 }), kind: Type.String({ minLength: 1, maxLength: 40 }) }),
    {
      minItems: 1,
      maxItems: 60,
    },
  ),
  /** What the buyer was told to pay in cash, minor units, rounded. */
  total: Type.Integer({ minimum: 0 }),
  tendered: Type.Integer({ minimum: 0, maximum: 100_000_000_00 }),
  /** By the counter's clock. */
  soldAt: Instant,
  language: LanguageShape,
});
export type ReportLeasedSale = Static<typeof ReportLeasedSale>;

/**
 * Why a sale that was made could not be booked as it was made.
 * - `released`: the seats were put on sale before it was reported.
 * - `returned`: the counter had given the seats back.
 * - `seat-sold`: another report had sold a seat of it.
 * - `screening-cancelled`: there is nothing to admit to.
 * - `shift-closed`: its drawer has been counted.
 * - `total-differs`: other money was taken than the seats cost.
 * - `entered-unsold`: somebody was admitted with a ticket that nobody reported as sold.
 */
export const LeaseConflictReason = Type.Union([
  Type.Literal('released'),
  Type.Literal('returned'),
  Type.Literal('seat-sold'),
  Type.Literal('screening-cancelled'),
  Type.Literal('shift-closed'),
  Type.Literal('total-differs'),
  Type.Literal('entered-unsold'),
]);
export type LeaseConflictReason = Static<typeof LeaseConflictReason>;

export const LeaseConflict = Type.Object({
  id: Uuid,
  leaseId: Uuid,
  till: Type.String(),
  clerk: Type.String(),
  screeningId: Type.String(),
  title: LocalTextShape,
  startsAt: Instant,
  reason: LeaseConflictReason,
  seats: Type.Array(Type.Object({ row: Type.String(), seat: Type.String(), kind: Type.String() })),
  /** Cash that was taken for it. */
  total: MoneyShape,
  /** The cash was put to its shift's drawer as a pay-in. */
  inDrawer: Type.Boolean(),
  soldAt: Instant,
  reportedAt: Instant,
  settledBy: Nullable(Type.String()),
  settledAt: Nullable(Instant),
  note: Nullable(Type.String()),
});
export type LeaseConflict = Static<typeof LeaseConflict>;

/** Either it is sold, or it is on the list of conflicts; a report is never refused for what has happened. */
export const LeasedSaleReported = Type.Object({
  outcome: Type.Union([Type.Literal('sold'), Type.Literal('conflict')]),
  sale: Nullable(CounterSale),
  conflict: Nullable(LeaseConflict),
});
export type LeasedSaleReported = Static<typeof LeasedSaleReported>;

export const SettleLeaseConflict = Type.Object({ note: Type.String({ minLength: 3, maxLength: 300 }) });
export type SettleLeaseConflict = Static<typeof SettleLeaseConflict>;
