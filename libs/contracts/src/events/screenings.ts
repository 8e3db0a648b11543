import { Type } from 'typebox';
import { defineEvent } from '../event.js';
import { Instant, LocalTextShape } from '../http/common.js';

const ScreeningFacts = Type.Object({
  screeningId: Type.String(),
  editionId: Type.String(),
  /** What holders see: the main item's title. */
  title: LocalTextShape,
  sectionId: Type.Union([Type.String(), Type.Null()]),
  filmIds: Type.Array(Type.String()),
  startsAt: Instant,
  endsAt: Instant,
  doorsOpenAt: Instant,
  lateEntryUntil: Instant,
  timezone: Type.String(),
  venue: Type.Object({ id: Type.String(), name: LocalTextShape, address: Type.String() }),
  hall: Type.Object({ id: Type.String(), name: LocalTextShape }),
  planId: Type.String(),
  planVersion: Type.Integer(),
  ageRating: Type.Union([Type.String(), Type.Null()]),
  /** A film of it has no rating yet: holders are told when it has. */
  ageRatingPending: Type.Optional(Type.Boolean()),
  /** The rule for minors at shows that end after 22:00. */
  guardianNote: Type.Optional(LocalTextShape),
  /** It begins `minutes` later than `from`, without a move: holders get one short message. */
  delay: Type.Optional(Type.Object({ minutes: Type.Integer(), from: Instant })),
  /** What the screening's poster is drawn from (docs/look), so that paper and wallet show the art of the web. */
  poster: Type.Optional(
    Type.Object({
      id: Type.String(),
      salt: Type.String(),
      family: Type.Union([Type.Literal('cut'), Type.Literal('stitched'), Type.Literal('beam')]),
      countries: Type.Union([Type.Integer(), Type.Null()]),
      minutes: Type.Integer(),
    }),
  ),
  visibility: Type.Union([Type.Literal('public'), Type.Literal('accredited'), Type.Literal('invitation')]),
  state: Type.Union([
    Type.Literal('announced'),
    Type.Literal('on-sale'),
    Type.Literal('closed'),
    Type.Literal('ended'),
    Type.Literal('cancelled'),
  ]),
  /** Price per price category; a category without a row is not sold. */
  prices: Type.Array(
    Type.Object({ category: Type.String(), name: LocalTextShape, amount: Type.Integer(), currency: Type.String() }),
  ),
  /** Who may draw from which counted share; empty means one share for everybody that equals the seats. */
  allocations: Type.Array(
    Type.Object({
      id: Type.String(),
      classes: Type.Array(Type.String()),
      capacity: Type.Integer({ minimum: 0 }),
      opensAt: Type.Optional(Instant),
      closesAt: Type.Optional(Instant),
      overflow: Type.Array(Type.String()),
    }),
  ),
});

/** The whole screening after a change of it; hearers keep the highest version. */
export const ScreeningRecorded = defineEvent('screenings.screening.recorded.v1', {
  topic: 'screenings',
  data: ScreeningFacts,
  says: 'A screening was announced, changed, put on sale, closed or cancelled; the data is the whole of it.',
});

/** A seat plan's version; spoken before the first screening that uses it. */
export const SeatPlanRecorded = defineEvent('screenings.seat-plan.recorded.v1', {
  topic: 'screenings',
  data: Type.Object({
    planId: Type.String(),
    version: Type.Integer(),
    hallId: Type.String(),
    /** `general`: places without a number, g1…gN; absent in a numbered hall. */
    admission: Type.Optional(Type.Literal('general')),
    /** In the order of the seat map's state string. */
    seats: Type.Array(
      Type.Object({
        id: Type.String(),
        row: Type.String(),
        number: Type.String(),
        category: Type.String(),
        /** `companion` goes only with the wheelchair place named by `companionOf`. */
        kind: Type.Union([Type.Literal('seat'), Type.Literal('wheelchair'), Type.Literal('companion')]),
        companionOf: Type.Optional(Type.String()),
        /** Where the seat stands, in the plan's own unit; y grows away from the screen. */
        x: Type.Optional(Type.Number()),
        y: Type.Optional(Type.Number()),
      }),
    ),
  }),
  says: 'A version of a hall’s seat plan exists, with every seat.',
});

/** Festival time moved (never in production): machine time plus `offsetMs`. */
export const FestivalClockSet = defineEvent('screenings.festival-clock.set.v1', {
  topic: 'screenings',
  data: Type.Object({ editionId: Type.String(), offsetMs: Type.Integer() }),
  says: 'The festival time of an edition was set to machine time plus an offset.',
});

export const EditionRecorded = defineEvent('screenings.edition.recorded.v1', {
  topic: 'screenings',
  data: Type.Object({
    editionId: Type.String(),
    name: LocalTextShape,
    from: Type.String(),
    to: Type.String(),
    timezone: Type.String(),
    offsetMs: Type.Integer(),
    /** Sells with the sandbox and mails no outsider. */
    rehearsal: Type.Optional(Type.Boolean()),
  }),
  says: 'An edition of the festival exists or changed.',
});
