import type { SeatingState, SeatOwnerKind } from '#libs/contracts';
import { type LifeCycle, MINUTE } from '#libs/kernel';
import type { PlanSeat } from '../../copies/programme-copy/programme-copy.js';
import { type Place, SeatingChart } from './seating-chart.rules.js';

/** The tickets' side of a move of a screening. `seated` may still be undone, exactly. */
export const SEATING_CYCLE: LifeCycle<SeatingState> = {
  previewed: ['seated', 'abandoned'],
  seated: ['settled', 'undone'],
  settled: [],
  undone: [],
  abandoned: [],
};

/** A claimed seat before the move. */
export interface ClaimToSeat {
  kind: SeatOwnerKind;
  owner: string;
  line: number;
  /** Its id in `seat_claim`; one that begins with "~" is no seat of the hall: its owner found none in an earlier move. */
  seat: string;
  /** The seat as it was; undefined where nobody knows any more. */
  was?: PlanSeat;
}

/** A hall with what its price categories cost; a category without a price is not sold. */
export interface Hall {
  seats: readonly PlanSeat[];
  prices: ReadonlyMap<string, number>;
}

export interface Seating {
  seated: { claim: ClaimToSeat; to: string; worse: boolean }[];
  /** Whoever finds no seat, whole parties together. */
  unseated: ClaimToSeat[];
  /** Owners ("kind/id") who sat beside each other and no longer do. */
  split: string[];
}

/** Who comes first where there are fewer seats than people: who paid, who booked, who was offered, then what is kept. */
const RANK: Record<SeatOwnerKind, number> = { order: 0, booking: 1, offer: 2, lease: 3, block: 4, pool: 5 };
/** Kept places need no company: some of them may find a seat while others do not. */
const IN_PART: ReadonlySet<SeatOwnerKind> = new Set(['lease', 'block', 'pool']);

export const ownerKey = (claim: Pick<ClaimToSeat, 'kind' | 'owner'>): string => `${claim.kind}/${claim.owner}`;

interface Party {
  key: string;
  kind: SeatOwnerKind;
  claims: ClaimToSeat[];
  chairs: number;
}

/**
 * Who sits where after a move. Pure and deterministic: the same claims and halls give the same seating, whatever order
 * they come in. A party stays together, beside each other in a row where there is such a row; a wheelchair place becomes
 * a wheelchair place with as many companion places as it had; nobody else is put on one. The price category is equal or
 * better where possible, then as near as possible to where the party sat. A party finds seats whole or not at all.
 * @param keep the plan is a new drawing of the same one: seats that still exist keep their people
 */
export function reseat(claims: readonly ClaimToSeat[], from: Hall, to: Hall, keep: boolean): Seating {
  const chart = new SeatingChart(from, to);
  const seating: Seating = { seated: [], unseated: [], split: [] };
  const parties = partiesOf(claims, from);
  const later = keep ? parties.filter((party) => !stays(party, chart, seating)) : parties;
  for (const party of later) place(party, chart, seating);
  return seating;
}

function partiesOf(claims: readonly ClaimToSeat[], from: Hall): Party[] {
  const position = new Map(from.seats.map((seat, index) => [seat.id, index]));
  const at = (claim: ClaimToSeat) => position.get(claim.seat) ?? from.seats.length;
  const parties = [...Map.groupBy(claims, ownerKey)].map(([key, own]): Party => {
    const sorted = [...own].sort((a, b) => at(a) - at(b) || (a.seat < b.seat ? -1 : 1));
    return { key, kind: sorted[0]!.kind, claims: sorted, chairs: own.filter(isChair).length };
  });
  return parties.sort(
    (a, b) =>
      RANK[a.kind] - RANK[b.kind] ||
      Number(b.chairs > 0) - Number(a.chairs > 0) ||
      b.claims.length - a.claims.length ||
      at(a.claims[0]!) - at(b.claims[0]!) ||
      (a.key < b.key ? -1 : 1),
  );
}

const isChair = (claim: ClaimToSeat): boolean => claim.was?.kind === 'wheelchair';

/** Keeps a whole party where it sits, if every one of its seats is there still and worth as much. */
function stays(party: Party, chart: SeatingChart, seating: Seating): boolean {
  const places = party.claims.map((claim) => chart.same(claim));
  if (places.some((found) => found === undefined)) return false;
  party.claims.forEach((claim, index) => {
    chart.take(places[index]!);
    seating.seated.push({ claim, to: places[index]!.seat.id, worse: false });
  });
  return true;
}

function place(party: Party, chart: SeatingChart, seating: Seating): void {
  const units = unitsOf(party.claims);
  const taken: { claim: ClaimToSeat; place: Place }[] = [];
  const lost: ClaimToSeat[] = [];
  for (const unit of units.accessible) {
    const places = chart.accessible(unit.chair, unit.companions);
    const claims = [unit.chair, ...unit.companions];
    if (!places) lost.push(...claims);
    else for (const [i, claim] of claims.entries()) keepPlace(chart, taken, claim, places[i]!);
  }
  const near = taken[0]?.place;
  const pieces = chart.together(units.ordinary, near, (claim, spot) => keepPlace(chart, taken, claim, spot));
  lost.push(...pieces.left);
  if (lost.length > 0 && !IN_PART.has(party.kind)) {
    for (const { place: spot } of taken) chart.giveBack(spot);
    seating.unseated.push(...party.claims);
    return;
  }
  seating.unseated.push(...lost);
  for (const { claim, place: spot } of taken)
    seating.seated.push({ claim, to: spot.seat.id, worse: chart.isWorse(claim, spot) });
  if (pieces.count > 1 && chart.satTogether(units.ordinary)) seating.split.push(party.key);
}

function keepPlace(
  chart: SeatingChart,
  taken: { claim: ClaimToSeat; place: Place }[],
  claim: ClaimToSeat,
  spot: Place,
): void {
  chart.take(spot);
  taken.push({ claim, place: spot });
}

interface Units {
  accessible: { chair: ClaimToSeat; companions: ClaimToSeat[] }[];
  ordinary: ClaimToSeat[];
}

/** Each wheelchair place with the companion places of its own that the party holds; everybody else sits as they like. */
function unitsOf(claims: readonly ClaimToSeat[]): Units {
  const chairs = claims.filter(isChair);
  const ids = new Set(chairs.map((chair) => chair.was?.id));
  const own = (claim: ClaimToSeat) => claim.was?.kind === 'companion' && ids.has(claim.was.companionOf);
  return {
    accessible: chairs.map((chair) => ({
      chair,
      companions: claims.filter((claim) => own(claim) && claim.was?.companionOf === chair.was?.id),
    })),
    ordinary: claims.filter((claim) => !isChair(claim) && !own(claim)),
  };
}

/** A move or a delay of more than this opens a refund. */
export const LONG_MS = 15 * MINUTE;

interface When {
  startsAt: string;
  venue: { id: string };
}

/** Until when a move lets buyers go without a fee: the old start, where it is long or leads to another venue. */
export function refundUntil(from: When, to: When): Date | null {
  const apart = Math.abs(Date.parse(to.startsAt) - Date.parse(from.startsAt));
  return apart > LONG_MS || from.venue.id !== to.venue.id ? new Date(from.startsAt) : null;
}
