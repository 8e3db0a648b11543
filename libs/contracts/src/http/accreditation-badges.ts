import { type Static, Type } from 'typebox';
import { Slug } from './accreditation-categories.js';
import { Instant, LocalTextShape, Uuid } from './common.js';

/** `POST /review/evidence/:id/links`: opens one paper for the officer who asked, for a minute. */
export const EvidenceLink = Type.Object({ url: Type.String(), until: Instant });
export type EvidenceLink = Static<typeof EvidenceLink>;
/** `GET /review/evidence/:id`. */
export const EvidenceLinkQuery = Type.Object({
  /** Milliseconds since 1970, machine time. */
  until: Type.Integer(),
  signature: Type.String({ minLength: 20, maxLength: 100 }),
});
export type EvidenceLinkQuery = Static<typeof EvidenceLinkQuery>;

/** `GET /badges/alerts`: lost badges that somebody showed at a door, newest first. */
export const BadgeAlert = Type.Object({
  id: Uuid,
  badgeId: Uuid,
  editionId: Type.String(),
  applicationId: Uuid,
  /** Of the badge that was shown. */
  shortCode: Type.String(),
  /** Whose it was; null once the person is erased. */
  name: Type.Union([Type.String(), Type.Null()]),
  screeningId: Type.String(),
  gate: Type.String(),
  /** What the door answered. */
  verdict: Type.String(),
  /** Festival time. */
  at: Instant,
  seenAt: Type.Union([Instant, Type.Null()]),
});
export type BadgeAlert = Static<typeof BadgeAlert>;
export const BadgeAlerts = Type.Object({ alerts: Type.Array(BadgeAlert) });
export type BadgeAlerts = Static<typeof BadgeAlerts>;
export const BadgesOf = Type.Object({ edition: Slug });
export type BadgesOf = Static<typeof BadgesOf>;

/** CR80 is a plastic card of 85.6 × 54 mm; A6 and 4 × 6 inches hang in a pouch. */
export const PrintFormat = Type.Union([Type.Literal('cr80'), Type.Literal('a6'), Type.Literal('4x6')]);
export type PrintFormat = Static<typeof PrintFormat>;
export const PrintState = Type.Union([
  Type.Literal('queued'),
  Type.Literal('printed'),
  Type.Literal('collected'),
  Type.Literal('returned'),
  Type.Literal('spoiled'),
]);
export type PrintState = Static<typeof PrintState>;

/**
 * `POST /print-batches`: the living badges that have no print yet, or those named, as one PDF that is drawn in the
 * background.
 */
export const OrderPrints = Type.Object({
  editionId: Slug,
  format: PrintFormat,
  /** A second side with the areas in words; true when absent. */
  back: Type.Optional(Type.Boolean()),
  badgeIds: Type.Optional(Type.Array(Uuid, { minItems: 1, maxItems: 1_000, uniqueItems: true })),
  category: Type.Optional(Slug),
});
export type OrderPrints = Static<typeof OrderPrints>;
export const PrintBatch = Type.Object({
  id: Uuid,
  editionId: Type.String(),
  format: PrintFormat,
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('drawing'),
    Type.Literal('ready'),
    Type.Literal('printed'),
    Type.Literal('failed'),
  ]),
  total: Type.Integer(),
  /** Badges drawn so far. */
  done: Type.Integer(),
  /** Badges that no longer lived when their page was due: they have none. */
  skipped: Type.Integer(),
  bytes: Type.Union([Type.Integer(), Type.Null()]),
  orderedAt: Instant,
  readyAt: Type.Union([Instant, Type.Null()]),
});
export type PrintBatch = Static<typeof PrintBatch>;
export const PrintBatches = Type.Object({ batches: Type.Array(PrintBatch) });
export type PrintBatches = Static<typeof PrintBatches>;

/** One piece of card or paper. */
export const BadgePrint = Type.Object({
  id: Uuid,
  badgeId: Uuid,
  batchId: Type.Union([Uuid, Type.Null()]),
  format: PrintFormat,
  state: PrintState,
  shortCode: Type.String(),
  name: Type.String(),
  functionName: LocalTextShape,
  /** When it came into this state. */
  since: Instant,
});
export type BadgePrint = Static<typeof BadgePrint>;
export const BadgePrints = Type.Object({ prints: Type.Array(BadgePrint) });
export type BadgePrints = Static<typeof BadgePrints>;
export const BadgePrintsOf = Type.Object({
  edition: Slug,
  state: Type.Optional(PrintState),
  badge: Type.Optional(Uuid),
});
export type BadgePrintsOf = Static<typeof BadgePrintsOf>;
/** `POST /badge-prints/:id/steps`. */
export const StepPrint = Type.Object({
  to: Type.Union([
    Type.Literal('printed'),
    Type.Literal('collected'),
    Type.Literal('returned'),
    Type.Literal('spoiled'),
  ]),
});
export type StepPrint = Static<typeof StepPrint>;
