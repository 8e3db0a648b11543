import type { CounterLease, LeasedKind, LeasedSeat, ReportLeasedSale } from '#libs/contracts';
import { type Language, type Money, roundedCash } from '#libs/kernel';

/** A sale that this till made without a line, as it keeps it. */
export interface LeasedSale {
  /** The Idempotency-Key of its report: its name from the first moment. */
  key: string;
  leaseId: string;
  body: ReportLeasedSale;
  /** What the seats were called when they were sold. */
  seats: { line: number; row: string; seat: string }[];
  state: 'waiting' | 'sold' | 'conflict' | 'refused';
  /** The order's number, once it is booked. */
  number?: string;
  /** Why it could not be booked, or the code that it was refused with. */
  reason?: string;
}

export interface ChosenSeat {
  seat: LeasedSeat;
  kind: LeasedKind;
}

/** Seats that nobody has sold, row by row: neither the service knows of a sale, nor this till. */
export function unsold(lease: CounterLease, sales: readonly LeasedSale[]): LeasedSeat[] {
  const gone = new Set(
    sales.filter((sale) => sale.leaseId === lease.id).flatMap((sale) => sale.seats.map(({ line }) => line)),
  );
  return lease.seats.filter((seat) => !seat.soldAs && !gone.has(seat.line)).sort(inTheHall);
}

function inTheHall(a: LeasedSeat, b: LeasedSeat): number {
  const order = (x: string, y: string) => x.localeCompare(y, 'ru', { numeric: true });
  return order(a.row, b.row) || order(a.seat, b.seat);
}

/** The first run of so many seats beside one another in a row; the first ones of all where there is no such run. */
export function together(seats: readonly LeasedSeat[], count: number): LeasedSeat[] {
  for (let i = 0; i + count <= seats.length; i++) {
    const run = seats.slice(i, i + count);
    if (run.every((seat, n) => seat.row === run[0]!.row && Number(seat.seat) === Number(run[0]!.seat) + n)) return run;
  }
  return seats.slice(0, count);
}

/** What the chosen seats cost in cash. */
export function leasedTotal(chosen: readonly ChosenSeat[], cashStep: number): { due: Money; roundedBy: Money } {
  const sum = chosen.reduce((all, { kind }) => all + kind.price.amount, 0);
  const { total, roundedBy } = roundedCash(sum, cashStep);
  const currency = chosen[0]?.kind.price.currency ?? 'KZT';
  return { due: { amount: total, currency }, roundedBy: { amount: roundedBy, currency } };
}

/** The sale as it is kept and reported. */
export function leasedSale(
  key: string,
  lease: CounterLease,
  chosen: readonly ChosenSeat[],
  given: { tendered: number; soldAt: Date; language: Language },
): LeasedSale {
  return {
    key,
    leaseId: lease.id,
    state: 'waiting',
    seats: chosen.map(({ seat }) => ({ line: seat.line, row: seat.row, seat: seat.seat })),
    body: {
      lines: chosen.map(({ seat, kind }) => ({ line: seat.line, kind: kind.kind })),
      total: leasedTotal(chosen, lease.cashStep).due.amount,
      tendered: given.tendered,
      soldAt: given.soldAt.toISOString(),
      language: given.language,
    },
  };
}
