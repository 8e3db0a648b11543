import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, LocalTextShape, MoneyShape } from './common.js';

const Nullable = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

/** One file of a programme as it lies on the disk; the service reads the text, so it can name the line of a bad row. */
export const ProgrammeFile = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  text: Type.String({ minLength: 2, maxLength: 4_000_000 }),
});
export type ProgrammeFile = Static<typeof ProgrammeFile>;

/** A whole programme: rows with one id in several files are one row, the earlier file wins where both say something. */
export const ImportProgramme = Type.Object({ files: Type.Array(ProgrammeFile, { minItems: 1, maxItems: 100 }) });
export type ImportProgramme = Static<typeof ImportProgramme>;

export const ImportQuery = Type.Object({ dryRun: Type.Optional(Type.Boolean()) });
export type ImportQuery = Static<typeof ImportQuery>;

export const ImportReport = Type.Object({
  editionId: Type.String(),
  dryRun: Type.Boolean(),
  /** True when anything was (or, in a dry run, would be) created or changed. */
  changed: Type.Boolean(),
  counts: Type.Array(
    Type.Object({
      kind: Type.String(),
      created: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
    }),
  ),
});
export type ImportReport = Static<typeof ImportReport>;

export const ScreeningState = Type.Union([
  Type.Literal('draft'),
  Type.Literal('announced'),
  Type.Literal('on-sale'),
  Type.Literal('closed'),
  Type.Literal('ended'),
  Type.Literal('cancelled'),
]);
export type ScreeningState = Static<typeof ScreeningState>;

export const ScreeningVisibility = Type.Union([
  Type.Literal('public'),
  Type.Literal('accredited'),
  Type.Literal('invitation'),
]);
export type ScreeningVisibility = Static<typeof ScreeningVisibility>;

export const ScreeningPrice = Type.Object({
  category: Type.String({ minLength: 1, maxLength: 20 }),
  name: LocalTextShape,
  /** Minor units: 250 000 is 2 500 ₸. 0 is free entry. */
  amount: Type.Integer({ minimum: 0 }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
export type ScreeningPrice = Static<typeof ScreeningPrice>;

export const ScreeningAllocation = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 60 }),
  classes: Type.Array(Type.String(), { minItems: 1 }),
  capacity: Type.Integer({ minimum: 0 }),
  opensAt: Type.Optional(Instant),
  closesAt: Type.Optional(Instant),
  overflow: Type.Array(Type.String()),
});
export type ScreeningAllocation = Static<typeof ScreeningAllocation>;

export const ItemKind = Type.Union([
  Type.Literal('film'),
  Type.Literal('talk'),
  Type.Literal('ceremony'),
  Type.Literal('press-conference'),
  Type.Literal('round-table'),
  Type.Literal('photo-call'),
]);
export type ItemKind = Static<typeof ItemKind>;

/** One part of a screening; its end follows from the minutes of all of them. */
export const ScreeningItem = Type.Object({
  kind: ItemKind,
  filmId: Type.Optional(Type.String()),
  title: Type.Optional(LocalTextShape),
  minutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
});
export type ScreeningItem = Static<typeof ScreeningItem>;

/** A screening as everybody sees it. */
export const ScreeningView = Type.Object({
  id: Type.String(),
  editionId: Type.String(),
  version: Type.Integer(),
  title: LocalTextShape,
  state: ScreeningState,
  visibility: ScreeningVisibility,
  /** The main show of its day. */
  highlight: Type.Boolean(),
  sectionId: Nullable(Type.String()),
  items: Type.Array(ScreeningItem),
  venueId: Type.String(),
  hallId: Type.String(),
  planId: Type.String(),
  planVersion: Type.Integer(),
  seats: Type.Integer(),
  startsAt: Instant,
  endsAt: Instant,
  doorsOpenAt: Instant,
  lateEntryUntil: Instant,
  timezone: Type.String(),
  ageRating: Nullable(Type.String()),
  /** A film of it has no rating yet; whoever holds a ticket is told when it has. */
  ageRatingPending: Type.Optional(Type.Boolean()),
  /** The rule for minors at shows that end after 22:00; absent where it does not apply. */
  guardianNote: Type.Optional(LocalTextShape),
  languages: Type.Array(Type.String()),
  subtitles: Type.Array(Type.String()),
  /** Languages in which the picture is described, and of captions that also write sounds down. */
  audioDescription: Type.Optional(Type.Array(Type.String())),
  captions: Type.Optional(Type.Array(Type.String())),
  /** It begins `minutes` later than `from`, without a move. */
  delay: Type.Optional(Type.Object({ minutes: Type.Integer(), from: Instant })),
  /** Where and when it was before it was moved last. */
  movedFrom: Type.Optional(Type.Object({ startsAt: Instant, hallId: Type.String() })),
  /** "step-free", "hearing-loop", "captions", "audio-description" */
  access: Type.Array(Type.String()),
  prices: Type.Array(ScreeningPrice),
  invented: Type.Boolean(),
});
export type ScreeningView = Static<typeof ScreeningView>;

/** What a programmer sees besides. */
export const ScreeningDetail = Type.Object({
  ...ScreeningView.properties,
  allocations: Type.Array(ScreeningAllocation),
});
export type ScreeningDetail = Static<typeof ScreeningDetail>;

/** A new screening. A title or at least one item; an item without minutes takes its film's. */
export const CreateScreening = Type.Object({
  editionId: Type.String(),
  title: Type.Optional(LocalTextShape),
  items: Type.Optional(
    Type.Array(
      Type.Object({
        kind: ItemKind,
        filmId: Type.Optional(Type.String()),
        title: Type.Optional(LocalTextShape),
        minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
      }),
      { maxItems: 40 },
    ),
  ),
  hallId: Type.String(),
  /** The newest version of the hall's only plan when absent. */
  planId: Type.Optional(Type.String()),
  startsAt: Instant,
  sectionId: Type.Optional(Type.String()),
  ageRating: Type.Optional(Type.String({ pattern: '^(0|6|12|14|16|18|21)\\+$' })),
  visibility: Type.Optional(ScreeningVisibility),
  languages: Type.Optional(Type.Array(Type.String())),
  subtitles: Type.Optional(Type.Array(LanguageShape)),
  /** Languages in which the picture is described, and of captions that also write sounds down. */
  audioDescription: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  captions: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  prices: Type.Array(ScreeningPrice, { maxItems: 20 }),
  allocations: Type.Optional(Type.Array(ScreeningAllocation, { maxItems: 20 })),
  /** The edition's list by which the hall is shared, where `allocations` does not say it. */
  allocationList: Type.Optional(Type.String()),
});
export type CreateScreening = Static<typeof CreateScreening>;

export const CancelScreening = Type.Object({ reason: Type.String({ minLength: 3, maxLength: 500 }) });
export type CancelScreening = Static<typeof CancelScreening>;

export const SetFestivalClock = Type.Object({ editionId: Type.String(), now: Instant });
export type SetFestivalClock = Static<typeof SetFestivalClock>;

/** Festival time now is the asker's machine time plus the offset. */
export const FestivalClockView = Type.Object({
  editionId: Type.String(),
  offsetMs: Type.Integer(),
  now: Instant,
  timezone: Type.String(),
});
export type FestivalClockView = Static<typeof FestivalClockView>;

export const EditionView = Type.Object({
  id: Type.String(),
  name: LocalTextShape,
  motto: Nullable(LocalTextShape),
  from: Type.String(),
  to: Type.String(),
  timezone: Type.String(),
  city: LocalTextShape,
  /** The word that deals the posters. */
  salt: Type.String(),
  /** Shown under the programme where rows are invented for a demonstration. */
  notice: Nullable(LocalTextShape),
  partner: Nullable(LocalTextShape),
  /** Sells with the sandbox, mails no outsider, is not shown to the public. */
  rehearsal: Type.Optional(Type.Boolean()),
});
export type EditionView = Static<typeof EditionView>;
export const EditionList = Type.Array(EditionView);

export const SectionView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  name: LocalTextShape,
  /** Which sign and which poster family: cut figures or stitched ones. */
  sign: Nullable(Type.Union([Type.Literal('competition'), Type.Literal('women')])),
});
export type SectionView = Static<typeof SectionView>;

export const FilmView = Type.Object({
  id: Type.String(),
  sectionId: Nullable(Type.String()),
  title: LocalTextShape,
  original: Nullable(Type.String()),
  directors: Type.Object({
    kk: Type.Array(Type.String()),
    ru: Type.Array(Type.String()),
    en: Type.Array(Type.String()),
  }),
  /** ISO 3166 alpha-2; null where nobody has found out. */
  countries: Nullable(Type.Array(Type.String())),
  year: Type.Integer(),
  minutes: Type.Integer(),
  languages: Nullable(Type.Array(Type.String())),
  cast: Type.Array(Type.String()),
  logline: LocalTextShape,
  ageRating: Nullable(Type.String()),
  /** EIDR or IMDb id. */
  identifier: Type.Optional(Type.String()),
  /** Fields that were invented for a demonstration. */
  invented: Type.Array(Type.String()),
});
export type FilmView = Static<typeof FilmView>;

export const HallView = Type.Object({
  id: Type.String(),
  name: LocalTextShape,
  seats: Type.Integer(),
  planId: Type.String(),
  planVersion: Type.Integer(),
  invented: Type.Boolean(),
});
export type HallView = Static<typeof HallView>;

export const VenueView = Type.Object({
  id: Type.String(),
  name: LocalTextShape,
  address: Type.String(),
  timezone: Type.String(),
  lat: Nullable(Type.Number()),
  lon: Nullable(Type.Number()),
  access: Type.Array(Type.String()),
  halls: Type.Array(HallView),
});
export type VenueView = Static<typeof VenueView>;

/** Anything else of the festival: press conferences, juries, awards, guests. Names and ids only, for reading. */
export const EventView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: LocalTextShape,
  date: Nullable(Type.String()),
  venueId: Nullable(Type.String()),
  filmIds: Type.Array(Type.String()),
  people: Type.Array(Type.String()),
});
export type EventView = Static<typeof EventView>;

export const GuestView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  country: Nullable(Type.String()),
  role: Type.String(),
  kind: Type.String(),
});
export type GuestView = Static<typeof GuestView>;

export const JuryView = Type.Object({
  id: Type.String(),
  sectionId: Type.String(),
  members: Type.Array(Type.Object({ personId: Type.String(), chair: Type.Boolean() })),
});
export type JuryView = Static<typeof JuryView>;

export const AwardView = Type.Object({
  id: Type.String(),
  name: LocalTextShape,
  recipients: Type.Array(Type.String()),
  filmId: Nullable(Type.String()),
});
export type AwardView = Static<typeof AwardView>;

/** The whole public programme of an edition in one answer, with a strong ETag. Drafts and invitations are not in it. */
export const Programme = Type.Object({
  edition: EditionView,
  sections: Type.Array(SectionView),
  films: Type.Array(FilmView),
  venues: Type.Array(VenueView),
  events: Type.Array(EventView),
  juries: Type.Array(JuryView),
  awards: Type.Array(AwardView),
  guests: Type.Array(GuestView),
  screenings: Type.Array(ScreeningView),
});
export type Programme = Static<typeof Programme>;

export const SeatKind = Type.Union([Type.Literal('seat'), Type.Literal('wheelchair'), Type.Literal('companion')]);
export type SeatKind = Static<typeof SeatKind>;

/**
 * A seat plan as the map draws it. Seats are tuples to stay small; their order is the order of a seat map's states.
 * `[id, number, x, y, category index, kind, companionOf id or ""]`, kind 0 seat, 1 wheelchair, 2 companion.
 */
export const PlanSeat = Type.Tuple([
  Type.String(),
  Type.String(),
  Type.Number(),
  Type.Number(),
  Type.Integer(),
  Type.Integer(),
  Type.String(),
]);
export type PlanSeat = Static<typeof PlanSeat>;

export const PlanGeometry = Type.Object({
  planId: Type.String(),
  version: Type.Integer(),
  hallId: Type.String(),
  name: Type.String(),
  width: Type.Number(),
  height: Type.Number(),
  /** `general`: places without a number, the server picks; absent in a numbered hall. */
  admission: Type.Optional(Type.Literal('general')),
  /** Distance between two neighbours of a row. */
  pitch: Type.Number(),
  categories: Type.Array(Type.String()),
  screen: Nullable(
    Type.Object({
      x: Type.Number(),
      y: Type.Number(),
      width: Type.Number(),
      height: Type.Number(),
      stage: Type.Boolean(),
    }),
  ),
  zones: Type.Array(
    Type.Object({
      name: Type.String(),
      /** The zone's name as people read it. */
      label: LocalTextShape,
      rows: Type.Array(Type.Object({ row: Type.String(), seats: Type.Array(PlanSeat) })),
    }),
  ),
});
export type PlanGeometry = Static<typeof PlanGeometry>;

export const SeatPrice = Type.Object({ category: Type.String(), price: MoneyShape });
export type SeatPrice = Static<typeof SeatPrice>;
