import { Inject, Injectable } from '@nestjs/common';
import type { CounterQuote, PriceAtCounter } from '#libs/contracts';
import { roundedCash } from '#libs/kernel';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import { type HeldBasket, PriceBasket, type PricedOrder, quoteOf } from '../../sale/orders/price-basket.js';
import type { TicketsSettings } from '../../settings.js';
import { COUNTER_CLASSES } from './counter-sale.rules.js';

/** What held seats cost at the counter. */
@Injectable()
export class CounterBaskets {
  constructor(
    private readonly baskets: PriceBasket,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws hold-gone, hold-unknown and whatever a checkout throws */
  async price(
    caller: Caller,
    body: Pick<PriceAtCounter, 'holds' | 'kinds' | 'promo'>,
  ): Promise<{ held: HeldBasket; priced: PricedOrder; offer: string | undefined }> {
    const tokens = this.baskets.tokens(caller, body.holds);
    if (tokens.some((token) => token.until < Date.now())) throw holdGone();
    const held = await this.baskets.basket(tokens);
    const { kinds, promo } = body;
    const priced = await this.baskets.price(held, {
      channel: 'counter',
      classes: COUNTER_CLASSES,
      ...(kinds && { kinds }),
      ...(promo && { promo }),
    });
    return { held, priced, offer: tokens[0]?.offer };
  }

  async quote(caller: Caller, body: PriceAtCounter): Promise<CounterQuote> {
    const { held, priced } = await this.price(caller, body);
    return this.told(held, priced, { cash: 0, otherwise: 0 });
  }

  /** A priced order as a clerk reads it. @param back what is owed to the buyer instead */
  told(held: HeldBasket, order: PricedOrder, back: { cash: number; otherwise: number }): CounterQuote {
    const quote = quoteOf(order, this.baskets.kindsFor(held, order.priced));
    const { total, roundedBy } = roundedCash(order.total, this.settings.COUNTER_CASH_STEP);
    const money = (amount: number) => ({ amount, currency: quote.total.currency });
    return {
      ...quote,
      cash: { total: money(total), roundedBy: money(roundedBy) },
      back: { cash: money(back.cash), otherwise: money(back.otherwise) },
    };
  }
}

const FREE = { kk: 'Тегін билет', ru: 'Бесплатный билет', en: 'Complimentary ticket' };

/** The same seats for nothing: what is counted stays counted, fees and promo codes go. */
export function complimentary(priced: PricedOrder): PricedOrder {
  return {
    ...priced,
    lines: priced.lines.map((line) => ({
      ...line,
      amount: 0,
      reasons: [...(line.reasons ?? []), { rule: 'free' as const, change: -line.amount, text: FREE }],
    })),
    items: [],
    limits: priced.limits.filter(({ candidates }) => !candidates.some((id) => id.startsWith('promo'))),
    passes: [],
    promo: undefined,
    total: 0,
  };
}
