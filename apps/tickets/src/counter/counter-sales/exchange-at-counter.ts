import { Inject, Injectable } from '@nestjs/common';
import type {
  CounterQuote,
  ExchangeAtCounter as ExchangeAtCounterBody,
  ExchangedAtCounter,
  PriceAtCounter,
} from '#libs/contracts';
import type { Money } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint, idempotencyKeyReused, SETTINGS } from '#libs/service-defaults';
import { changeRefused } from '../../afterwards/changes/change.refusals.js';
import { ticketTrouble } from '../../afterwards/changes/change.rules.js';
import { ChangesQueries, chosenLines } from '../../afterwards/changes/changes.queries.js';
import { ExchangeTickets } from '../../afterwards/changes/exchange-tickets.js';
import { CommitOrder } from '../../sale/orders/commit-order.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import type { TicketsSettings } from '../../settings.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { type OneShift, ShiftsQueries } from '../shifts/shifts.queries.js';
import { backOf } from './cash.rules.js';
import { CounterBaskets } from './counter-baskets.js';
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
    private readonly baskets: CounterBaskets,
    private readonly changes: ChangesQueries,
    private readonly exchange: ExchangeTickets,
    private readonly commit: CommitOrder,
    private readonly sell: SellAtCounter,
    private readonly payment: TakePayment,
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
    return { sale, ...(await this.wentBack(id, sale.total.currency)) };
  }

  /** What the exchange would cost, or give back; nothing is taken. @throws whatever the exchange itself would */
  async quote(
    caller: Caller,
    shift: OneShift,
    body: PriceAtCounter & Required<Pick<PriceAtCounter, 'exchange'>>,
  ): Promise<CounterQuote> {
    const { orderId, lines } = body.exchange;
    const { held, order, surplus } = await this.price(caller, shift, orderId, { ...body, lines });
    const carried = await this.database.query<{ cash: boolean; amount: number }>(
      `SELECT a.provider = 'cash' AS cash, (a.captured - a.refund_target - a.charged_back)::float8 AS amount
         FROM orders o JOIN payment_attempt a ON a.order_id = ANY (ARRAY[o.id] || o.paid_from)
        WHERE o.id = $1 AND a.state IN ('paid', 'refund-due') AND a.captured > a.refund_target + a.charged_back
        ORDER BY array_position(ARRAY[o.id] || o.paid_from, a.order_id), a.opened_at`,
      [orderId],
    );
    return this.baskets.told(held, order, backOf(surplus, carried, this.settings.COUNTER_CASH_STEP));
  }

  private async price(
    caller: Caller,
    shift: OneShift,
    old: string,
    body: Pick<ExchangeAtCounterBody, 'holds' | 'kinds' | 'lines' | 'expectedTotal'>,
  ) {
    const row = await this.sales.order(caller, old);
    if (row.edition !== shift.edition) throw orderUnknown();
    const changeable = await this.changes.of(row);
    const lines = chosenLines(changeable, body.lines);
    for (const line of lines) {
      const why = ticketTrouble(line, row.state === 'paid');
      if (why) throw changeRefused(why, line.line);
    }
    return { row, ...(await this.exchange.price(caller, changeable, lines, body, COUNTER)) };
  }

  private async place(
    caller: Caller,
    shift: OneShift,
    old: string,
    call: { id: string; key: string; print: string },
    body: ExchangeAtCounterBody,
  ): Promise<void> {
    if (shift.state !== 'open') throw shiftClosed();
    const { row, held, order } = await this.price(caller, shift, old, body);
    if (body.payment.by === 'cash') this.payment.requireEnough(order.total, body.payment.tendered);
    else if (order.total > 0) this.payment.requireTerminal();
    const { payment } = body;
    await this.database.transaction((tx) =>
      intendSale(tx, {
        ...call,
        shift: shift.id,
        by: payment.by,
        cashStep: this.settings.COUNTER_CASH_STEP * 100,
      }),
    );
    const buyer = counterBuyer(shift.id);
    await this.commit.execute(buyer, {
      id: call.id,
      idempotency: { caller: buyer.id, key: call.key, fingerprint: call.print },
      edition: held.edition,
      person: row.person,
      language: row.language,
      consent: {},
      order,
      paySeconds: this.settings.COUNTER_PAY_SECONDS,
      more: { channel: 'counter', exchangeOf: old },
    });
  }

  /** Cheaper seats: what is left of cash left the drawer with the exchange, a card's money goes back by its own way. */
  private async wentBack(sale: string, currency: Money['currency']): Promise<Omit<ExchangedAtCounter, 'sale'>> {
    const [row] = await this.database.query<{ cash: number; otherwise: number }>(
      `SELECT coalesce(back_cash, 0)::float8 AS cash, coalesce(back_otherwise, 0)::float8 AS otherwise
         FROM counter_sale WHERE order_id = $1`,
      [sale],
    );
    const money = (amount: number | undefined) => ({ amount: amount ?? 0, currency });
    return { cashBack: money(row?.cash), otherwise: money(row?.otherwise) };
  }
}
