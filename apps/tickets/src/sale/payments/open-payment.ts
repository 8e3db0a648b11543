import { Inject, Injectable } from '@nestjs/common';
import type { PaymentStarted } from '#libs/contracts';
import { type Language, newId } from '#libs/kernel';
import { type Caller, type CommonSettings, partUnavailable, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { orderNotPayable } from '../orders/order.refusals.js';
import { OrdersQueries } from '../orders/orders.queries.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { PAYMENT_PROVIDER } from './payment-provider.js';
import { PaymentProviders } from './payment-providers.js';
import { receiptPositions } from './receipt-positions.rules.js';

const DESCRIPTION: Record<Language, (number: string, seats: number) => string> = {
  kk: (number, seats) => `${number} тапсырысы, орын саны: ${seats}`,
  ru: (number, seats) => `Заказ ${number}, мест: ${seats}`,
  en: (number, seats) => `Order ${number}, ${seats} seat${seats === 1 ? '' : 's'}`,
};

/** Step 3: an intent row, the provider's page outside any transaction, its answer after. */
@Injectable()
export class OpenPayment {
  constructor(
    private readonly orders: OrdersQueries,
    private readonly attempts: PaymentAttempts,
    @Inject(PAYMENT_PROVIDER) private readonly providers: PaymentProviders,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  /**
   * A page that is still open is handed out again: two tabs pay one page.
   * @param wanted the provider that the buyer chose
   * @throws order-not-payable, provider-not-offered
   */
  async execute(caller: Caller, orderId: string, key: string | undefined, wanted?: string): Promise<PaymentStarted> {
    const provider = this.providers.chosen(wanted);
    const order = await this.orders.view(orderId, caller, key);
    const open = (await this.attempts.ofOrder(orderId)).find(
      (attempt) =>
        attempt.state === 'open' &&
        attempt.provider === provider &&
        attempt.redirectUrl &&
        attempt.livesUntil.getTime() > Date.now() + 60_000,
    );
    if (order.state === 'awaiting-payment' && open?.redirectUrl)
      return { attemptId: open.id, redirectUrl: open.redirectUrl };
    const attempt = await this.attempts.intend(newId(), orderId, provider, this.settings.PAYMENT_PAGE_SECONDS);
    if (!attempt) throw orderNotPayable({ state: order.state });
    const callbacks = `${this.settings.CALLBACK_URL ?? `${this.settings.PUBLIC_URL}/api/tickets`}/payments/freedompay`;
    const back = `${this.settings.PUBLIC_URL}/orders/${orderId}?key=${order.key}`;
    const page = await this.providers.open({
      ...attempt,
      description: DESCRIPTION[order.language](order.number, order.lines.length),
      language: order.language,
      positions: this.settings.FREEDOMPAY_RECEIPTS === 'on' ? receiptPositions(order) : undefined,
      lifeSeconds: this.settings.PAYMENT_PAGE_SECONDS,
      urls: {
        check: this.settings.FREEDOMPAY_CHECK_URL === 'on' ? `${callbacks}/check` : undefined,
        result: `${callbacks}/result`,
        success: `${back}&payment=returned`,
        failure: `${back}&payment=failed`,
      },
    });
    if (page.outcome === 'open') {
      await this.attempts.opened(attempt.id, page.providerPaymentId, page.redirectUrl);
      return { attemptId: attempt.id, redirectUrl: page.redirectUrl };
    }
    await this.attempts.become(attempt.id, page.outcome === 'refused' ? 'closed' : 'unknown');
    throw partUnavailable({ part: 'payment-provider' }, { retryAfterMs: 2_000 });
  }
}
