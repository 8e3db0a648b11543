import { Inject, Injectable } from '@nestjs/common';
import type { Order, PlaceOrder as PlaceOrderBody, Quote, QuoteBasket } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { type Caller, type CommonSettings, fingerprint, SETTINGS, ServiceClient } from '#libs/service-defaults';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import type { TicketsSettings } from '../../settings.js';
import { priceChanged } from '../pricing/pricing.refusals.js';
import { CommitOrder } from './commit-order.js';
import { buyerNeeded } from './order.refusals.js';
import { SHOP_CLASSES } from './order.rules.js';
import { OrdersQueries } from './orders.queries.js';
import { PriceBasket, quoteOf } from './price-basket.js';

const SHOP = { channel: 'online' as const, classes: SHOP_CLASSES };

/** Step 2, checkout: the whole basket becomes claims and one order in one call of the database, or nothing does. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly baskets: PriceBasket,
    private readonly commit: CommitOrder,
    private readonly orders: OrdersQueries,
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  /**
   * @throws seats-taken, hold-gone, hold-unknown, not-on-sale, plan-changed, allocation-full and its kin, buyer-needed,
   * basket-mixed, ticket-kind-unavailable, promo-unknown and its kin, price-changed
   */
  async execute(caller: Caller, key: string, body: PlaceOrderBody): Promise<Order> {
    const tokens = this.baskets.tokens(caller, body.holds);
    if (tokens.some((token) => token.until < Date.now())) return this.answeredBefore(caller, key, body);
    const held = await this.baskets.basket(tokens, body.editionId);
    const order = await this.baskets.price(held, { ...SHOP, ...choicesOf(body) });
    if (body.expectedTotal !== undefined && body.expectedTotal !== order.total)
      throw priceChanged({ expected: body.expectedTotal, total: order.total });
    return this.commit.execute(caller, {
      idempotency: { caller: caller.id, key, fingerprint: fingerprint(body) },
      edition: held.edition,
      person: await this.person(caller, body.buyer, body.language),
      language: body.language,
      consent: body.consent,
      order,
      ...(tokens[0]?.offer && { offer: tokens[0].offer }),
    });
  }

  async quote(caller: Caller, body: QuoteBasket): Promise<Quote> {
    const held = await this.baskets.basket(this.baskets.tokens(caller, body.holds), body.editionId);
    const order = await this.baskets.price(held, { ...SHOP, ...choicesOf(body) });
    return quoteOf(order, this.baskets.kindsFor(held, order.priced));
  }

  /** The signed-in person, or the one of this address: only the gateway makes people. @throws buyer-needed */
  async person(caller: Caller, buyer: PlaceOrderBody['buyer'], language: Language): Promise<string> {
    if (caller.kind === 'person') return caller.id;
    if (!buyer) throw buyerNeeded({}, { fields: [buyerField] });
    const answer = await this.services.call('gateway', 'POST', `${this.settings.GATEWAY_URL}/internal/people`, {
      email: buyer.email,
      language,
      ...(buyer.name && { name: buyer.name }),
    });
    const person = (answer.body as { personId?: unknown } | undefined)?.personId;
    if (typeof person !== 'string') throw buyerNeeded({ status: answer.status }, { fields: [buyerField] });
    return person;
  }

  /** A repeated call may come after its holds have ended; its order stands all the same. */
  private async answeredBefore(caller: Caller, key: string, body: PlaceOrderBody): Promise<Order> {
    const order = await this.orders.placedBefore(caller, key, fingerprint(body));
    if (!order) throw holdGone();
    return order;
  }
}

function choicesOf(body: Pick<PlaceOrderBody, 'kinds' | 'promo' | 'passes' | 'buyPasses'>) {
  return {
    ...(body.kinds && { kinds: body.kinds }),
    ...(body.promo && { promo: body.promo }),
    ...(body.passes && { passes: body.passes }),
    ...(body.buyPasses && { buyPasses: body.buyPasses }),
  };
}

const buyerField = {
  field: 'buyer/email',
  code: 'field-missing',
  reason: {
    kk: 'Электрондық поштаңызды жазыңыз.',
    ru: 'Укажите электронную почту.',
    en: 'Please give an e-mail address.',
  },
};
