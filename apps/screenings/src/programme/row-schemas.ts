import { type Static, Type } from 'typebox';
import { ItemKind, LocalTextShape, ScreeningPrice, ScreeningVisibility } from '#libs/contracts';
import { SchemaPipe } from '#libs/service-defaults';

/** What any row may say about where it comes from; never shown, never told. */
const Provenance = {
  source: Type.Optional(Type.Unknown()),
  invented: Type.Optional(Type.Boolean()),
  certainty: Type.Optional(Type.String()),
};
const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$' });
const Day = Type.String({ format: 'date' });
const AgeRating = Type.String({ pattern: '^(0|6|12|14|16|18|21)\\+$' });

export const EditionRowShape = Type.Object({
  id: Id,
  name: LocalTextShape,
  number: Type.Optional(Type.Integer()),
  motto: Type.Optional(LocalTextShape),
  from: Day,
  to: Day,
  timezone: Type.String(),
  city: LocalTextShape,
  country: Type.Optional(Type.String()),
  organiser: Type.Optional(Type.String()),
  partner: Type.Optional(LocalTextShape),
  salt: Type.Optional(Type.String({ maxLength: 60 })),
  notice: Type.Optional(LocalTextShape),
  ...Provenance,
});
export const SectionRowShape = Type.Object({
  id: Id,
  kind: Type.String(),
  name: LocalTextShape,
  sign: Type.Optional(Type.Union([Type.Literal('competition'), Type.Literal('women'), Type.Null()])),
  filmsAnnounced: Type.Optional(Type.Integer()),
  ...Provenance,
});
const Names = Type.Array(Type.String({ minLength: 1 }));
export const FilmRowShape = Type.Object({
  id: Id,
  sectionId: Type.Optional(Id),
  title: LocalTextShape,
  original: Type.Optional(Type.String()),
  directors: Type.Object({ en: Names, ru: Type.Optional(Names), kk: Type.Optional(Names) }),
  countries: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }))),
  year: Type.Integer({ minimum: 1888, maximum: 2100 }),
  minutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
  languages: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  format: Type.Optional(Type.String()),
  cast: Type.Optional(Names),
  logline: LocalTextShape,
  ageRating: Type.Optional(AgeRating),
  /** EIDR or IMDb id. */
  identifier: Type.Optional(Type.String({ pattern: '^(10\\.5240/[0-9A-F-]+|tt\\d{7,10})$' })),
  ...Provenance,
});
export const VenueRowShape = Type.Object({
  id: Id,
  name: LocalTextShape,
  address: Type.String(),
  timezone: Type.Optional(Type.String()),
  lat: Type.Optional(Type.Number()),
  lon: Type.Optional(Type.Number()),
  access: Type.Optional(Type.Array(Type.String())),
  festivalUse2019: Type.Optional(Type.String()),
  halls: Type.Optional(
    Type.Array(
      Type.Object({ id: Id, name: LocalTextShape, seats: Type.Optional(Type.Integer({ minimum: 1 })), ...Provenance }),
    ),
  ),
  ...Provenance,
});
export const EventRowShape = Type.Object({
  id: Id,
  kind: Type.String(),
  title: LocalTextShape,
  date: Type.Optional(Day),
  venueId: Type.Optional(Id),
  filmIds: Type.Optional(Type.Array(Id)),
  people: Type.Optional(Type.Array(Id)),
  ...Provenance,
});
export const JuryRowShape = Type.Object({
  id: Id,
  sectionId: Id,
  members: Type.Array(Type.Object({ personId: Id, chair: Type.Boolean() })),
  ...Provenance,
});
export const AwardRowShape = Type.Object({
  id: Id,
  name: LocalTextShape,
  recipients: Names,
  filmId: Type.Optional(Id),
  ...Provenance,
});
export const GuestRowShape = Type.Object({
  id: Id,
  name: Type.String(),
  country: Type.Optional(Type.String()),
  role: Type.String(),
  kind: Type.String(),
  ...Provenance,
});
export const PlanRowShape = Type.Object({
  id: Id,
  hallId: Id,
  /** Name of the file that holds the plan in pretix's JSON; absent where the hall has no numbered seats. */
  file: Type.Optional(Type.String()),
  /** Without a file: how many people may be in the hall, and their one price category. */
  capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 6_000 })),
  category: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  wheelchair: Type.Optional(Type.Array(Type.String())),
  companions: Type.Optional(Type.Record(Type.String(), Type.String())),
  zoneLabels: Type.Optional(Type.Record(Type.String(), LocalTextShape)),
  ...Provenance,
});
export const PriceListRowShape = Type.Object({ id: Id, prices: Type.Array(ScreeningPrice), ...Provenance });
export const AllocationListRowShape = Type.Object({
  id: Id,
  shares: Type.Array(
    Type.Object({
      id: Id,
      classes: Type.Array(Type.String(), { minItems: 1 }),
      capacity: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      overflow: Type.Array(Id),
    }),
  ),
  ...Provenance,
});
export const ScreeningRowShape = Type.Object({
  id: Id,
  /** The hour on the venue's wall: "2019-09-16T19:30". */
  startsAt: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' }),
  hallId: Id,
  planId: Id,
  sectionId: Type.Optional(Id),
  title: Type.Optional(LocalTextShape),
  items: Type.Array(
    Type.Object({
      kind: ItemKind,
      filmId: Type.Optional(Id),
      eventId: Type.Optional(Id),
      title: Type.Optional(LocalTextShape),
      minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
    }),
  ),
  highlight: Type.Optional(Type.Boolean()),
  visibility: Type.Optional(ScreeningVisibility),
  ageRating: Type.Optional(AgeRating),
  languages: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  subtitles: Type.Optional(Type.Array(Type.String())),
  audioDescription: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  captions: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }))),
  priceList: Id,
  allocationList: Type.Optional(Id),
  state: Type.Union([Type.Literal('draft'), Type.Literal('announced'), Type.Literal('on-sale')]),
  ...Provenance,
});

/** Lists of a programme file, in the order in which they are loaded; `edition` is one object. */
export const ROW_SCHEMAS = {
  edition: EditionRowShape,
  sections: SectionRowShape,
  films: FilmRowShape,
  venues: VenueRowShape,
  events: EventRowShape,
  juries: JuryRowShape,
  awards: AwardRowShape,
  guests: GuestRowShape,
  plans: PlanRowShape,
  priceLists: PriceListRowShape,
  allocationLists: AllocationListRowShape,
  screenings: ScreeningRowShape,
} as const;
export type RowKind = keyof typeof ROW_SCHEMAS;
export type RowOf<K extends RowKind> = Static<(typeof ROW_SCHEMAS)[K]>;

const pipes = new Map<RowKind, SchemaPipe>();

/** The row, checked against its kind; throws the refusal that a request body of this shape would get. */
export function checkRow(kind: RowKind, value: unknown): void {
  let pipe = pipes.get(kind);
  if (!pipe) {
    pipe = new SchemaPipe(ROW_SCHEMAS[kind]);
    pipes.set(kind, pipe);
  }
  pipe.transform(value, { type: 'custom' });
}
