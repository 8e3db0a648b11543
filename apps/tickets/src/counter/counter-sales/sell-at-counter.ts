import { Inject, Injectable } from '@nestjs/common';
import {
  type CounterPayment,
  type CounterSale,
  nobodyOf,
  type SellAtCounter as SellAtCounterBody,
} from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, fingerprint, idempotencyKeyReused, SETTINGS } from '#libs/service-defaults';
import { CommitOrder } from '../../sale/orders/commit-order.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { PlaceOrder } from '../../sale/orders/place-order.js';
import type { PricedOrder } from '../../sale/orders/price-basket.js';
import { priceChanged } from '../../sale/pricing/pricing.refusals.js';
import type { TicketsSettings } from '../../settings.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { type OneShift, ShiftsQueries } from '../shifts/shifts.queries.js';
import { Approvals } from './approvals.js';
import { CounterBaskets, complimentary } from './counter-baskets.js';
import { saleUnknown } from './counter-sale.refusals.js';
import { counterBuyer, saleIdOf } from './counter-sale.rules.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { intendSale } from './intend-sale.js';
import { TakePayment } from './take-payment.js';

/**
 * A sale over the counter: an order as everywhere, in the name of the shift, then its money. Each step can be asked for
 * again with the same key, also after a crash anywhere between: the order's id follows from the shift and the key.
 */
@Injectable()
export class SellAtCounter {
  constructor(
    private readonly database: Database,
    private readonly shifts: ShiftsQueries,
    private readonly baskets: CounterBaskets,
    private readonly approvals: Approvals,
    private readonly commit: CommitOrder,
    private readonly orders: OrdersQueries,
    private readonly people: PlaceOrder,
    private readonly payment: TakePayment,
    private readonly sales: CounterSalesQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws shift-closed, tendered-too-little, approval-needed, price-changed and whatever a checkout throws */
  async execute(caller: Caller, key: string, body: SellAtCounterBody): Promise<CounterSale> {
    const shift = await this.shifts.own(caller, body.shiftId);
    const id = saleIdOf(shift.id, key);
    const print = fingerprint(body);
    const known = await this.sales.row(id);
    if (known && known.fingerprint !== print) throw idempotencyKeyReused();
    if (!known) await this.place(caller, shift, { id, key, print }, body);
    await this.pay(caller, id, shift.id, key, body.payment);
    return this.sales.view(id);
  }

  /** What is paid already stays as it is. */
  async pay(caller: Caller, id: string, shift: string, key: string, payment: CounterPayment): Promise<void> {
    const order = await this.orders.row(id);
    if (!order) throw saleUnknown();
    if (order.state !== 'awaiting-payment' && order.state !== 'expiring') return;
    if (payment.by === 'cash') await this.payment.cash(caller, order, shift, payment.tendered);
    else if (payment.by === 'terminal') await this.payment.card(order, shift, key);
  }

  private async place(
    caller: Caller,
    shift: OneShift,
    call: { id: string; key: string; print: string },
    body: SellAtCounterBody,
  ): Promise<void> {
    if (shift.state !== 'open') throw shiftClosed();
    const { held, priced, offer } = await this.baskets.price(caller, body);
    const order = body.payment.by === 'complimentary' ? complimentary(priced) : priced;
    if (body.expectedTotal !== undefined && body.expectedTotal !== order.total)
      throw priceChanged({ expected: body.expectedTotal, total: order.total });
    if (body.payment.by === 'cash') this.payment.requireEnough(order.total, body.payment.tendered);
    if (body.payment.by === 'terminal' && order.total > 0) this.payment.requireTerminal();
    const buyer = counterBuyer(shift.id);
    const person = body.buyer?.email
      ? await this.people.person(buyer, { ...body.buyer, email: body.buyer.email }, body.language)
      : nobodyOf(call.id);
    await this.database.transaction((tx) => this.begin(tx, caller, shift, call, body, order));
    await this.commit.execute(buyer, {
      id: call.id,
      idempotency: { caller: buyer.id, key: call.key, fingerprint: call.print },
      edition: held.edition,
      person,
      language: body.language,
      consent: {},
      order,
      paySeconds: this.settings.COUNTER_PAY_SECONDS,
      more: { channel: 'counter' },
      ...(offer && { offer }),
    });
  }

  /** The row stands before its order: whatever happens next, the order's shift, clerk and reason are known. */
  private async begin(
    tx: Tx,
    caller: Caller,
    shift: OneShift,
    call: { id: string; print: string },
    body: SellAtCounterBody,
    order: PricedOrder,
  ): Promise<void> {
    const { payment, buyer } = body;
    if (payment.by === 'complimentary')
      await this.approvals.within(tx, caller, { shift: shift.id, order: call.id, seats: order.lines.length, payment });
    const free = payment.by === 'complimentary' ? payment : undefined;
    await intendSale(tx, {
      ...call,
      shift: shift.id,
      by: payment.by,
      ...(free && { reason: free.reason, approval: free.approval }),
      // Whoever gave an address is a person of the gateway's; nothing of them is kept here.
      ...(!buyer?.email && { name: buyer?.name, phone: buyer?.phone }),
    });
  }
}
