import type { CreateScreening, FilmView, ScreeningAllocation } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { CatalogueEntryRow } from '../catalogue/catalogue-entry.entity.js';
import { SeatPlanRow } from '../seat-plans/seat-plan.entity.js';
import { HallRow, VenueRow } from '../venues/venue.entity.js';
import {
  allocationListUnknown,
  allocationTooLarge,
  filmUnknown,
  hallUnknown,
  screeningEmpty,
  sectionUnknown,
} from './screening.refusals.js';
import { allocate, type Item, type Share } from './screening.rules.js';

export interface Place {
  hall: HallRow;
  venue: VenueRow;
  plan: SeatPlanRow;
}

/**
 * A hall with its venue and the newest version of one of its plans: the named one, else its first.
 * @throws hall-unknown
 */
export async function placeOf(tx: Tx, at: { hallId: string; planId?: string; planVersion?: number }): Promise<Place> {
  const hall = await tx.findOneBy(HallRow, { id: at.hallId });
  const venue = hall && (await tx.findOneBy(VenueRow, { id: hall.venueId }));
  const [named]: { id: string; version: number }[] = await tx.query(
    `SELECT id, version FROM (SELECT *, min(recorded_at) OVER (PARTITION BY id) AS first_at FROM seat_plan WHERE hall_id = $1) plans
      WHERE ($2::text IS NULL OR id = $2) AND ($3::int IS NULL OR version = $3) ORDER BY first_at, id, version DESC LIMIT 1`,
    [at.hallId, at.planId ?? null, at.planVersion ?? null],
  );
  const plan = named && (await tx.findOneBy(SeatPlanRow, named));
  if (!hall || !venue || !plan) throw hallUnknown({ hallId: at.hallId, planId: at.planId });
  return { hall, venue, plan };
}

/**
 * The items of a screening with the films that they show; an item without minutes takes its film's.
 * @throws film-unknown, screening-empty
 */
export async function itemsOf(
  tx: Tx,
  editionId: string,
  asked: NonNullable<CreateScreening['items']>,
): Promise<{ items: Item[]; films: FilmView[] }> {
  const films: FilmView[] = [];
  const items: Item[] = [];
  for (const [i, item] of asked.entries()) {
    const row = item.filmId && (await tx.findOneBy(CatalogueEntryRow, { editionId, kind: 'film', id: item.filmId }));
    if (item.filmId && !row) throw filmUnknown({ filmId: item.filmId, field: `items/${i}/filmId` });
    const film = row ? (row.data as unknown as FilmView) : undefined;
    if (film) films.push(film);
    const minutes = item.minutes ?? film?.minutes;
    if (minutes === undefined || (!film && !item.title)) throw screeningEmpty({ field: `items/${i}` });
    items.push({ ...item, minutes });
  }
  return { items, films };
}

/** A new screening's hall, shared by a list of the edition; unshared without one. @throws allocation-list-unknown, allocation-too-large */
export async function sharedBy(
  tx: Tx,
  command: Pick<CreateScreening, 'editionId' | 'allocationList'>,
  screeningId: string,
  seats: number,
): Promise<ScreeningAllocation[]> {
  if (!command.allocationList) return [];
  const key = { editionId: command.editionId, kind: 'allocation-list' as const, id: command.allocationList };
  const list = await tx.findOneBy(CatalogueEntryRow, key);
  if (!list) throw allocationListUnknown({ allocationList: command.allocationList });
  const shares = (list.data as unknown as { shares: Share[] }).shares;
  const allocations = allocate(shares, seats, screeningId);
  if (!allocations) throw allocationTooLarge({ allocationList: command.allocationList, seats });
  return allocations;
}

export function titleOf(items: readonly Item[], films: readonly FilmView[]): LocalText | undefined {
  return films[0]?.title ?? items.find((item) => item.title)?.title;
}

/** @throws section-unknown */
export async function requireSection(tx: Tx, editionId: string, id: string | null | undefined): Promise<void> {
  if (id && !(await tx.existsBy(CatalogueEntryRow, { editionId, kind: 'section', id })))
    throw sectionUnknown({ sectionId: id });
}

/** Allocations named within their screening. @throws allocation-too-large */
export function ownAllocations(
  asked: readonly ScreeningAllocation[],
  screeningId: string,
  seats: number,
): ScreeningAllocation[] {
  const total = asked.reduce((sum, allocation) => sum + allocation.capacity, 0);
  if (total > seats) throw allocationTooLarge({ asked: total, seats });
  const name = (id: string) => (id.startsWith(`${screeningId}/`) ? id : `${screeningId}/${id}`);
  return asked.map((allocation) => ({
    ...allocation,
    id: name(allocation.id),
    overflow: allocation.overflow.map(name),
  }));
}
