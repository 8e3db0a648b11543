import { Injectable } from '@nestjs/common';
import type { PriceRules } from '#libs/contracts';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { PlanSeat, ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import type { LimitDocument } from '../../inventory/seats/inventory.port.js';
import {
  type Basket,
  FULL,
  kindTrouble,
  type PassToUse,
  type PricedBasket,
  type Promo,
  priceBasket,
  type SeatToPrice,
} from './price.rules.js';
import { PriceRulesQueries } from './price-rules.queries.js';
import { kindUnavailable, promoNothingToDo, promoNotValid, promoUnknown } from './pricing.refusals.js';
import { promoLimits, promoTrouble } from './promo-code.rules.js';
import { PromoCodes } from './promo-codes.js';

export interface SeatChosen {
  facts: ScreeningFacts;
  seat: PlanSeat;
  /** `full` or the id of a concession. */
  kind: string;
  /** A companion place that is sold without its wheelchair place: an ordinary seat. */
  alone?: boolean;
}

export interface SeatsPriced {
  basket: PricedBasket;
  rules: PriceRules;
  promo: Promo | undefined;
  /** What the promo code counts, by line number from 1. */
  limits: LimitDocument[];
}

/** Prices chosen seats by the rules of their edition as they stand now. */
@Injectable()
export class PriceSeats {
  constructor(
    private readonly rules: PriceRulesQueries,
    private readonly codes: PromoCodes,
    private readonly festival: FestivalClock,
  ) {}

  /** @throws ticket-kind-unavailable, promo-unknown, promo-not-valid, promo-not-for-this */
  async execute(
    edition: string,
    chosen: readonly SeatChosen[],
    options: { promo?: string; passes?: readonly PassToUse[]; channel: Basket['channel'] },
  ): Promise<SeatsPriced> {
    const { rules } = await this.rules.of(edition);
    const promo = options.promo === undefined ? undefined : await this.promo(edition, options.promo);
    const seats = chosen.map(seatToPrice);
    for (const seat of seats) this.requireKind(seat, rules, promo);
    const basket = priceBasket({ seats, rules, channel: options.channel, promo, passes: options.passes });
    const limits = promo ? promoLimits(promo, basket.seats) : [];
    if (promo && limits.length === 0) throw promoNothingToDo();
    return { basket, rules, promo, limits };
  }

  private async promo(edition: string, code: string): Promise<Promo> {
    const promo = await this.codes.byCode(edition, code);
    if (!promo) throw promoUnknown();
    const why = promoTrouble(promo.data, await this.festival.now(edition));
    if (why) throw promoNotValid({ why });
    return promo;
  }

  private requireKind(seat: SeatToPrice, rules: PriceRules, promo: Promo | undefined): void {
    if (seat.kind === FULL) return;
    const concession = rules.concessions.find((one) => one.id === seat.kind);
    const why = kindTrouble(concession, seat, promo);
    if (why) throw kindUnavailable({ screening: seat.screening, seat: seat.seat, kind: seat.kind, why });
  }
}

export function seatToPrice({ facts, seat, kind, alone }: SeatChosen): SeatToPrice {
  const price = facts.data.prices.find((one) => one.category === seat.category);
  return {
    screening: facts.data.screeningId,
    seat: seat.id,
    kind,
    place: alone ? 'seat' : seat.kind,
    category: seat.category,
    categoryName: price?.name ?? { kk: seat.category, ru: seat.category, en: seat.category },
    list: price?.amount ?? 0,
    section: facts.data.sectionId,
    ageRating: facts.data.ageRating,
  };
}
