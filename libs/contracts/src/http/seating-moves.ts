import { type Static, Type } from 'typebox';
import { ScreeningRecorded } from '../events/screenings.js';
import { Instant, LocalTextShape, Uuid } from './common.js';
import { ScreeningPrice } from './screenings.js';

const Nullable = <S extends Parameters<typeof Type.Optional>[0]>(schema: S) => Type.Union([schema, Type.Null()]);

/** Whom a claimed seat belongs to. */
export const SeatOwnerKind = Type.Union([
  Type.Literal('order'),
  Type.Literal('booking'),
  Type.Literal('offer'),
  Type.Literal('lease'),
  Type.Literal('block'),
  Type.Literal('pool'),
]);
export type SeatOwnerKind = Static<typeof SeatOwnerKind>;

/** A new time, hall or plan; what is absent stays. Naming the plan takes its newest version. */
export const RequestMove = Type.Object({
  startsAt: Type.Optional(Instant),
  hallId: Type.Optional(Type.String()),
  planId: Type.Optional(Type.String()),
  /** Where the new plan has other price categories: what they cost from then on. */
  prices: Type.Optional(Type.Array(ScreeningPrice, { maxItems: 20 })),
});
export type RequestMove = Static<typeof RequestMove>;

/** The preview that the manager saw: another one is not confirmed by it. */
export const ConfirmMove = Type.Object({ tag: Type.String({ minLength: 1, maxLength: 60 }) });
export type ConfirmMove = Static<typeof ConfirmMove>;

const SeatAt = Type.Object({ id: Type.String(), row: Type.String(), number: Type.String() });

/** Who gets which seat, before anything has moved. Ids only. */
export const SeatingPreview = Type.Object({
  moveId: Uuid,
  screeningId: Type.String(),
  tag: Type.String(),
  /** Claimed seats by kind of owner. */
  claims: Type.Record(Type.String(), Type.Integer()),
  /** Seats that keep their row and number. */
  unchanged: Type.Integer(),
  /** Owners of several seats who sat beside each other and will not. */
  split: Type.Array(Type.Object({ ownerKind: SeatOwnerKind, ownerId: Uuid, seats: Type.Integer() })),
  /** Seats in a cheaper price category than before. */
  worse: Type.Integer(),
  /** Who finds no seat: the ticket stays until the manager or the holder decides. */
  unseated: Type.Array(
    Type.Object({
      ownerKind: SeatOwnerKind,
      ownerId: Uuid,
      seats: Type.Array(SeatAt),
      accessible: Type.Boolean(),
    }),
  ),
  /** Bookings whose holder has another one at the new time. */
  clashes: Type.Integer(),
});
export type SeatingPreview = Static<typeof SeatingPreview>;

/** Every seat of a move, from where to where, in the order of the old hall; the manager's list before "confirm". */
export const SeatingList = Type.Array(
  Type.Object({
    ownerKind: SeatOwnerKind,
    ownerId: Uuid,
    /** The order's number, where it is one. */
    number: Nullable(Type.String()),
    line: Type.Integer(),
    from: SeatAt,
    /** null: the new hall has no seat for it. */
    to: Nullable(SeatAt),
    worse: Type.Boolean(),
  }),
);
export type SeatingList = Static<typeof SeatingList>;

/** From screenings to tickets; the same move sent again gets the same answer. */
export const RequestSeating = Type.Object({
  moveId: Uuid,
  screeningId: Type.String(),
  /** The screening as it would be after the move. */
  to: ScreeningRecorded.data,
  /** Seats of the plan that it moves to, in its order. */
  seats: Type.Array(
    Type.Object({
      id: Type.String(),
      row: Type.String(),
      number: Type.String(),
      category: Type.String(),
      kind: Type.Union([Type.Literal('seat'), Type.Literal('wheelchair'), Type.Literal('companion')]),
      companionOf: Type.Optional(Type.String()),
      x: Type.Optional(Type.Number()),
      y: Type.Optional(Type.Number()),
    }),
  ),
});
export type RequestSeating = Static<typeof RequestSeating>;

export const SeatingState = Type.Union([
  Type.Literal('previewed'),
  Type.Literal('seated'),
  Type.Literal('settled'),
  Type.Literal('undone'),
  Type.Literal('abandoned'),
]);
export type SeatingState = Static<typeof SeatingState>;

export const SeatingAnswer = Type.Object({
  moveId: Uuid,
  state: SeatingState,
  moved: Type.Integer(),
  unseated: Type.Integer(),
  /** With `previewed`: the claims had changed since the preview was seen; this is the new one. */
  preview: Type.Optional(SeatingPreview),
});
export type SeatingAnswer = Static<typeof SeatingAnswer>;

export const MoveState = Type.Union([
  Type.Literal('requested'),
  Type.Literal('previewed'),
  Type.Literal('confirmed'),
  Type.Literal('seated'),
  Type.Literal('settling'),
  Type.Literal('settled'),
  Type.Literal('undoing'),
  Type.Literal('undone'),
  Type.Literal('abandoning'),
  Type.Literal('abandoned'),
]);
export type MoveState = Static<typeof MoveState>;

const MoveEnd = Type.Object({
  hallId: Type.String(),
  planId: Type.String(),
  planVersion: Type.Integer(),
  startsAt: Instant,
  endsAt: Instant,
});

/** A move of a screening as the manager sees it. */
export const ScreeningMove = Type.Object({
  id: Uuid,
  screeningId: Type.String(),
  state: MoveState,
  from: MoveEnd,
  to: MoveEnd,
  preview: Nullable(SeatingPreview),
  /** Machine time: until then it must be confirmed, or it is abandoned. */
  expiresAt: Instant,
  /** Machine time: until then it can be undone; sales wait and nobody is told. */
  undoUntil: Nullable(Instant),
  /** Why tickets did not take the last step yet. */
  trouble: Nullable(Type.String()),
});
export type ScreeningMove = Static<typeof ScreeningMove>;
export const ScreeningMoves = Type.Array(ScreeningMove);

/** Somebody whom the new hall has no seat for, until somebody decides. */
export const UnseatedOwner = Type.Object({
  moveId: Uuid,
  screeningId: Type.String(),
  ownerKind: SeatOwnerKind,
  ownerId: Uuid,
  /** The order's number, where it is one. */
  number: Nullable(Type.String()),
  seats: Type.Array(Type.Object({ line: Type.Integer(), ...SeatAt.properties })),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('refunded'),
    Type.Literal('seated'),
    Type.Literal('given-up'),
  ]),
});
export type UnseatedOwner = Static<typeof UnseatedOwner>;
export const UnseatedOwners = Type.Array(UnseatedOwner);

/** Free seats for somebody without one, line by line. */
export const SeatUnseated = Type.Object({
  seats: Type.Array(Type.Object({ line: Type.Integer(), seat: Type.String({ maxLength: 40 }) }), {
    minItems: 1,
    maxItems: 100,
  }),
});
export type SeatUnseated = Static<typeof SeatUnseated>;

/** One's own bookings that clash since a screening was moved; each may be cancelled without penalty. */
export const Clashes = Type.Array(
  Type.Object({
    bookingId: Uuid,
    screeningId: Type.String(),
    title: LocalTextShape,
    startsAt: Instant,
    timezone: Type.String(),
    with: Type.Object({ screeningId: Type.String(), title: LocalTextShape, startsAt: Instant }),
  }),
);
export type Clashes = Static<typeof Clashes>;
