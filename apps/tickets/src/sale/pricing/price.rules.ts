import type { Concession, Discount, PriceReason, PriceRules, PriceScope, PromoCodeData } from '#libs/contracts';
import type { LocalText } from '#libs/kernel';

export const FULL = 'full';

/** A seat of a basket and what its price depends on. */
export interface SeatToPrice {
  screening: string;
  seat: string;
  /** `full` or the id of a concession. */
  kind: string;
  place: 'seat' | 'wheelchair' | 'companion';
  category: string;
  categoryName: LocalText;
  /** Price of the category, minor units. */
  list: number;
  section: string | null;
  ageRating: string | null;
}

/** A promo code that exists and is in its time. */
export interface Promo {
  id: string;
  data: PromoCodeData;
}

/** A film pass of the basket and the screenings that it may pay for, in the order in which it would. */
export interface PassToUse {
  id: string;
  name: LocalText;
  screenings: readonly string[];
}

export interface Basket {
  seats: readonly SeatToPrice[];
  rules: PriceRules;
  channel: 'online' | 'counter' | 'group';
  promo?: Promo;
  passes?: readonly PassToUse[];
}

export interface PricedSeat {
  screening: string;
  seat: string;
  kind: string;
  /** Minor units. */
  amount: number;
  list: number;
  reasons: PriceReason[];
  /** The pass that pays for it. */
  pass?: string;
  /** Minor units that the promo code took off; absent when it was not used for this seat. */
  promoOff?: number;
}

export interface PricedBasket {
  /** In the order of the basket. */
  seats: PricedSeat[];
  fees: { id: string; name: LocalText; amount: number; seat?: number }[];
  /** Minor units, never negative. */
  total: number;
}

/** Why a kind of ticket can't be had for a seat. */
export type KindTrouble = 'unknown' | 'out-of-scope' | 'rating' | 'locked' | 'companion';

const GROUP_TEXT: LocalText = { kk: 'Топтық баға', ru: 'Групповая цена', en: 'Group price' };
const COMPANION_TEXT: LocalText = { kk: 'Серік орны', ru: 'Место спутника', en: 'Companion place' };
const ROUNDING_TEXT: LocalText = { kk: 'Дөңгелектеу', ru: 'Округление', en: 'Rounding' };

type Placed = Pick<SeatToPrice, 'screening' | 'section' | 'category'>;

export function inScope(scope: PriceScope | undefined, seat: Placed): boolean {
  const { screenings, sections, categories } = scope ?? {};
  return (
    (!screenings || screenings.includes(seat.screening)) &&
    (!sections || (seat.section !== null && sections.includes(seat.section))) &&
    (!categories || categories.includes(seat.category))
  );
}

/** The price after a discount, whole minor units; never below nothing and never dearer than before. */
export function discounted(price: number, discount: Discount): number {
  if ('percent' in discount) return price - Math.round((price * discount.percent) / 100);
  if ('amount' in discount) return Math.max(0, price - discount.amount);
  return Math.min(price, discount.price);
}

/** Undefined when this kind of ticket may be had for this seat. */
export function kindTrouble(
  concession: Concession | undefined,
  seat: Placed & Pick<SeatToPrice, 'ageRating' | 'place'>,
  promo: Promo | undefined,
): KindTrouble | undefined {
  if (!concession) return 'unknown';
  if (concession.hidden && !(promo?.data.unlocks?.includes(concession.id) && inScope(promo.data.scope, seat)))
    return 'locked';
  if (!inScope(concession.scope, seat)) return 'out-of-scope';
  if (seat.ageRating && concession.notForRatings?.includes(seat.ageRating)) return 'rating';
  return seat.place === 'companion' ? 'companion' : undefined;
}

interface Working {
  seat: SeatToPrice;
  index: number;
  price: number;
  reasons: PriceReason[];
  /** Nothing after this rule changes the price. */
  settled: boolean;
  reduced: boolean;
  pass?: string;
  promoOff?: number;
}

/**
 * Prices a basket. The rules apply in this order, each to what the one before left:
 * category, companion, free, pass, the better of concession and group, promo, rounding; fees at the end.
 * Nothing depends on the order in which the seats are named. Every kind must have passed {@link kindTrouble}.
 */
export function priceBasket(basket: Basket): PricedBasket {
  const { rules } = basket;
  const work = basket.seats.map((seat, index): Working => start(seat, index));
  for (const line of work) companionThenFree(line, rules);
  payWithPasses(work, basket.passes ?? []);
  for (const line of work) reduce(line, rules, work);
  if (basket.promo) applyPromo(work, rules, basket.promo);
  for (const line of work) round(line, rules.rounding);
  const seats = work.map(
    (line): PricedSeat => ({
      screening: line.seat.screening,
      seat: line.seat.seat,
      kind: line.seat.kind,
      amount: line.price,
      list: line.seat.list,
      reasons: line.reasons,
      ...(line.pass && { pass: line.pass }),
      ...(line.promoOff !== undefined && { promoOff: line.promoOff }),
    }),
  );
  const fees = feesOf(seats, rules, basket.channel);
  const sum = (rows: readonly { amount: number }[]) => rows.reduce((all, row) => all + row.amount, 0);
  return { seats, fees, total: sum(seats) + sum(fees) };
}

function start(seat: SeatToPrice, index: number): Working {
  const reasons: PriceReason[] = [{ rule: 'category', change: seat.list, text: seat.categoryName }];
  return { seat, index, price: seat.list, reasons, settled: false, reduced: false };
}

function become(line: Working, price: number, rule: PriceReason['rule'], text: LocalText): void {
  const next = Math.max(0, price);
  if (rule === 'rounding' && next === line.price) return;
  line.reasons.push({ rule, change: next - line.price, text });
  line.price = next;
}

function companionThenFree(line: Working, rules: PriceRules): void {
  if (line.seat.place === 'companion' && rules.companionPercent > 0)
    become(line, discounted(line.price, { percent: rules.companionPercent }), 'companion', COMPANION_TEXT);
  const free = rules.free.find((rule) => inScope(rule.scope, line.seat));
  if (!free) return;
  become(line, 0, 'free', free.name);
  line.settled = true;
}

/** Each pass pays for one seat of each screening that it may see: the dearest that is left. */
function payWithPasses(work: Working[], passes: readonly PassToUse[]): void {
  for (const pass of passes)
    for (const screening of pass.screenings) {
      const best = work
        .filter((line) => line.seat.screening === screening && !line.settled && line.seat.place !== 'companion')
        .sort(dearestFirst)[0];
      if (!best) continue;
      become(best, 0, 'pass', pass.name);
      best.settled = true;
      best.pass = pass.id;
    }
}

/** Concession and group price never add up: the cheaper stands, the concession where they are equal. */
function reduce(line: Working, rules: PriceRules, work: readonly Working[]): void {
  if (line.settled || line.seat.place === 'companion') return;
  const concession = rules.concessions.find((one) => one.id === line.seat.kind);
  const own = concession ? discounted(line.price, concession.discount) : line.price;
  const group = groupPrice(line, rules, work);
  if (group !== undefined && group < own) become(line, group, 'group', GROUP_TEXT);
  else if (concession) become(line, own, 'concession', concession.name);
  else return;
  line.reduced = true;
}

function groupPrice(line: Working, rules: PriceRules, work: readonly Working[]): number | undefined {
  const { group } = rules;
  if (!group || !inScope(group.scope, line.seat)) return undefined;
  const together = work.filter(
    (other) =>
      other.seat.screening === line.seat.screening &&
      !other.settled &&
      other.seat.place !== 'companion' &&
      inScope(group.scope, other.seat),
  );
  return together.length >= group.minTickets ? discounted(line.price, { percent: group.percent }) : undefined;
}

function applyPromo(work: Working[], rules: PriceRules, promo: Promo): void {
  const hidden = new Set(rules.concessions.filter((one) => one.hidden).map((one) => one.id));
  const may = work
    .filter((line) => !line.settled && inScope(promo.data.scope, line.seat))
    .filter((line) => hidden.has(line.seat.kind) || (promo.data.discount && usesDiscount(line, promo.data)))
    .sort(dearestFirst);
  // What only a code can buy counts before what the code makes cheaper.
  const ranked = [...may.filter((l) => hidden.has(l.seat.kind)), ...may.filter((l) => !hidden.has(l.seat.kind))];
  for (const line of ranked.slice(0, promo.data.maxPerOrder ?? ranked.length)) {
    const before = line.price;
    if (promo.data.discount && usesDiscount(line, promo.data))
      become(line, discounted(before, promo.data.discount), 'promo', promo.data.name);
    line.promoOff = before - line.price;
  }
}

function usesDiscount(line: Working, promo: PromoCodeData): boolean {
  return line.price > 0 && line.seat.place !== 'companion' && (promo.onConcessions === true || !line.reduced);
}

function round(line: Working, to: number): void {
  const before = line.price;
  become(line, Math.round(line.price / to) * to, 'rounding', ROUNDING_TEXT);
  // The code's budget is charged with what the buyer really saved.
  if (line.promoOff !== undefined) line.promoOff = Math.max(0, line.promoOff + before - line.price);
}

/** Ties are broken by name, so that the order of the basket changes nothing. */
function dearestFirst(a: Working, b: Working): number {
  if (a.price !== b.price) return b.price - a.price;
  return `${a.seat.screening} ${a.seat.seat}` < `${b.seat.screening} ${b.seat.seat}` ? -1 : 1;
}

function feesOf(seats: readonly PricedSeat[], rules: PriceRules, channel: Basket['channel']): PricedBasket['fees'] {
  const fees = rules.fees.filter((fee) => fee.amount > 0 && (!fee.channels || fee.channels.includes(channel)));
  const paid = seats.flatMap((seat, index) => (seat.amount > 0 ? [index] : []));
  return fees.flatMap(({ id, name, per, amount }) => {
    if (per === 'ticket') return paid.map((seat) => ({ id, name, amount, seat }));
    return paid.length > 0 ? [{ id, name, amount }] : [];
  });
}

/** What a seat costs when no rules of the edition are known: its category, and nothing beside it. */
export const PLAIN_RULES: PriceRules = {
  rounding: 100,
  concessions: [],
  companionPercent: 100,
  free: [],
  fees: [],
  returns: {
    untilMinutes: 180,
    feePercent: 0,
    feeAmount: 0,
    exchangeUntilMinutes: 60,
    exchangeFee: 0,
    transferUntilMinutes: 0,
  },
};

/** The fee that a returned ticket leaves behind, minor units: never more than the ticket. */
export function returnFee(amount: number, returns: PriceRules['returns'], rounding: number): number {
  const fee = (amount * returns.feePercent) / 100 + returns.feeAmount;
  return Math.min(amount, Math.round(fee / rounding) * rounding);
}

/** Until when something may be done with a ticket; null when never. `minutes` before the start, festival time. */
export function untilOf(startsAt: Date, minutes: number | null): Date | null {
  return minutes === null ? null : new Date(startsAt.getTime() - minutes * 60_000);
}
