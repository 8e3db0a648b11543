import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape } from './common.js';
import {
  CreateScreening,
  EditionView,
  EventView,
  FilmView,
  ScreeningDetail,
  ScreeningPrice,
  SectionView,
  VenueView,
} from './screenings.js';
import { SeatPlanList } from './seat-plans.js';
import { ScreeningMove } from './seating-moves.js';

/** What a row was when it was seen: goes back in If-Match by whoever changes it. */
const Tag = { tag: Type.String() };
const ClashKind = Type.Union([Type.Literal('hall-overlap'), Type.Literal('turnaround-too-short')]);

/** A programme as those see it who make it: drafts, invitations, price lists, and what is in each other's way. */
export const OfficeProgramme = Type.Object({
  edition: EditionView,
  sections: Type.Array(Type.Object({ ...SectionView.properties, ...Tag })),
  films: Type.Array(Type.Object({ ...FilmView.properties, ...Tag })),
  events: Type.Array(Type.Object({ ...EventView.properties, ...Tag })),
  venues: Type.Array(VenueView),
  plans: Type.Array(Type.Object({ ...SeatPlanList.items.properties, hallId: Type.String() })),
  screenings: Type.Array(
    Type.Object({
      ...ScreeningDetail.properties,
      /** From then on its hall is free: the end and the turnaround. */
      freeFrom: Instant,
      cancelReason: Type.Optional(Type.String()),
    }),
  ),
  /** Pairs that can't both be in their hall; a draft may be part of one, what is announced only after a delay. */
  clashes: Type.Array(Type.Object({ kind: ClashKind, screeningId: Type.String(), otherId: Type.String() })),
  /** Moves that nobody has finished. */
  moves: Type.Array(ScreeningMove),
  priceLists: Type.Array(Type.Object({ id: Type.String(), prices: Type.Array(ScreeningPrice) })),
  allocationLists: Type.Array(
    Type.Object({
      id: Type.String(),
      shares: Type.Array(Type.Object({ id: Type.String(), capacity: Type.Union([Type.Integer(), Type.Null()]) })),
    }),
  ),
});
export type OfficeProgramme = Static<typeof OfficeProgramme>;

/** A screening as somebody is about to make, change or move it; nothing is saved. */
export const CheckScreening = Type.Object({
  /** The one that it is already, which is not in its own way. */
  screeningId: Type.Optional(Type.String()),
  ...Type.Pick(CreateScreening, ['editionId', 'items', 'hallId', 'planId', 'startsAt', 'ageRating']).properties,
});
export type CheckScreening = Static<typeof CheckScreening>;

export const ScreeningCheck = Type.Object({
  startsAt: Instant,
  endsAt: Instant,
  freeFrom: Instant,
  seats: Type.Integer(),
  categories: Type.Array(Type.String()),
  ageRating: Type.Union([Type.String(), Type.Null()]),
  ageRatingPending: Type.Boolean(),
  guardianNote: Type.Optional(LocalTextShape),
  /** What would be refused, and with `draft` what only another draft is in the way of. */
  problems: Type.Array(
    Type.Object({
      code: Type.String(),
      field: Type.String(),
      reason: LocalTextShape,
      draft: Type.Boolean(),
      screeningId: Type.Optional(Type.String()),
      title: Type.Optional(LocalTextShape),
      from: Type.Optional(Instant),
      until: Type.Optional(Instant),
    }),
  ),
});
export type ScreeningCheck = Static<typeof ScreeningCheck>;
