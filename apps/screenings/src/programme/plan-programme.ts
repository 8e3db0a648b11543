import type { FilmView, ScreeningAllocation } from '#libs/contracts';
import { after, daysBetween, isTimeZone, venueDate, venueInstant } from '#libs/kernel';
import type { ScreeningData } from '../screenings/screening.entity.js';
import {
  allocate,
  DOORS_BEFORE_MS,
  endOf,
  type Item,
  isLegalHour,
  isRatingPending,
  LATE_ENTRY_MS,
  pricesFor,
  type Slot,
  slotClash,
  strictestRating,
  TURNAROUND_MS,
} from '../screenings/screening.rules.js';
import { seatsOf } from '../seat-plans/seat-plan.rules.js';
import { type MergedRow, type ProgrammeRows, problemAt } from './read-programme.js';
import type { RowProblem } from './row-problem.rules.js';
import type { RowOf } from './row-schemas.js';

/** A screening of the file, worked out: everything but its version and its plan's version. */
export interface PlannedScreening {
  id: string;
  state: RowOf<'screenings'>['state'];
  visibility: 'public' | 'accredited' | 'invitation';
  hallId: string;
  planId: string;
  startsAt: Date;
  endsAt: Date;
  freeFrom: Date;
  data: ScreeningData;
}

export interface PlannedProgramme {
  edition: RowOf<'edition'>;
  films: FilmView[];
  screenings: PlannedScreening[];
}

export function viewFilm({ value, invented }: MergedRow<'films'>): FilmView {
  return {
    id: value.id,
    sectionId: value.sectionId ?? null,
    title: value.title,
    original: value.original ?? null,
    directors: {
      en: value.directors.en,
      ru: value.directors.ru ?? value.directors.en,
      kk: value.directors.kk ?? value.directors.en,
    },
    countries: value.countries ?? null,
    year: value.year,
    minutes: value.minutes,
    languages: value.languages ?? null,
    cast: value.cast ?? [],
    logline: value.logline,
    ageRating: value.ageRating ?? null,
    ...(value.identifier ? { identifier: value.identifier } : {}),
    invented,
  };
}

/** Works out a merged programme; every broken reference and every broken rule is named, none is guessed around. */
export function planProgramme(
  rows: ProgrammeRows,
  editionId: string,
): { planned?: PlannedProgramme; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const edition = rows.edition[0];
  if (!edition) {
    const reason = { kk: 'Фестиваль жолы жоқ.', ru: 'Нет строки фестиваля.', en: 'There is no edition row.' };
    return { problems: [{ file: '', line: 1, pointer: 'edition', code: 'edition-missing', reason }] };
  }
  if (edition.value.id !== editionId || rows.edition.length > 1)
    problems.push(problemAt(edition as MergedRow, '/id', 'edition-other', edition.value.id));
  if (!isTimeZone(edition.value.timezone))
    return { problems: [...problems, problemAt(edition as MergedRow, '/timezone', 'zone-unknown')] };
  problems.push(...referenceProblems(rows));
  if (problems.length > 0) return { problems };
  const films = rows.films.map(viewFilm);
  const screenings: PlannedScreening[] = [];
  for (const row of rows.screenings) {
    const planned = planScreening(row, rows, edition.value, films);
    if ('problem' in planned) problems.push(planned.problem);
    else screenings.push(planned.screening);
  }
  problems.push(...clashes(rows, screenings));
  return problems.length > 0 ? { problems } : { planned: { edition: edition.value, films, screenings }, problems };
}

/** Every id that a row names must be there. */
function referenceProblems(rows: ProgrammeRows): RowProblem[] {
  const problems: RowProblem[] = [];
  const ids = (list: MergedRow[]) => new Set(list.map((row) => row.value.id));
  const known = {
    section: ids(rows.sections),
    film: ids(rows.films),
    event: ids(rows.events),
    guest: ids(rows.guests),
    venue: ids(rows.venues),
    hall: new Set(rows.venues.flatMap((row) => row.value.halls ?? []).map((hall) => hall.id)),
    plan: ids(rows.plans),
    price: ids(rows.priceLists),
    allocation: ids(rows.allocationLists),
  };
  const must = (row: unknown, pointer: string, set: keyof typeof known, id: string | undefined | null) => {
    if (id && !known[set].has(id)) problems.push(problemAt(row as MergedRow, pointer, 'reference-unknown', id));
  };
  for (const row of rows.venues)
    if (row.value.timezone && !isTimeZone(row.value.timezone))
      problems.push(problemAt(row as MergedRow, '/timezone', 'zone-unknown', row.value.timezone));
  for (const row of rows.films) must(row, '/sectionId', 'section', row.value.sectionId);
  for (const row of rows.events) {
    must(row, '/venueId', 'venue', row.value.venueId);
    for (const [i, id] of (row.value.filmIds ?? []).entries()) must(row, `/filmIds/${i}`, 'film', id);
    for (const [i, id] of (row.value.people ?? []).entries()) must(row, `/people/${i}`, 'guest', id);
  }
  for (const row of rows.juries) {
    must(row, '/sectionId', 'section', row.value.sectionId);
    for (const [i, member] of row.value.members.entries())
      must(row, `/members/${i}/personId`, 'guest', member.personId);
  }
  for (const row of rows.awards) must(row, '/filmId', 'film', row.value.filmId);
  for (const row of rows.plans) must(row, '/hallId', 'hall', row.value.hallId);
  for (const row of rows.screenings) {
    must(row, '/hallId', 'hall', row.value.hallId);
    must(row, '/planId', 'plan', row.value.planId);
    must(row, '/sectionId', 'section', row.value.sectionId);
    must(row, '/priceList', 'price', row.value.priceList);
    must(row, '/allocationList', 'allocation', row.value.allocationList);
    for (const [i, item] of row.value.items.entries()) {
      must(row, `/items/${i}/filmId`, 'film', item.filmId);
      must(row, `/items/${i}/eventId`, 'event', item.eventId);
    }
    const plan = rows.plans.find((other) => other.value.id === row.value.planId);
    if (plan && plan.value.hallId !== row.value.hallId)
      problems.push(problemAt(row as MergedRow, '/planId', 'reference-unknown', row.value.planId));
  }
  return problems;
}

type Planned = { screening: PlannedScreening } | { problem: RowProblem };

function planScreening(
  row: MergedRow<'screenings'>,
  rows: ProgrammeRows,
  edition: RowOf<'edition'>,
  films: FilmView[],
): Planned {
  const { value } = row;
  const no = (pointer: string, code: string, about?: string): Planned => ({
    problem: problemAt(row as MergedRow, pointer, code, about),
  });
  const venue = rows.venues.find((v) => v.value.halls?.some((hall) => hall.id === value.hallId))!.value;
  const zone = venue.timezone ?? edition.timezone;
  let startsAt: Date;
  try {
    startsAt = venueInstant(value.startsAt, zone);
  } catch {
    return no('/startsAt', 'time-invalid', value.startsAt);
  }
  if (!daysBetween(edition.from, edition.to).includes(venueDate(startsAt, zone)))
    return no('/startsAt', 'outside-edition', value.startsAt);
  if (value.items.length === 0) return no('/items', 'screening-empty');
  const shown: FilmView[] = [];
  const items: Item[] = [];
  for (const [i, item] of value.items.entries()) {
    const film = films.find((f) => f.id === item.filmId);
    const event = rows.events.find((e) => e.value.id === item.eventId)?.value;
    const minutes = item.minutes ?? film?.minutes;
    const title = item.title ?? event?.title;
    if (minutes === undefined) return no(`/items/${i}`, 'minutes-missing');
    if (film) shown.push(film);
    items.push({
      kind: item.kind,
      minutes,
      ...(film ? { filmId: film.id } : {}),
      ...(title && !film ? { title } : {}),
    });
  }
  const title = value.title ?? shown[0]?.title ?? items[0]?.title;
  if (!title) return no('/items', 'screening-empty');
  const ageRating = value.ageRating ?? strictestRating(shown.map((film) => film.ageRating));
  if (!isLegalHour(ageRating, startsAt, zone)) return no('/startsAt', 'hour-illegal', value.startsAt);
  const { plan } = rows.drawn.get(value.planId)!;
  const allocations = sharesOf(value, rows, seatsOf(plan).length);
  if (!allocations) return no('/allocationList', 'allocation-too-large', value.allocationList);
  const endsAt = endOf(startsAt, items);
  const prices = rows.priceLists.find((list) => list.value.id === value.priceList)!.value.prices;
  return {
    screening: {
      id: value.id,
      state: value.state,
      visibility: value.visibility ?? 'public',
      hallId: value.hallId,
      planId: value.planId,
      startsAt,
      endsAt,
      freeFrom: after(endsAt, TURNAROUND_MS),
      data: {
        title,
        sectionId: value.sectionId ?? shown[0]?.sectionId ?? null,
        items,
        highlight: value.highlight ?? false,
        doorsOpenAt: after(startsAt, -DOORS_BEFORE_MS).toISOString(),
        lateEntryUntil: after(startsAt, LATE_ENTRY_MS).toISOString(),
        ageRating,
        ...(isRatingPending(value.ageRating, shown) ? { ageRatingPending: true } : {}),
        languages: value.languages ?? shown[0]?.languages ?? [],
        subtitles: value.subtitles ?? [],
        ...(value.audioDescription ? { audioDescription: value.audioDescription } : {}),
        ...(value.captions ? { captions: value.captions } : {}),
        access: venue.access ?? [],
        prices: pricesFor(
          prices,
          plan.categories.map((category) => category.name),
        ),
        allocations,
        invented: value.invented === true,
      },
    },
  };
}

function sharesOf(value: RowOf<'screenings'>, rows: ProgrammeRows, seats: number): ScreeningAllocation[] | undefined {
  const list = rows.allocationLists.find((other) => other.value.id === value.allocationList);
  return list ? allocate(list.value.shares, seats, value.id) : [];
}

function clashes(rows: ProgrammeRows, screenings: readonly PlannedScreening[]): RowProblem[] {
  const problems: RowProblem[] = [];
  const earlier: Slot[] = [];
  for (const screening of screenings) {
    if (screening.state === 'draft') continue;
    const clash = slotClash(screening, earlier);
    earlier.push(screening);
    if (!clash) continue;
    const row = rows.screenings.find((other) => other.value.id === screening.id)! as MergedRow;
    problems.push(problemAt(row, '/startsAt', clash.kind, clash.other.id));
  }
  return problems;
}
