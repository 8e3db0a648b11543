import { Inject, Injectable } from '@nestjs/common';
import type { ExchangeAtCounter as ExchangeAtCounterBody, ExchangedAtCounter } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint, idempotencyKeyReused, SETTINGS } from '#libs/service-defaults';
import { changeRefused } from '../../afterwards/changes/change.refusals.js';
import { ticketTrouble } from '../../afterwards/changes/change.rules.js';
import { ChangesQueries, chosenLines } from '../../afterwards/changes/changes.queries.js';
import { ExchangeTickets } from '../../afterwards/changes/exchange-tickets.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { CommitOrder } from '../../sale/orders/commit-order.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import type { TicketsSettings } from '../../settings.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { type OneShift, ShiftsQueries } from '../shifts/shifts.queries.js';
import { COUNTER_CLASSES, counterBuyer, saleIdOf } from './counter-sale.rules.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { intendSale } from './intend-sale.js';
import { SellAtCounter } from './sell-at-counter.js';
import { TakePayment } from './take-payment.js';

const COUNTER = { channel: 'counter' as const, classes: COUNTER_CLASSES };

/**
 * Other seats for tickets of any paid order of the edition: a sale of the shift whose total is the difference. The
 * edition's hour does not bind staff, a used or passed-on ticket does; its fee stays.
 */
@Injectable()
export class ExchangeAtCounter {
  constructor(
    private readonly database: Database,
    private readonly shifts: ShiftsQueries,
    private readonly sales: CounterSalesQueries,
    private readonly changes: ChangesQueries,
    private readonly exchange: ExchangeTickets,
    private readonly commit: CommitOrder,
    private readonly sell: SellAtCounter,
    private readonly payment: TakePayment,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws exchange-uneven, ticket-ended and its kin, tendered-too-little, shift-closed and whatever a checkout throws */
  async execute(caller: Caller, old: string, key: string, body: ExchangeAtCounterBody): Promise<ExchangedAtCounter> {
    const shift = await this.shifts.own(caller, body.shiftId);
    const id = saleIdOf(shift.id, key);
    const print = fingerprint({ old, ...body });
    const known = await this.sales.row(id);
    if (known && known.fingerprint !== print) throw idempotencyKeyReused();
    if (!known) await this.place(caller, shift, old, { id, key, print }, body);
    await this.sell.pay(caller, id, shift.id, key, body.payment);
    const sale = await this.sales.view(id);
    if (sale.state === 'done') await this.payOut(caller, old, shift.id);
    return { sale, cashBack: { amount: await this.handedOver(old, id), currency: sale.total.currency } };
  }

  private async place(
    caller: Caller,
    shift: OneShift,
    old: string,
    call: { id: string; key: string; print: string },
    body: ExchangeAtCounterBody,
  ): Promise<void> {
    if (shift.state !== 'open') throw shiftClosed();
    const row = await this.sales.order(caller, old);
    if (row.edition !== shift.edition) throw orderUnknown();
    const changeable = await this.changes.of(row);
    const lines = chosenLines(changeable, body.lines);
    for (const line of lines) {
      const why = ticketTrouble(line, row.state === 'paid');
      if (why) throw changeRefused(why, line.line);
    }
    const { edition, order } = await this.exchange.price(caller, changeable, lines, body, COUNTER);
    if (body.payment.by === 'cash') this.payment.requireEnough(order.total, body.payment.tendered);
    else if (order.total > 0) this.payment.requireTerminal();
    const { payment } = body;
    await this.database.transaction((tx) => intendSale(tx, { ...call, shift: shift.id, by: payment.by }));
    const buyer = counterBuyer(shift.id);
    await this.commit.execute(buyer, {
      id: call.id,
      idempotency: { caller: buyer.id, key: call.key, fingerprint: call.print },
      edition,
      person: row.person,
      language: row.language,
      consent: {},
      order,
      paySeconds: this.settings.COUNTER_PAY_SECONDS,
      more: { channel: 'counter', exchangeOf: old },
    });
  }

  /** Cheaper seats: what is left of cash leaves the drawer; a card's money goes back by its own way. */
  private async payOut(caller: Caller, old: string, shift: string): Promise<void> {
    const step = this.settings.COUNTER_CASH_STEP * 100;
    await this.database.transaction((tx) =>
      callFunction(tx, 'pay_out_cash($1, $2, $3, $4)', [old, shift, caller.id, step]),
    );
    this.relay.wake();
  }

  /** The same answer however often it is asked for. */
  private async handedOver(old: string, sale: string): Promise<number> {
    const [row] = await this.database.query<{ sum: number }>(
      `SELECT coalesce(-sum(m.amount), 0)::float8 AS sum FROM drawer_movement m JOIN refund r ON r.id = m.refund_id
        WHERE r.order_id = $1 AND r.reason = 'exchange' AND m.at >= (SELECT made_at FROM counter_sale WHERE order_id = $2)`,
      [old, sale],
    );
    return row?.sum || 0;
  }
}
