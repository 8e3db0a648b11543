import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape } from './common.js';
import { ItemKind, ScreeningAllocation, ScreeningPrice, ScreeningVisibility } from './screenings.js';

const ProgrammeId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$' });
const Day = Type.String({ format: 'date' });
const AgeRating = Type.String({ pattern: '^(0|6|12|14|16|18|21)\\+$' });
const LanguageCode = Type.String({ pattern: '^[a-z]{2,3}$' });
const Languages = Type.Array(LanguageCode, { maxItems: 12, uniqueItems: true });
const Nullable = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

/**
 * What may change on a screening without moving it; what is absent stays. Time, hall and plan may change here while it
 * is a draft; later they are moved.
 */
export const PatchScreening = Type.Object({
  title: Type.Optional(LocalTextShape),
  items: Type.Optional(
    Type.Array(
      Type.Object({
        kind: ItemKind,
        filmId: Type.Optional(Type.String()),
        title: Type.Optional(LocalTextShape),
        minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
      }),
      { minItems: 1, maxItems: 40 },
    ),
  ),
  sectionId: Type.Optional(Nullable(Type.String())),
  highlight: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(ScreeningVisibility),
  /** null: not rated yet; holders are told when it is. */
  ageRating: Type.Optional(Nullable(AgeRating)),
  languages: Type.Optional(Languages),
  subtitles: Type.Optional(Languages),
  /** Languages in which somebody describes the picture. */
  audioDescription: Type.Optional(Languages),
  /** Languages of captions that also write sounds down. */
  captions: Type.Optional(Languages),
  prices: Type.Optional(Type.Array(ScreeningPrice, { maxItems: 20 })),
  allocations: Type.Optional(Type.Array(ScreeningAllocation, { maxItems: 20 })),
  /** Minutes before the start at which the doors open. */
  doorsBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 240 })),
  /** Minutes after the start until which latecomers are let in. */
  lateEntryFor: Type.Optional(Type.Integer({ minimum: 0, maximum: 240 })),
  startsAt: Type.Optional(Instant),
  hallId: Type.Optional(Type.String()),
  planId: Type.Optional(Type.String()),
});
export type PatchScreening = Static<typeof PatchScreening>;

export const DelayScreening = Type.Object({ minutes: Type.Integer({ minimum: 1, maximum: 60 }) });
export type DelayScreening = Static<typeof DelayScreening>;

/** A new edition from an old one. Venues, halls and plans belong to every edition and need no copy. */
export const CopyEdition = Type.Object({
  id: ProgrammeId,
  name: LocalTextShape,
  /** Its first day; every date moves by as many days as this lies after the old first day. */
  from: Day,
  to: Day,
  /** A rehearsal sells with the sandbox, mails no outsider and is not shown to the public. */
  rehearsal: Type.Optional(Type.Boolean()),
  /** Also films and screenings, as drafts; a rehearsal takes them unless this says no. */
  programme: Type.Optional(Type.Boolean()),
});
export type CopyEdition = Static<typeof CopyEdition>;

export const CopiedEdition = Type.Object({
  editionId: Type.String(),
  rehearsal: Type.Boolean(),
  /** Rows by kind: sections, price lists, allocation lists, films, screenings. */
  copied: Type.Record(Type.String(), Type.Integer()),
  /** Screenings whose shifted date lies outside the new edition. */
  leftOut: Type.Array(Type.String()),
});
export type CopiedEdition = Static<typeof CopiedEdition>;

export const PutSection = Type.Object({
  kind: Type.String({ minLength: 1, maxLength: 40 }),
  name: LocalTextShape,
  sign: Type.Optional(Nullable(Type.Union([Type.Literal('competition'), Type.Literal('women')]))),
});
export type PutSection = Static<typeof PutSection>;

const Names = Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: 20 });
export const PutFilm = Type.Object({
  sectionId: Nullable(Type.String()),
  title: LocalTextShape,
  original: Type.Optional(Nullable(Type.String())),
  directors: Type.Object({ kk: Names, ru: Names, en: Names }),
  countries: Type.Optional(Nullable(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' })))),
  year: Type.Integer({ minimum: 1888, maximum: 2100 }),
  minutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
  languages: Type.Optional(Nullable(Languages)),
  cast: Type.Optional(Names),
  logline: LocalTextShape,
  /** Setting it rates every screening of the film whose rating is pending. */
  ageRating: Type.Optional(Nullable(AgeRating)),
  /** EIDR or IMDb id. */
  identifier: Type.Optional(Type.String({ pattern: '^(10\\.5240/[0-9A-F-]+|tt\\d{7,10})$' })),
});
export type PutFilm = Static<typeof PutFilm>;

/** Something of the festival that is no film: a press conference, a ceremony, a round table. */
export const PutEvent = Type.Object({
  kind: Type.String({ minLength: 1, maxLength: 40 }),
  title: LocalTextShape,
  date: Type.Optional(Nullable(Day)),
  venueId: Type.Optional(Nullable(Type.String())),
  filmIds: Type.Optional(Type.Array(Type.String(), { maxItems: 40 })),
  people: Type.Optional(Type.Array(Type.String(), { maxItems: 60 })),
});
export type PutEvent = Static<typeof PutEvent>;

export const CalendarQuery = Type.Object({ language: Type.Optional(LanguageShape) });
export type CalendarQuery = Static<typeof CalendarQuery>;

/** A feed of the whole edition, or of some of its screenings alone: ids separated by commas, at most 100. */
export const FeedQuery = Type.Object({
  ...CalendarQuery.properties,
  only: Type.Optional(Type.String({ pattern: '^[\\w.-]{1,80}(,[\\w.-]{1,80}){0,99}$' })),
});
export type FeedQuery = Static<typeof FeedQuery>;
