import fc from 'fast-check';
import type { PriceRules, PromoCodeData } from '#libs/contracts';
import {
  type Basket,
  discounted,
  FULL,
  kindTrouble,
  PLAIN_RULES,
  priceBasket,
  returnFee,
  type SeatToPrice,
  untilOf,
} from './price.rules.js';

const NAME = { kk: 'Атау', ru: 'Название', en: 'Name' };

const seat = (changes: Partial<SeatToPrice> = {}): SeatToPrice => ({
  screening: 'gala',
  seat: 'A-1',
  kind: FULL,
  place: 'seat',
  category: 'A',
  categoryName: NAME,
  list: 250_000,
  section: 'competition',
  ageRating: '16+',
  ...changes,
});

const RULES: PriceRules = {
  ...PLAIN_RULES,
  concessions: [
    { id: 'student', name: NAME, discount: { percent: 50 }, proof: NAME },
    { id: 'child', name: NAME, discount: { price: 100_000 }, notForRatings: ['18+', '21+'] },
    { id: 'friend', name: NAME, discount: { amount: 70_000 }, hidden: true },
    { id: 'matinee', name: NAME, discount: { percent: 20 }, scope: { categories: ['B'] } },
  ],
  group: { minTickets: 4, percent: 10 },
  free: [{ name: NAME, scope: { sections: ['community'] } }],
  fees: [
    { id: 'service', name: NAME, per: 'ticket', amount: 10_000, channels: ['online'] },
    { id: 'delivery', name: NAME, per: 'order', amount: 5_000, channels: ['group'] },
  ],
};

const promo = (data: Partial<PromoCodeData>) => ({ id: 'promo', data: { name: NAME, ...data } });
const price = (seats: SeatToPrice[], more: Partial<Basket> = {}) =>
  priceBasket({ seats, rules: RULES, channel: 'counter', ...more });
const rulesOf = (basket: ReturnType<typeof price>) =>
  basket.seats.map((one) => one.reasons.map((r) => r.rule).join(' '));

describe('the price of a basket', () => {
  it.each([
    ['the category', {}, 250_000, 'category'],
    ['half for a student', { kind: 'student' }, 125_000, 'category concession'],
    ['a fixed price for a child', { kind: 'child' }, 100_000, 'category concession'],
    ['never dearer by a fixed price', { kind: 'child', list: 80_000 }, 80_000, 'category concession'],
    ['nothing for a companion', { place: 'companion' as const }, 0, 'category companion'],
    ['nothing at a community screening', { section: 'community', kind: 'student' }, 0, 'category free'],
    ['whole tenge', { kind: 'student', list: 123_450 }, 61_700, 'category concession rounding'],
  ])('is %s', (_, changes, amount, rules) => {
    const basket = price([seat(changes)]);
    expect(basket.seats[0]?.amount).toBe(amount);
    expect(rulesOf(basket)).toEqual([rules]);
  });

  it('is the cheaper of concession and group, and never both', () => {
    const seats = [1, 2, 3, 4].map((n) => seat({ seat: `A-${n}`, kind: n === 1 ? 'student' : FULL }));
    expect(price(seats).seats.map((one) => one.amount)).toEqual([125_000, 225_000, 225_000, 225_000]);
    expect(price(seats.slice(0, 3)).seats.map((one) => one.amount)).toEqual([125_000, 250_000, 250_000]);
  });

  it.each([
    ['per cent', { percent: 10 }, 225_000],
    ['amount', { amount: 60_000 }, 190_000],
    ['more than it costs', { amount: 900_000 }, 0],
    ['fixed price', { price: 99_900 }, 99_900],
  ])('takes a promo code off: %s', (_, discount, amount) => {
    const basket = price([seat()], { promo: promo({ discount }) });
    expect([basket.total, basket.seats[0]?.promoOff]).toEqual([amount, 250_000 - amount]);
  });

  it('leaves concessions alone unless the code says otherwise', () => {
    const off = { percent: 10 };
    expect(price([seat({ kind: 'student' })], { promo: promo({ discount: off }) }).total).toBe(125_000);
    expect(price([seat({ kind: 'student' })], { promo: promo({ discount: off, onConcessions: true }) }).total).toBe(
      112_500,
    );
  });

  it('gives a limited code to the dearest seats', () => {
    const seats = [seat({ list: 100_000 }), seat({ seat: 'B-1' }), seat({ seat: 'C-1', list: 200_000 })];
    const basket = price(seats, { promo: promo({ discount: { percent: 100 }, maxPerOrder: 2 }) });
    expect(basket.seats.map((one) => one.amount)).toEqual([100_000, 0, 0]);
    expect(basket.seats.map((one) => one.promoOff)).toEqual([undefined, 250_000, 200_000]);
  });

  it('counts a code for the hidden ticket that it unlocks, though it takes nothing off', () => {
    const basket = price([seat({ kind: 'friend' }), seat({ seat: 'A-2' })], { promo: promo({ unlocks: ['friend'] }) });
    expect(basket.seats.map((one) => [one.amount, one.promoOff])).toEqual([
      [180_000, 0],
      [250_000, undefined],
    ]);
  });

  it('lets a pass pay for one seat of each screening, before anything else', () => {
    const passes = [{ id: 'pass', name: NAME, screenings: ['gala', 'late'] }];
    const seats = [seat({ list: 100_000 }), seat({ seat: 'A-2' }), seat({ screening: 'late', kind: 'student' })];
    const basket = price(seats, { passes });
    expect(basket.seats.map((one) => [one.amount, one.pass])).toEqual([
      [100_000, undefined],
      [0, 'pass'],
      [0, 'pass'],
    ]);
  });

  it('asks fees of the channel, for tickets that cost something', () => {
    const seats = [seat(), seat({ seat: 'A-2', section: 'community' })];
    expect(price(seats, { channel: 'online' }).fees.map((fee) => [fee.id, fee.amount, fee.seat])).toEqual([
      ['service', 10_000, 0],
    ]);
    expect(price(seats, { channel: 'group' }).fees.map((fee) => fee.id)).toEqual(['delivery']);
    expect(price([seats[1]!], { channel: 'online' }).fees).toEqual([]);
  });

  it.each([
    ['student', {}, undefined, undefined],
    ['nobody', {}, undefined, 'unknown'],
    ['child', { ageRating: '18+' }, undefined, 'rating'],
    ['matinee', {}, undefined, 'out-of-scope'],
    ['matinee', { category: 'B' }, undefined, undefined],
    ['friend', {}, undefined, 'locked'],
    ['friend', {}, promo({ unlocks: ['friend'] }), undefined],
    ['friend', {}, promo({ unlocks: ['friend'], scope: { screenings: ['other'] } }), 'locked'],
    ['student', { place: 'companion' as const }, undefined, 'companion'],
  ])('says whether %s may be had for %o', (kind, changes, code, expected) => {
    const concession = RULES.concessions.find((one) => one.id === kind);
    expect(kindTrouble(concession, seat(changes), code)).toBe(expected);
  });

  const anySeat = fc.record({
    screening: fc.constantFrom('gala', 'late', 'shorts'),
    kind: fc.constantFrom(FULL, FULL, 'student', 'child', 'friend'),
    place: fc.constantFrom('seat' as const, 'seat' as const, 'companion' as const),
    category: fc.constantFrom('A', 'B'),
    list: fc.integer({ min: 0, max: 1_000_000 }),
    section: fc.constantFrom(null, 'competition', 'community'),
  });
  const anyDiscount = fc.oneof(
    fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
    fc.record({ amount: fc.integer({ min: 0, max: 500_000 }) }),
    fc.record({ price: fc.integer({ min: 0, max: 500_000 }) }),
  );
  const anyBasket = fc.record({
    parts: fc.array(anySeat, { minLength: 1, maxLength: 12 }),
    promo: fc.option(
      fc.record({
        discount: anyDiscount,
        onConcessions: fc.boolean(),
        maxPerOrder: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      }),
      { nil: undefined },
    ),
    passes: fc.array(fc.subarray(['gala', 'late', 'shorts']), { maxLength: 2 }),
    shuffle: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  });

  it('is the same in whatever order the seats are named, whole, explained and never negative', () => {
    fc.assert(
      fc.property(anyBasket, ({ parts, promo: code, passes, shuffle }) => {
        const seats = parts.map((part, index) => seat({ ...part, seat: `S-${index}` }));
        const mixed = seats
          .map((one, index) => ({ one, by: shuffle[index] ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ one }) => one);
        const more = {
          channel: 'online' as const,
          passes: passes.map((screenings, index) => ({ id: `p${index}`, name: NAME, screenings })),
          ...(code && { promo: promo({ ...code, unlocks: ['friend'] }) }),
        };
        const [one, other] = [price(seats, more), price(mixed, more)];
        expect(other.total).toBe(one.total);
        const bySeat = new Map(other.seats.map((line) => [line.seat, line]));
        for (const line of one.seats) {
          expect(bySeat.get(line.seat)).toEqual(line);
          expect(line.amount).toBeGreaterThanOrEqual(0);
          expect(line.amount % 100).toBe(0);
          expect(line.reasons.reduce((sum, reason) => sum + reason.change, 0)).toBe(line.amount);
          expect(line.reasons.every((reason) => Number.isInteger(reason.change))).toBe(true);
        }
        expect(one.total).toBe([...one.seats, ...one.fees].reduce((sum, row) => sum + row.amount, 0));
      }),
      { numRuns: 2_000, seed: 20190914 },
    );
  });
});

describe('the fee of a return', () => {
  it('is per cent and amount, in whole tenge, and never more than the ticket', () => {
    const returns = { ...PLAIN_RULES.returns, feePercent: 10, feeAmount: 20_000 };
    expect(returnFee(250_000, returns, 100)).toBe(45_000);
    expect(returnFee(123_450, returns, 100)).toBe(32_300);
    expect(returnFee(15_000, returns, 100)).toBe(15_000);
    expect(returnFee(0, returns, 100)).toBe(0);
  });

  it('knows until when', () => {
    const start = new Date('2019-09-16T13:30:00Z');
    expect(untilOf(start, 90)).toEqual(new Date('2019-09-16T12:00:00Z'));
    expect(untilOf(start, null)).toBeNull();
  });

  it('never raises a price', () => {
    fc.assert(fc.property(fc.nat(), anyPercent(), (amount, percent) => discounted(amount, { percent }) <= amount));
  });
});

function anyPercent() {
  return fc.integer({ min: 1, max: 100 });
}
