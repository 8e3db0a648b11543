import { type Static, Type } from 'typebox';
import { Instant, LocalTextShape, Uuid } from './common.js';

const Id = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9][a-z0-9-]*$' });
const Ids = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { minItems: 1, maxItems: 500 });
const Percent = Type.Integer({ minimum: 1, maximum: 100 });
const MinorUnits = Type.Integer({ minimum: 0, maximum: 100_000_000 });

/** Where a rule holds; an absent list means everywhere. */
export const PriceScope = Type.Object({
  screenings: Type.Optional(Ids),
  sections: Type.Optional(Ids),
  categories: Type.Optional(Ids),
});
export type PriceScope = Static<typeof PriceScope>;

/** Exactly one of: per cent off, minor units off per ticket, or the price itself in minor units. */
export const Discount = Type.Union([
  Type.Object({ percent: Percent }),
  Type.Object({ amount: MinorUnits }),
  Type.Object({ price: MinorUnits }),
]);
export type Discount = Static<typeof Discount>;

export const Concession = Type.Object({
  id: Id,
  name: LocalTextShape,
  discount: Discount,
  /** The paper that the door asks for; without it the difference is paid at the counter. */
  proof: Type.Optional(LocalTextShape),
  scope: Type.Optional(PriceScope),
  /** Age ratings that shut this kind of ticket out ("18+" for a child). */
  notForRatings: Type.Optional(Type.Array(Type.String({ maxLength: 8 }), { maxItems: 10 })),
  /** Only a promo code that unlocks it shows and sells it. */
  hidden: Type.Optional(Type.Boolean()),
});
export type Concession = Static<typeof Concession>;

export const Fee = Type.Object({
  id: Id,
  name: LocalTextShape,
  per: Type.Union([Type.Literal('ticket'), Type.Literal('order')]),
  /** Minor units; a ticket that costs nothing bears no fee. */
  amount: MinorUnits,
  channels: Type.Optional(
    Type.Array(Type.Union([Type.Literal('online'), Type.Literal('counter'), Type.Literal('group')])),
  ),
});

/**
 * How an edition prices its tickets. The order in which the rules apply is fixed (docs/architecture.md, "Prices"):
 * category, companion, free, pass, the better of concession and group, promo, rounding; then the fees.
 */
export const PriceRules = Type.Object({
  /** Minor units to which each line is rounded, half up: 100 is whole tenge. */
  rounding: Type.Integer({ minimum: 1, maximum: 100_000 }),
  concessions: Type.Array(Concession, { maxItems: 40 }),
  /** So many full-price tickets of one screening in one basket. */
  group: Type.Optional(
    Type.Object({
      minTickets: Type.Integer({ minimum: 2, maximum: 60 }),
      percent: Percent,
      scope: Type.Optional(PriceScope),
    }),
  ),
  /** Per cent off a companion place; 100 is free. */
  companionPercent: Type.Integer({ minimum: 0, maximum: 100 }),
  /** Community screenings that cost nothing. */
  free: Type.Array(Type.Object({ name: LocalTextShape, scope: PriceScope }), { maxItems: 40 }),
  fees: Type.Array(Fee, { maxItems: 20 }),
  returns: Type.Object({
    /** Minutes before the start until which a buyer may give tickets back; null when never. */
    untilMinutes: Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Null()]),
    feePercent: Type.Integer({ minimum: 0, maximum: 100 }),
    /** Minor units per ticket, on top of the per cent. */
    feeAmount: MinorUnits,
    exchangeUntilMinutes: Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Null()]),
    /** Minor units per exchanged ticket. */
    exchangeFee: MinorUnits,
    transferUntilMinutes: Type.Union([Type.Integer({ minimum: 0, maximum: 100_000 }), Type.Null()]),
  }),
});
export type PriceRules = Static<typeof PriceRules>;

export const PriceRulesView = Type.Object({ version: Type.Integer(), rules: PriceRules });
export type PriceRulesView = Static<typeof PriceRulesView>;

export const PromoCodeData = Type.Object({
  name: LocalTextShape,
  /** Absent for a code that only unlocks hidden kinds of ticket. */
  discount: Type.Optional(Discount),
  /** Hidden concessions that this code shows and sells. */
  unlocks: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  scope: Type.Optional(PriceScope),
  validFrom: Type.Optional(Instant),
  validUntil: Type.Optional(Instant),
  /** Tickets in all; absent for as many as there are. */
  maxUses: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  /** Tickets of one order, the dearest first. */
  maxPerOrder: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** Minor units of discount in all. */
  budget: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
  /** Whether it comes off a concession's or a group's price too. */
  onConcessions: Type.Optional(Type.Boolean()),
});
export type PromoCodeData = Static<typeof PromoCodeData>;

export const MakePromoCode = Type.Object({
  code: Type.String({ minLength: 3, maxLength: 40, pattern: '^[\\p{L}\\p{N}-]+$' }),
  data: PromoCodeData,
});
export type MakePromoCode = Static<typeof MakePromoCode>;

export const PromoCode = Type.Object({
  id: Uuid,
  code: Type.String(),
  version: Type.Integer(),
  data: PromoCodeData,
  /** Tickets that used it, and the minor units that it took off. */
  used: Type.Integer(),
  spent: Type.Integer(),
});
export type PromoCode = Static<typeof PromoCode>;
