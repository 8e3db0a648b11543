import { type Static, Type } from 'typebox';
import { Instant, MoneyShape, Uuid } from './common.js';

const ProgrammeId = Type.String({ minLength: 1, maxLength: 80 });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(shape: T) => Type.Union([shape, Type.Null()]);
/** Minor units; cash is counted in whole tenge. */
const Cash = Type.Integer({ minimum: 0, maximum: 100_000_000_00, multipleOf: 100 });

export const CounterEdition = Type.Object({ editionId: ProgrammeId });
export type CounterEdition = Static<typeof CounterEdition>;

/** A till of the edition's counter, and who works at it now. */
export const Till = Type.Object({
  name: Type.String(),
  shift: Nullable(Type.Object({ id: Uuid, clerk: Type.String(), openedAt: Instant, mine: Type.Boolean() })),
});
export type Till = Static<typeof Till>;

export const OpenShift = Type.Object({
  editionId: ProgrammeId,
  till: Type.String({ minLength: 1, maxLength: 20 }),
  openingFloat: Cash,
});
export type OpenShift = Static<typeof OpenShift>;

export const ShiftState = Type.Union([Type.Literal('open'), Type.Literal('closed'), Type.Literal('signed')]);
export type ShiftState = Static<typeof ShiftState>;

export const DrawerMovementKind = Type.Union([
  Type.Literal('float'),
  Type.Literal('sale'),
  Type.Literal('refund'),
  Type.Literal('pay-in'),
  Type.Literal('pay-out'),
]);
export type DrawerMovementKind = Static<typeof DrawerMovementKind>;

/** Cash in or out of the drawer. What sales brought is not told to the clerk before the count: `amount` is null then. */
export const DrawerMovement = Type.Object({
  id: Uuid,
  kind: DrawerMovementKind,
  /** Positive into the drawer, negative out of it. */
  amount: Nullable(MoneyShape),
  reason: Nullable(Type.String()),
  orderNumber: Nullable(Type.String()),
  by: Type.String(),
  at: Instant,
});
export type DrawerMovement = Static<typeof DrawerMovement>;

export const MoveCash = Type.Object({
  kind: Type.Union([Type.Literal('pay-in'), Type.Literal('pay-out')]),
  amount: Type.Integer({ minimum: 100, maximum: 100_000_000_00, multipleOf: 100 }),
  reason: Type.String({ minLength: 3, maxLength: 200 }),
});
export type MoveCash = Static<typeof MoveCash>;

const Count = Type.Integer({ minimum: 0 });

/**
 * The figures of a shift so far (X) or at its end (Z). Whatever would give the drawer's content away is null for the
 * clerk while the shift is open.
 */
export const ShiftFigures = Type.Object({
  sales: Count,
  tickets: Count,
  complimentary: Count,
  voided: Count,
  reprints: Count,
  /** Sales whose terminal has not answered. */
  unresolved: Count,
  openingFloat: MoneyShape,
  payIn: MoneyShape,
  payOut: MoneyShape,
  terminal: Type.Object({ sales: Count, taken: MoneyShape, returned: MoneyShape }),
  cash: Nullable(
    Type.Object({
      sales: Count,
      taken: MoneyShape,
      returned: MoneyShape,
      /** What rounding gave or took, inside `taken` and `returned`. */
      rounding: MoneyShape,
      /** What the drawer should hold. */
      expected: MoneyShape,
    }),
  ),
});
export type ShiftFigures = Static<typeof ShiftFigures>;

export const Shift = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  till: Type.String(),
  clerk: Type.String(),
  mine: Type.Boolean(),
  state: ShiftState,
  openedAt: Instant,
  openingFloat: MoneyShape,
  closedAt: Nullable(Instant),
  movements: Type.Array(DrawerMovement),
});
export type Shift = Static<typeof Shift>;

export const XReport = Type.Object({ shiftId: Uuid, till: Type.String(), at: Instant, figures: ShiftFigures });
export type XReport = Static<typeof XReport>;

export const CountedDrawer = Type.Object({
  /** What was counted, minor units. */
  counted: Cash,
  /** How many of each note and coin, by its worth in tenge; they must sum to `counted`. */
  denominations: Type.Optional(
    Type.Record(Type.String({ pattern: '^[1-9][0-9]{0,4}$' }), Type.Integer({ minimum: 0, maximum: 100_000 })),
  ),
  /** Closes although a terminal has not answered for a sale; the report names how many. */
  withUnresolved: Type.Optional(Type.Boolean()),
});
export type CountedDrawer = Static<typeof CountedDrawer>;

/** The report of a closed shift; it never changes. */
export const ZReport = Type.Object({
  shiftId: Uuid,
  editionId: Type.String(),
  /** Counts an edition's Z reports without gaps. */
  number: Type.Integer({ minimum: 1 }),
  till: Type.String(),
  clerk: Type.String(),
  openedAt: Instant,
  closedAt: Instant,
  figures: ShiftFigures,
  counted: MoneyShape,
  denominations: Nullable(Type.Record(Type.String(), Count)),
  /** Counted less expected: negative when money is missing. */
  difference: MoneyShape,
  signed: Nullable(Type.Object({ by: Type.String(), at: Instant, note: Type.String() })),
});
export type ZReport = Static<typeof ZReport>;

export const SignShift = Type.Object({ note: Type.String({ maxLength: 300 }) });
export type SignShift = Static<typeof SignShift>;

/** Shifts of an edition, of one day of the venue's calendar if named, the newest first. */
export const ShiftFilter = Type.Object({
  editionId: ProgrammeId,
  day: Type.Optional(Type.String({ format: 'date' })),
});
export type ShiftFilter = Static<typeof ShiftFilter>;

export const ShiftRow = Type.Object({
  id: Uuid,
  till: Type.String(),
  clerk: Type.String(),
  state: ShiftState,
  openedAt: Instant,
  closedAt: Nullable(Instant),
  sales: Count,
  /** Null while the shift is open. */
  difference: Nullable(MoneyShape),
  zNumber: Nullable(Type.Integer()),
});
export type ShiftRow = Static<typeof ShiftRow>;
