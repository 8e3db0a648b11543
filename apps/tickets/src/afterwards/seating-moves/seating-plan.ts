import { createHash } from 'node:crypto';
import type { SeatingPreview, SeatOwnerKind } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { PlanSeat, ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { type ClaimToSeat, type Hall, ownerKey, reseat, type Seating } from './seating-move.rules.js';

/** One claim's way, as `apply_seating` takes it; `to` is a place that begins with "~" where the hall has no seat. */
export interface SeatingStep {
  kind: SeatOwnerKind;
  owner: string;
  line: number;
  from: string;
  to: string;
  row: string;
  number: string;
  fromRow: string;
  fromNumber: string;
  worse: boolean;
  was: PlanSeat;
}

/** How people without a seat are told so, on tickets and at the door. */
const NO_PLACE = '—';

export const hasSeat = (seat: string): boolean => !seat.startsWith('~');

/** Every claim of a screening, with the seat that it is on. The caller holds the screening's lock. */
export async function claimsOf(tx: Tx, screening: string, seats: readonly PlanSeat[]): Promise<ClaimToSeat[]> {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const rows: (ClaimToSeat & { was: PlanSeat | null })[] = await tx.query(
    `SELECT c.owner_kind AS kind, c.owner_id AS owner, c.line_no AS line, c.seat_id AS seat, u.was
       FROM seat_claim c LEFT JOIN unseated u ON u.screening_id = c.screening_id AND u.seat_id = c.seat_id
      WHERE c.screening_id = $1 ORDER BY c.seat_id COLLATE "C"`,
    [screening],
  );
  return rows.map(({ was, ...claim }) => ({ ...claim, was: byId.get(claim.seat) ?? was ?? undefined }));
}

export function hallOf(seats: readonly PlanSeat[], data: Pick<ScreeningData, 'prices'>): Hall {
  return { seats, prices: new Map(data.prices.map((price) => [price.category, price.amount])) };
}

/** Every claim with its way; who finds no seat stands aside under a name of this move. */
export function stepsOf(
  moveId: string,
  claims: readonly ClaimToSeat[],
  from: Hall,
  to: Hall,
  keep: boolean,
): { seating: Seating; steps: SeatingStep[] } {
  const seating = reseat(claims, from, to, keep);
  const byId = new Map(to.seats.map((seat) => [seat.id, seat]));
  const step = (claim: ClaimToSeat, target: string, row: string, number: string, worse: boolean): SeatingStep => {
    const was = claim.was ?? { id: claim.seat, row: NO_PLACE, number: NO_PLACE, category: '', kind: 'seat' };
    const stood = hasSeat(claim.seat) ? was : { row: NO_PLACE, number: NO_PLACE };
    const { kind, owner, line, seat } = claim;
    return {
      kind,
      owner,
      line,
      from: seat,
      to: target,
      row,
      number,
      fromRow: stood.row,
      fromNumber: stood.number,
      worse,
      was,
    };
  };
  const aside = (claim: ClaimToSeat) => (hasSeat(claim.seat) ? `~${moveId.slice(-12)}.${claim.seat}` : claim.seat);
  return {
    seating,
    steps: [
      ...seating.seated.map(({ claim, to: id, worse }) => {
        const seat = byId.get(id)!;
        return step(claim, id, seat.row, seat.number, worse);
      }),
      ...seating.unseated.map((claim) => step(claim, aside(claim), NO_PLACE, NO_PLACE, false)),
    ],
  };
}

/** What the manager sees before anything has moved. */
export function previewOf(
  moveId: string,
  screeningId: string,
  { seating, steps }: { seating: Seating; steps: readonly SeatingStep[] },
  clashes: number,
): SeatingPreview {
  const count = (list: readonly { kind: SeatOwnerKind }[]) =>
    Object.fromEntries([...Map.groupBy(list, (one) => one.kind)].map(([kind, own]) => [kind, own.length]));
  const split = new Set(seating.split);
  const parties = [...Map.groupBy(steps, ownerKey)];
  return {
    moveId,
    screeningId,
    tag: createHash('sha256')
      .update(JSON.stringify(steps.map(({ kind, owner, line, from, to }) => [kind, owner, line, from, to])))
      .digest('base64url')
      .slice(0, 22),
    claims: count(steps),
    unchanged: steps.filter((one) => hasSeat(one.to) && one.row === one.fromRow && one.number === one.fromNumber)
      .length,
    split: parties
      .filter(([key]) => split.has(key))
      .map(([, own]) => ({ ownerKind: own[0]!.kind, ownerId: own[0]!.owner, seats: own.length })),
    worse: steps.filter((one) => one.worse).length,
    unseated: parties.flatMap(([, own]) => {
      const lost = own.filter((one) => !hasSeat(one.to));
      if (lost.length === 0) return [];
      return [
        {
          ownerKind: lost[0]!.kind,
          ownerId: lost[0]!.owner,
          seats: lost.map((one) => ({ id: one.from, row: one.was.row, number: one.was.number })),
          accessible: lost.some((one) => one.was.kind !== 'seat'),
        },
      ];
    }),
    clashes,
  };
}

/** Bookings of the screening whose holder has another one at the new time. */
export async function clashingBookings(
  tx: Tx,
  screening: string,
  at: { startsAt: string; endsAt: string },
): Promise<{ booking: string; other: string; otherScreening: string }[]> {
  return tx.query(
    `SELECT b.id AS booking, o.id AS other, o.screening_id AS "otherScreening"
       FROM booking b
       JOIN booking o ON o.accreditation_id = b.accreditation_id AND o.id <> b.id AND o.state = 'booked'
       JOIN screening_copy s ON s.screening_id = o.screening_id
      WHERE b.screening_id = $1 AND b.state = 'booked' AND s.state NOT IN ('cancelled', 'ended')
        AND s.starts_at < $3::timestamptz AND s.ends_at > $2::timestamptz
      ORDER BY b.id, o.id`,
    [screening, at.startsAt, at.endsAt],
  );
}
