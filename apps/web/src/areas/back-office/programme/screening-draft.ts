import type {
  CheckScreening,
  CreateScreening,
  OfficeProgramme,
  PatchScreening,
  ScreeningDetail,
} from '#libs/contracts';
import { type LocalText, venueInstant, venueLocal } from '#libs/kernel';
import { filled, isEmpty, NO_TEXT } from '../local-text-fields';
import { type DraftItem, newItem, readyItems } from './items-field';
import { type Typed, wallOf } from './time-fields';

/** A screening as it is typed. */
export interface Draft {
  title: LocalText;
  items: DraftItem[];
  when: Typed;
  hallId: string;
  planId: string;
  sectionId: string;
  visibility: ScreeningDetail['visibility'];
  ageRating: string;
  languages: string[];
  subtitles: string[];
  audioDescription: string[];
  captions: string[];
  highlight: boolean;
  doorsBefore: string;
  lateEntryFor: string;
  priceList: string;
  allocationList: string;
}

const MINUTE = 60_000;

export function draftOf(programme: OfficeProgramme, day: string, one?: ScreeningDetail): Draft {
  const hall = programme.venues.flatMap(({ halls }) => halls)[0];
  if (!one)
    return {
      title: NO_TEXT,
      items: [newItem()],
      when: { day: day || programme.edition.from, time: '' },
      hallId: hall?.id ?? '',
      planId: hall?.planId ?? '',
      sectionId: '',
      visibility: 'public',
      ageRating: '',
      languages: [],
      subtitles: [],
      audioDescription: [],
      captions: [],
      highlight: false,
      doorsBefore: '30',
      lateEntryFor: '15',
      priceList: programme.priceLists[0]?.id ?? '',
      allocationList: '',
    };
  const local = venueLocal(new Date(one.startsAt), one.timezone);
  const apart = (a: string, b: string) => `${Math.round((Date.parse(a) - Date.parse(b)) / MINUTE)}`;
  return {
    title: one.title,
    items: one.items.map((item) => ({
      ...newItem(item.kind),
      filmId: item.filmId ?? '',
      title: item.title ?? NO_TEXT,
      minutes: `${item.minutes}`,
    })),
    when: { day: local.slice(0, 10), time: local.slice(11, 16) },
    hallId: one.hallId,
    planId: one.planId,
    sectionId: one.sectionId ?? '',
    visibility: one.visibility,
    ageRating: one.ageRating ?? '',
    languages: one.languages,
    subtitles: one.subtitles,
    audioDescription: one.audioDescription ?? [],
    captions: one.captions ?? [],
    highlight: one.highlight,
    doorsBefore: apart(one.startsAt, one.doorsOpenAt),
    lateEntryFor: apart(one.lateEntryUntil, one.startsAt),
    priceList: '',
    allocationList: '',
  };
}

/** The instant that was typed, on the clock of the hall's venue. */
export function startOf(programme: OfficeProgramme, draft: Draft): string | undefined {
  const wall = wallOf(draft.when);
  const venue = programme.venues.find(({ halls }) => halls.some(({ id }) => id === draft.hallId));
  return wall && venue ? venueInstant(wall, venue.timezone).toISOString() : undefined;
}

/** What can be judged of it already; nothing while day, hour or hall are missing. */
export function checkOf(programme: OfficeProgramme, draft: Draft, id?: string): CheckScreening | null {
  const startsAt = startOf(programme, draft);
  if (!startsAt || !draft.hallId) return null;
  return {
    editionId: programme.edition.id,
    items: readyItems(draft.items),
    hallId: draft.hallId,
    startsAt,
    ...(draft.planId ? { planId: draft.planId } : {}),
    ...(id ? { screeningId: id } : {}),
    ...(draft.ageRating ? { ageRating: draft.ageRating } : {}),
  };
}

export function pricesOf(programme: OfficeProgramme, draft: Draft) {
  return programme.priceLists.find(({ id }) => id === draft.priceList)?.prices;
}

/** What differs from what is kept; an announced screening keeps its time, hall and plan. */
export function patchOf(programme: OfficeProgramme, draft: Draft, one: ScreeningDetail): PatchScreening {
  const before = draftOf(programme, '', one);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const items = readyItems(draft.items);
  const changed = <K extends keyof Draft>(key: K) => !same(draft[key], before[key]);
  const startsAt = startOf(programme, draft);
  const prices = pricesOf(programme, draft);
  return {
    ...(changed('title') && !isEmpty(draft.title) ? { title: filled(draft.title) } : {}),
    ...(same(items, readyItems(before.items)) ? {} : { items }),
    ...(changed('sectionId') ? { sectionId: draft.sectionId || null } : {}),
    ...(changed('visibility') ? { visibility: draft.visibility } : {}),
    ...(changed('ageRating') ? { ageRating: draft.ageRating || null } : {}),
    ...(changed('languages') ? { languages: draft.languages } : {}),
    ...(changed('subtitles') ? { subtitles: draft.subtitles } : {}),
    ...(changed('audioDescription') ? { audioDescription: draft.audioDescription } : {}),
    ...(changed('captions') ? { captions: draft.captions } : {}),
    ...(changed('highlight') ? { highlight: draft.highlight } : {}),
    ...(changed('doorsBefore') ? { doorsBefore: Number(draft.doorsBefore) } : {}),
    ...(changed('lateEntryFor') ? { lateEntryFor: Number(draft.lateEntryFor) } : {}),
    ...(prices ? { prices } : {}),
    ...(one.state === 'draft' && startsAt && startsAt !== one.startsAt ? { startsAt } : {}),
    ...(one.state === 'draft' && changed('hallId') ? { hallId: draft.hallId } : {}),
    ...(one.state === 'draft' && (changed('planId') || changed('hallId')) ? { planId: draft.planId } : {}),
  };
}

/** A new screening as the API takes it. */
export function createdOf(programme: OfficeProgramme, draft: Draft, startsAt: string): CreateScreening {
  return {
    editionId: programme.edition.id,
    ...(isEmpty(draft.title) ? {} : { title: filled(draft.title) }),
    items: readyItems(draft.items),
    hallId: draft.hallId,
    planId: draft.planId,
    startsAt,
    visibility: draft.visibility,
    languages: draft.languages,
    subtitles: draft.subtitles as ('kk' | 'ru' | 'en')[],
    audioDescription: draft.audioDescription,
    captions: draft.captions,
    prices: pricesOf(programme, draft) ?? [],
    ...(draft.sectionId ? { sectionId: draft.sectionId } : {}),
    ...(draft.ageRating ? { ageRating: draft.ageRating } : {}),
    ...(draft.allocationList ? { allocationList: draft.allocationList } : {}),
  };
}
