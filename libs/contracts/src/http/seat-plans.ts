import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape } from './common.js';
import { ScreeningState } from './screenings.js';

const SeatId = Type.String({ minLength: 1, maxLength: 40 });
const PlanId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$' });

/** What neither pretix's format nor a grid says about a hall; absent in a grid, where cells say it themselves. */
export const PlanAccessShape = Type.Object({
  wheelchair: Type.Optional(Type.Array(SeatId, { maxItems: 500 })),
  /** Companion place → its wheelchair place. */
  companions: Type.Optional(Type.Record(Type.String(), SeatId)),
  zoneLabels: Type.Optional(Type.Record(Type.String(), LocalTextShape)),
});
export type PlanAccessShape = Static<typeof PlanAccessShape>;

/** A plan as an office draws and paints it. Categories keep the colours that they had. */
export const PlanDrawing = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  width: Type.Number({ minimum: 1, maximum: 100_000 }),
  height: Type.Number({ minimum: 1, maximum: 100_000 }),
  pitch: Type.Number({ minimum: 1, maximum: 1_000 }),
  categories: Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { minItems: 1, maxItems: 12 }),
  screen: Type.Union([
    Type.Object({
      x: Type.Number(),
      y: Type.Number(),
      width: Type.Number(),
      height: Type.Number(),
      stage: Type.Boolean(),
    }),
    Type.Null(),
  ]),
  zones: Type.Array(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 60 }),
      label: LocalTextShape,
      rows: Type.Array(
        Type.Object({
          row: Type.String({ maxLength: 20 }),
          seats: Type.Array(
            Type.Object({
              id: SeatId,
              number: Type.String({ maxLength: 12 }),
              x: Type.Number(),
              y: Type.Number(),
              category: Type.String(),
              kind: Type.Union([Type.Literal('seat'), Type.Literal('wheelchair'), Type.Literal('companion')]),
              companionOf: Type.Optional(SeatId),
            }),
            { maxItems: 500 },
          ),
        }),
        { maxItems: 300 },
      ),
    }),
    { maxItems: 40 },
  ),
});
export type PlanDrawing = Static<typeof PlanDrawing>;

/**
 * A hall's plan: pretix's JSON of either generation, a grid of cells, a hall without numbered seats, or a drawing made
 * over the version that was seen.
 */
export const ImportSeatPlan = Type.Union([
  Type.Object({
    planId: PlanId,
    format: Type.Literal('pretix'),
    /** The file's text as it lies on the disk; everything in it comes back on export. */
    text: Type.String({ minLength: 2, maxLength: 4_000_000 }),
    access: Type.Optional(PlanAccessShape),
  }),
  Type.Object({
    planId: PlanId,
    format: Type.Literal('csv'),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    text: Type.String({ minLength: 2, maxLength: 1_000_000 }),
  }),
  Type.Object({
    planId: PlanId,
    format: Type.Literal('general'),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    /** How many people may be in the hall. */
    capacity: Type.Integer({ minimum: 1, maximum: 6_000 }),
    /** The one price category of the hall. */
    category: Type.String({ minLength: 1, maxLength: 20 }),
  }),
  Type.Object({
    planId: PlanId,
    format: Type.Literal('drawing'),
    /** The newest version when drawing began; 0 for a plan that is new. */
    seen: Type.Integer({ minimum: 0 }),
    plan: PlanDrawing,
  }),
]);
export type ImportSeatPlan = Static<typeof ImportSeatPlan>;

export const SeatPlanQuery = Type.Object({
  dryRun: Type.Optional(Type.Boolean()),
});
export type SeatPlanQuery = Static<typeof SeatPlanQuery>;

export const SeatPlanReport = Type.Object({
  planId: Type.String(),
  hallId: Type.String(),
  /** With `dryRun`: the version that would be made. */
  version: Type.Integer(),
  outcome: Type.Union([Type.Literal('created'), Type.Literal('changed'), Type.Literal('unchanged')]),
  seats: Type.Integer(),
  dryRun: Type.Boolean(),
});
export type SeatPlanReport = Static<typeof SeatPlanReport>;

/** Which version, and for pretix which generation; the newest, and the generation it came in, when absent. */
export const SeatPlanExportQuery = Type.Object({
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  generation: Type.Optional(Type.Union([Type.Literal('newer'), Type.Literal('older')])),
});
export type SeatPlanExportQuery = Static<typeof SeatPlanExportQuery>;

/** Every version of a plan, the newest first, with what it counts and who sits by it. */
export const SeatPlanVersions = Type.Array(
  Type.Object({
    version: Type.Integer(),
    recordedAt: Instant,
    hallId: Type.String(),
    name: Type.String(),
    seats: Type.Integer(),
    categories: Type.Array(Type.Object({ name: Type.String(), seats: Type.Integer() })),
    wheelchairPlaces: Type.Integer(),
    companionPlaces: Type.Integer(),
    screenings: Type.Array(
      Type.Object({
        id: Type.String(),
        editionId: Type.String(),
        title: LocalTextShape,
        startsAt: Instant,
        timezone: Type.String(),
        state: ScreeningState,
      }),
    ),
  }),
);
export type SeatPlanVersions = Static<typeof SeatPlanVersions>;

/** The plans of a hall, each with its newest version. */
export const SeatPlanList = Type.Array(
  Type.Object({
    planId: Type.String(),
    version: Type.Integer(),
    name: Type.String(),
    admission: Type.Union([Type.Literal('numbered'), Type.Literal('general')]),
    seats: Type.Integer(),
    categories: Type.Array(Type.String()),
    wheelchairPlaces: Type.Integer(),
  }),
);
export type SeatPlanList = Static<typeof SeatPlanList>;
