import { Inject, Injectable } from '@nestjs/common';
import type { ReturnAtCounter as ReturnAtCounterBody, ReturnedAtCounter } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { type Caller, Idempotency, SETTINGS } from '#libs/service-defaults';
import { changeRefused, feeChanged } from '../../afterwards/changes/change.refusals.js';
import { ticketTrouble } from '../../afterwards/changes/change.rules.js';
import { ChangesQueries, chosenLines } from '../../afterwards/changes/changes.queries.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import type { TicketsSettings } from '../../settings.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { CounterSalesQueries } from './counter-sales.queries.js';

/**
 * Tickets come back over the counter: what was paid in cash leaves this drawer in the same transaction. Of what went back
 * before (a cancelled screening) only the money that is still owed is handed over.
 */
@Injectable()
export class ReturnAtCounter {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly sales: CounterSalesQueries,
    private readonly shifts: ShiftsQueries,
    private readonly changes: ChangesQueries,
    private readonly orders: OrdersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws order-unknown, order-line-unknown, fee-changed, ticket-ended and its kin, shift-closed */
  async execute(caller: Caller, id: string, key: string, body: ReturnAtCounterBody): Promise<ReturnedAtCounter> {
    const order = await this.sales.order(caller, id);
    const shift = await this.shifts.own(caller, body.shiftId);
    if (shift.edition !== order.edition) throw orderUnknown();
    const { full } = await this.orders.telling(id);
    let freed: ClaimedSeat[] = [];
    const call = { key, caller: caller.id, operation: 'return-at-counter', body: { id, ...body } };
    const money = await this.idempotency.once(call, async (tx) => {
      const changeable = await this.changes.of((await this.orders.row(id)) ?? order);
      const gone = new Set(
        changeable.order.lines?.filter((line) => line.endedAs === 'refunded').map(({ line }) => line),
      );
      const lines = chosenLines(changeable, body.lines).filter(({ line }) => !gone.has(line));
      for (const line of lines) {
        const why = ticketTrouble(line, changeable.order.state === 'paid');
        if (why) throw changeRefused(why, line.line);
      }
      const worth = lines.reduce((sum, line) => sum + line.amount, 0);
      if (body.keptFee > worth) throw feeChanged({ expected: body.keptFee, fee: worth });
      if (lines.length > 0)
        ({ freed } = await callFunction<{ freed: ClaimedSeat[] }>(tx, 'return_lines($1, $2, $3, $4, $5)', [
          id,
          lines.map(({ line }) => line),
          body.keptFee,
          'buyer',
          { lines: full.lines },
        ]));
      await tx.query('INSERT INTO order_note (order_id, actor, text) VALUES ($1, $2, $3)', [
        id,
        caller.id,
        body.reason,
      ]);
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'tickets.returned-at-counter', $2, $3)`,
        [caller.id, id, JSON.stringify({ lines: body.lines, keptFee: body.keptFee, shift: shift.id })],
      );
      await callFunction(tx, 'require_open_shift($1)::text', [shift.id]);
      const step = this.settings.COUNTER_CASH_STEP * 100;
      return callFunction<{ cash: number; otherwise: number }>(tx, 'pay_out_cash($1, $2, $3, $4)', [
        id,
        shift.id,
        caller.id,
        step,
      ]);
    });
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    const amount = (value: number) => ({ amount: value, currency: order.currency });
    return { orderId: id, cashBack: amount(money.cash), otherwise: amount(money.otherwise) };
  }
}
