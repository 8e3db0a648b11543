import { Injectable } from '@nestjs/common';
import type { PassKind, PlaceOrder, Quote } from '#libs/contracts';
import { KZT } from '#libs/kernel';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { requireAllocations } from '../../inventory/allocations/allocation.rules.js';
import { companionsAlone } from '../../inventory/holds/hold.rules.js';
import { HoldSeats } from '../../inventory/holds/hold-seats.js';
import type { HoldToken } from '../../inventory/holds/hold-token.js';
import type { LimitDocument, OrderItemDocument, OrderLineDocument } from '../../inventory/seats/inventory.port.js';
import { planChanged, screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { PassesQueries } from '../passes/passes.queries.js';
import { FULL, kindTrouble, type PassToUse } from '../pricing/price.rules.js';
import { PriceSeats, type SeatChosen, type SeatsPriced, seatToPrice } from '../pricing/price-seats.js';
import { passNotUsable } from '../pricing/pricing.refusals.js';
import { basketEmpty, basketMixed } from './order.refusals.js';

/** The held seats of one basket: one hold per screening, all of one edition. */
export interface HeldBasket {
  edition: string;
  holds: { token: HoldToken; facts: ScreeningFacts }[];
}

/** A basket as the order's document takes it. */
export interface PricedOrder {
  lines: OrderLineDocument[];
  items: OrderItemDocument[];
  limits: LimitDocument[];
  passes: { pass: string; lines: number[] }[];
  total: number;
  promo: string | undefined;
  priced: SeatsPriced;
}

export interface BasketChoices {
  kinds?: PlaceOrder['kinds'];
  promo?: string;
  /** Holder codes of passes that pay for seats. */
  passes?: readonly string[];
  /** Kinds of passes to buy. */
  buyPasses?: readonly string[];
  channel: 'online' | 'counter' | 'group';
  /** The allocation classes that the buyer draws from. */
  classes: readonly string[];
}

/** From holds to lines with prices, reasons and everything that is counted. */
@Injectable()
export class PriceBasket {
  constructor(
    private readonly holds: HoldSeats,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly prices: PriceSeats,
    private readonly passes: PassesQueries,
  ) {}

  /** The tokens of these holds, which must be the caller's. @throws hold-unknown, basket-mixed */
  tokens(caller: Caller, holds: readonly string[]): HoldToken[] {
    const tokens = holds.map((text) => this.holds.read(text, caller));
    if (new Set(tokens.map((token) => token.screening)).size !== tokens.length) throw basketMixed();
    return tokens;
  }

  /**
   * @param editionOfPasses needed for a basket without seats
   * @throws basket-empty, basket-mixed, plan-changed, screening-unknown
   */
  async basket(tokens: readonly HoldToken[], editionOfPasses?: string): Promise<HeldBasket> {
    const holds = await Promise.all(tokens.map((token) => this.withFacts(token)));
    const edition = holds[0]?.facts.data.editionId ?? editionOfPasses;
    if (!edition) throw basketEmpty();
    if (holds.some(({ facts }) => facts.data.editionId !== edition)) throw basketMixed();
    // The seats of an offer are claimed already and are taken as a whole: nothing else goes with them.
    if (holds.length > 1 && tokens.some((token) => token.offer)) throw basketMixed();
    return { edition, holds };
  }

  /** @throws ticket-kind-unavailable, promo-unknown, promo-not-valid, promo-not-for-this, no-allocation and its kin */
  async price(held: HeldBasket, choices: BasketChoices): Promise<PricedOrder> {
    const chosen = chosenSeats(held, choices.kinds);
    const { promo, channel } = choices;
    const passes = choices.passes?.length ? await this.usable(held, choices.passes) : [];
    const bought = choices.buyPasses?.length ? await this.passes.toBuy(held.edition, choices.buyPasses) : [];
    if (chosen.length + bought.length === 0) throw basketEmpty();
    const priced = await this.prices.execute(held.edition, chosen, { channel, passes, ...(promo && { promo }) });
    const lines = linesOf(held, chosen, priced);
    return {
      lines,
      items: itemsOf(priced, bought),
      limits: [...(await this.allocations(held, lines, choices.classes)), ...priced.limits],
      passes: passLines(passes, priced),
      total: priced.basket.total + bought.reduce((sum, kind) => sum + kind.price.amount, 0),
      promo: priced.promo?.id,
      priced,
    };
  }

  /** What the buyer may choose from, screening by screening. */
  kindsFor(held: HeldBasket, { rules, promo }: SeatsPriced): Quote['kinds'] {
    return held.holds.flatMap(({ token, facts }) => {
      const seats = chosenOf({ token, facts }).map((seat) => seatToPrice({ ...seat, kind: FULL }));
      return rules.concessions
        .filter((concession) => seats.some((seat) => !kindTrouble(concession, seat, promo)))
        .map(({ id, name, proof }) => ({ screeningId: token.screening, id, name, ...(proof && { proof }) }));
    });
  }

  private usable(held: HeldBasket, codes: readonly string[]): Promise<PassToUse[]> {
    return this.passes.usable(
      held.edition,
      codes,
      held.holds.map(({ facts }) => facts),
    );
  }

  private async withFacts(token: HoldToken): Promise<HeldBasket['holds'][number]> {
    const facts = await this.programme.screening(token.screening);
    if (!facts) throw screeningUnknown({ screening: token.screening });
    const samePlan = facts.data.planVersion === token.plan && facts.data.planId === (token.planId ?? facts.data.planId);
    if (!samePlan) throw planChanged({ screening: token.screening });
    return { token, facts };
  }

  private async allocations(
    held: HeldBasket,
    lines: readonly OrderLineDocument[],
    classes: readonly string[],
  ): Promise<LimitDocument[]> {
    const at = await this.festival.now(held.edition);
    return held.holds
      .filter(({ token }) => !token.offer)
      .map(({ token, facts }) => ({
        candidates: requireAllocations(facts.data, classes, at),
        lines: lines.filter((line) => line.screening === token.screening).map((line) => line.line),
      }))
      .filter((limit) => limit.candidates.length > 0);
  }
}

function chosenSeats(held: HeldBasket, kinds: PlaceOrder['kinds']): SeatChosen[] {
  const byPlace = new Map((kinds ?? []).map((choice) => [`${choice.screeningId} ${choice.seatId}`, choice.kind]));
  return held.holds.flatMap(({ token, facts }) =>
    chosenOf({ token, facts }).map((chosen) => ({
      ...chosen,
      kind: byPlace.get(`${token.screening} ${chosen.seat.id}`) ?? FULL,
    })),
  );
}

function chosenOf({ token, facts }: HeldBasket['holds'][number]): Omit<SeatChosen, 'kind'>[] {
  const seats = token.seats.map((id) => facts.seatById.get(id)!);
  const alone = new Set(companionsAlone(seats));
  return seats.map((seat) => ({ facts, seat, alone: alone.has(seat) }));
}

function linesOf(held: HeldBasket, chosen: readonly SeatChosen[], { basket }: SeatsPriced): OrderLineDocument[] {
  const plans = new Map(held.holds.map(({ token }) => [token.screening, token.plan]));
  return chosen.map(({ facts, seat, alone }, index): OrderLineDocument => {
    const price = basket.seats[index]!;
    return {
      line: index + 1,
      screening: facts.data.screeningId,
      seat: seat.id,
      plan: plans.get(facts.data.screeningId)!,
      plan_id: facts.data.planId,
      ...(alone && { companion_alone: true }),
      row_label: seat.row,
      seat_label: seat.number,
      category: seat.category,
      amount: price.amount,
      kind: price.kind,
      list_amount: price.list,
      reasons: price.reasons,
    };
  });
}

function itemsOf({ basket }: SeatsPriced, bought: readonly PassKind[]): OrderItemDocument[] {
  const fees = basket.fees.map(
    ({ id, name, amount, seat }, index): OrderItemDocument => ({
      no: index + 1,
      kind: 'fee',
      subject: id,
      name,
      amount,
      ...(seat !== undefined && { line: seat + 1 }),
    }),
  );
  const passes = bought.map(({ id, name, price }, index): OrderItemDocument => {
    return { no: fees.length + index + 1, kind: 'pass', subject: id, name, amount: price.amount };
  });
  return [...fees, ...passes];
}

/** Which pass pays for which lines. @throws pass-not-usable for one that pays for nothing here */
function passLines(passes: readonly PassToUse[], { basket }: SeatsPriced): PricedOrder['passes'] {
  return passes.map(({ id, name }) => {
    const lines = basket.seats.flatMap((seat, index) => (seat.pass === id ? [index + 1] : []));
    if (lines.length === 0) throw passNotUsable({ pass: name });
    return { pass: id, lines };
  });
}

/** The answer to "what would this cost". */
export function quoteOf(order: PricedOrder, kinds: Quote['kinds']): Quote {
  const money = (amount: number) => ({ amount, currency: KZT });
  return {
    total: money(order.total),
    lines: order.lines.map((line) => ({
      screeningId: line.screening,
      seatId: line.seat,
      kind: line.kind ?? FULL,
      listPrice: money(line.list_amount ?? line.amount),
      price: money(line.amount),
      reasons: line.reasons ?? [],
    })),
    items: order.items.map(({ kind, subject, name, amount }) => ({ kind, subject, name, price: money(amount) })),
    kinds,
  };
}
