import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { CounterSale, PayAgain } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, LOGGER, SETTINGS } from '#libs/service-defaults';
import { type ClaimedSeat, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { orderNotPayable } from '../../sale/orders/order.refusals.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { FollowPayment } from '../../sale/payments/follow-payment.js';
import { PaymentAttempts } from '../../sale/payments/payment-attempts.store.js';
import type { TicketsSettings } from '../../settings.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { paymentUnresolved } from './counter-sale.refusals.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { SellAtCounter } from './sell-at-counter.js';
import { TakePayment } from './take-payment.js';

/** What a clerk does with a sale that has begun: ask for its money again, give it up, void it. */
@Injectable()
export class EndSale {
  constructor(
    private readonly database: Database,
    private readonly sales: CounterSalesQueries,
    private readonly shifts: ShiftsQueries,
    private readonly sell: SellAtCounter,
    private readonly payment: TakePayment,
    private readonly orders: OrdersQueries,
    private readonly attempts: PaymentAttempts,
    private readonly follow: FollowPayment,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The sale as it stands; what waits for a terminal is asked for on the way. @throws sale-unknown */
  async look(caller: Caller, id: string): Promise<CounterSale> {
    await this.sales.known(caller, id);
    await this.payment.ask(id);
    return this.sales.view(id);
  }

  /**
   * A terminal is asked again; for cash it is stopped first.
   * @throws sale-unknown, shift-not-yours, payment-unresolved for cash while a terminal may still take money
   */
  async payAgain(caller: Caller, id: string, key: string, { payment }: PayAgain): Promise<CounterSale> {
    const { sale } = await this.sales.known(caller, id);
    await this.shifts.own(caller, sale.shift);
    if (payment.by === 'terminal') await this.payment.ask(id);
    else if ((await this.payment.stop(id)) === 'unknown') throw paymentUnresolved({ order: id });
    await this.sell.pay(caller, id, sale.shift, key, payment);
    return this.sales.view(id);
  }

  /** Nothing was taken and nothing will be: the seats are free. @throws payment-unresolved, order-not-payable when it is paid */
  async giveUp(caller: Caller, id: string): Promise<CounterSale> {
    const { sale, order } = await this.sales.known(caller, id);
    await this.shifts.own(caller, sale.shift);
    if (order.state === 'cancelled' || order.state === 'expired') return this.sales.view(id);
    const stopped = await this.payment.stop(id);
    if (stopped === 'unknown') throw paymentUnresolved({ order: id });
    if (stopped === 'paid') return this.sales.view(id);
    const { short } = await this.orders.telling(id);
    const { state, freed } = await this.inventory.cancelOrder(id, 'counter', short);
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    if (state !== 'cancelled') throw orderNotPayable({ state });
    return this.sales.view(id);
  }

  /** @throws void-not-possible, void-too-late, void-not-last, ticket-used-or-ended, shift-closed */
  async void(caller: Caller, id: string, reason: string): Promise<CounterSale> {
    const { sale } = await this.sales.known(caller, id);
    await this.shifts.own(caller, sale.shift);
    const { full } = await this.orders.telling(id);
    const voiding = {
      order: id,
      actor: caller.id,
      reason,
      minutes: this.settings.COUNTER_VOID_MINUTES,
      step: this.settings.COUNTER_CASH_STEP * 100,
    };
    const { freed } = await this.database.transaction((tx) =>
      callFunction<{ freed: ClaimedSeat[] }>(tx, 'void_sale($1, $2)', [voiding, { lines: full.lines }]),
    );
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    await this.sendBack(id);
    return this.sales.view(id);
  }

  /** A card's money goes back while its holder still stands there; where that fails the follower does it later. */
  private async sendBack(order: string): Promise<void> {
    for (const attempt of await this.attempts.ofOrder(order))
      if (attempt.refundTarget > attempt.refunded && attempt.provider !== 'cash')
        await this.follow
          .execute(attempt)
          .catch((error) => this.logger.warn({ err: error, attempt: attempt.id }, 'payment not followed'));
  }
}
