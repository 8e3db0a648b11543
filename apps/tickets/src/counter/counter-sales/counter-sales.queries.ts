import { Inject, Injectable } from '@nestjs/common';
import type { CounterSale, CounterTicket, FoundAtCounter, WillCall } from '#libs/contracts';
import { after, isId, MINUTE } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, type Role, SETTINGS } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import { type OrderRow, OrdersQueries } from '../../sale/orders/orders.queries.js';
import type { TicketsSettings } from '../../settings.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { saleUnknown } from './counter-sale.refusals.js';
import { saleState } from './counter-sale.rules.js';

const READERS: Role[] = ['box-office', 'house-manager', 'finance'];
const MOST = 300;

export interface SaleRow {
  id: string;
  shift: string;
  fingerprint: string;
  by: CounterSale['by'];
  tendered: number | null;
  change: number | null;
  rounding: number;
  reason: string | null;
  buyerName: string | null;
  voided: boolean;
  madeAt: Date;
  paidAt: Date | null;
  /** States of its payments at the terminal. */
  attempts: string[];
  /** Its sale is the shift's last, the shift is open. */
  last: boolean;
  printed: string[];
}

const SELECT = `
  SELECT s.order_id AS id, s.shift_id AS shift, s.fingerprint, s.paid_by AS by, s.tendered::float8 AS tendered, s.change::float8 AS change,
         s.rounding::float8 AS rounding, s.reason, s.buyer_name AS "buyerName", s.voided_at IS NOT NULL AS voided, s.made_at AS "madeAt",
         o.paid_at AS "paidAt", ARRAY(SELECT a.state FROM payment_attempt a WHERE a.order_id = s.order_id) AS attempts,
         ARRAY(SELECT p.ticket_id FROM ticket_print p JOIN ticket t ON t.id = p.ticket_id WHERE t.order_id = s.order_id) AS printed,
         h.state = 'open' AND NOT EXISTS (SELECT 1 FROM counter_sale x JOIN orders n ON n.id = x.order_id
           WHERE x.shift_id = s.shift_id AND x.voided_at IS NULL AND n.paid_at > o.paid_at) AS last
    FROM counter_sale s JOIN orders o ON o.id = s.order_id JOIN counter_shift h ON h.id = s.shift_id`;

/** Sales and tickets as the counter sees them: with what is printed, and without a code. */
@Injectable()
export class CounterSalesQueries {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly shifts: ShiftsQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** Undefined before its order was placed. */
  async row(id: string): Promise<SaleRow | undefined> {
    const [row] = isId(id) ? await this.database.query<SaleRow>(`${SELECT} WHERE s.order_id = $1`, [id]) : [];
    return row;
  }

  /** @throws sale-unknown, also to who has no business with its shift */
  async known(caller: Caller, id: string): Promise<{ sale: SaleRow; order: OrderRow }> {
    const [sale, order] = await Promise.all([this.row(id), isId(id) ? this.orders.row(id) : undefined]);
    if (!sale || !order) throw saleUnknown();
    requireRoleIn(caller, order.edition, READERS);
    return { sale, order };
  }

  async view(id: string): Promise<CounterSale> {
    const [sale, order] = await Promise.all([this.row(id), this.orders.row(id)]);
    if (!sale || !order) throw saleUnknown();
    return this.shape(sale, order);
  }

  async ofShift(caller: Caller, shift: string): Promise<CounterSale[]> {
    await this.shifts.one(caller, shift);
    const rows = await this.database.query<SaleRow>(
      `${SELECT} WHERE s.shift_id = $1
        ORDER BY EXISTS (SELECT 1 FROM ticket t LEFT JOIN ticket_print p ON p.ticket_id = t.id
                          WHERE t.order_id = s.order_id AND t.state <> 'ended' AND p.ticket_id IS NULL) DESC, s.made_at DESC LIMIT ${MOST}`,
      [shift],
    );
    const orders = await Promise.all(rows.map((row) => this.orders.row(row.id)));
    return Promise.all(rows.map((row, index) => this.shape(row, orders[index]!)));
  }

  /** An order of the caller's edition, wherever it was bought. @throws order-unknown */
  async order(caller: Caller, id: string): Promise<OrderRow> {
    const order = isId(id) ? await this.orders.row(id) : undefined;
    if (!order) throw orderUnknown();
    requireRoleIn(caller, order.edition, READERS);
    return order;
  }

  /** The newest first; what can be handed out before what has ended. */
  async find(edition: string, text: string): Promise<FoundAtCounter[]> {
    const code = text.replaceAll(/[\s-]/g, '').toUpperCase();
    const rows = await this.database.query<Omit<FoundAtCounter, 'madeAt'> & { madeAt: Date }>(
      `SELECT o.id AS "orderId", o.number, o.state, s.buyer_name AS "buyerName", o.made_at AS "madeAt",
              count(t.id)::int AS tickets, count(t.id) FILTER (WHERE p.ticket_id IS NULL)::int AS unprinted
         FROM orders o LEFT JOIN counter_sale s ON s.order_id = o.id
         LEFT JOIN ticket t ON t.order_id = o.id AND t.state <> 'ended' LEFT JOIN ticket_print p ON p.ticket_id = t.id
        WHERE o.edition_id = $1
          AND ((length($2) >= 2 AND replace(o.number, '-', '') LIKE $2 || '%')
               OR o.id IN (SELECT x.order_id FROM ticket x WHERE upper(right(x.serial, 6)) = $2)
               OR (length($3) >= 2 AND position(lower($3) IN lower(s.buyer_name)) > 0))
        GROUP BY o.id, s.order_id ORDER BY (o.state = 'paid') DESC, o.made_at DESC LIMIT 40`,
      [edition, code.replaceAll(/[%_\\]/g, ''), text.trim()],
    );
    return rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() }));
  }

  async willCall(order: OrderRow): Promise<WillCall> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT p.ticket_id AS id FROM ticket_print p JOIN ticket t ON t.id = p.ticket_id WHERE t.order_id = $1',
      [order.id],
    );
    return {
      orderId: order.id,
      number: order.number,
      language: order.language,
      tickets: await this.tickets(
        order,
        rows.map(({ id }) => id),
      ),
    };
  }

  private async shape(sale: SaleRow, order: OrderRow): Promise<CounterSale> {
    const money = (amount: number) => ({ amount, currency: order.currency });
    const state = saleState({ order: order.state, voided: sale.voided, attempts: sale.attempts });
    const until = sale.paidAt && after(sale.paidAt, this.settings.COUNTER_VOID_MINUTES * MINUTE);
    return {
      id: sale.id,
      shiftId: sale.shift,
      number: order.number,
      state,
      orderState: order.state,
      by: sale.by,
      madeAt: sale.madeAt.toISOString(),
      total: money(Number(order.total)),
      roundedBy: money(sale.rounding),
      tendered: sale.tendered === null ? null : money(sale.tendered),
      change: sale.change === null ? null : money(sale.change),
      language: order.language,
      buyerName: sale.buyerName,
      reason: sale.reason,
      tickets: await this.tickets(order, sale.printed),
      seats:
        state === 'done' || state === 'voided'
          ? []
          : (order.lines ?? []).map(({ screening, row, seat }) => ({ screeningId: screening, row, seat })),
      payUntil: state === 'paying' || state === 'declined' ? order.payUntil.toISOString() : null,
      voidUntil: state === 'done' && sale.last && until && until > new Date() ? until.toISOString() : null,
    };
  }

  private async tickets(order: OrderRow, printed: readonly string[]): Promise<CounterTicket[]> {
    const shaped = await this.orders.shape(order);
    return shaped.tickets
      .filter((ticket) => ticket.state !== 'ended')
      .map(({ id, screeningId, title, startsAt, row, seat, kind, price, shortCode, state }) => {
        return {
          id,
          screeningId,
          title,
          startsAt,
          row,
          seat,
          kind,
          price,
          shortCode,
          state,
          printed: printed.includes(id),
        };
      });
  }
}
