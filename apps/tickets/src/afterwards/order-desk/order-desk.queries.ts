import { Injectable } from '@nestjs/common';
import type { FoundOrders, OrderAtDesk, OrderFilter, OrderNote } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import { type OrderRow, OrdersQueries } from '../../sale/orders/orders.queries.js';
import { returnTerms, ticketTrouble } from '../changes/change.rules.js';
import { ChangesQueries } from '../changes/changes.queries.js';

const PAGE = 40;

interface FoundRow {
  id: string;
  number: string;
  state: string;
  channel: string;
  personId: string;
  madeAt: Date;
  total: number;
  currency: string;
  tickets: number;
  screenings: FoundOrders['orders'][number]['screenings'];
  notes: number;
}

interface MoreOfOrder {
  channel: string;
  madeAt: Date;
  paidAt: Date | null;
  payments: { id: string; provider: string; state: string; captured: number; openedAt: string }[];
  refunds: { amount: number; state: string; reason: string; madeAt: string }[];
  notes: OrderNote[];
}

const NOTES = `coalesce((SELECT jsonb_agg(jsonb_build_object('by', n.actor, 'at', n.at, 'text', n.text) ORDER BY n.at)
                 FROM order_note n WHERE n.order_id = o.id), '[]')`;

/** Orders as staff find and see them: no code and no key opens anything here. */
@Injectable()
export class OrderDeskQueries {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly changes: ChangesQueries,
  ) {}

  async find(edition: string, filter: OrderFilter): Promise<FoundOrders> {
    const text = filter.text?.trim().replaceAll(/[\s-]/g, '').toUpperCase() || null;
    const rows = await this.database.query<FoundRow>(
      `SELECT o.id, o.number, o.state, o.channel, o.person_id AS "personId", o.made_at AS "madeAt", o.total::float8 AS total, o.currency,
              (SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.state <> 'ended')::int AS tickets,
              coalesce((SELECT jsonb_agg(DISTINCT jsonb_build_object('screeningId', s.screening_id, 'title', s.data->'title',
                         'startsAt', to_char(s.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
                 FROM order_line l JOIN screening_copy s USING (screening_id) WHERE l.order_id = o.id), '[]') AS screenings,
              (SELECT count(*) FROM order_note n WHERE n.order_id = o.id)::int AS notes
         FROM orders o
        WHERE o.edition_id = $1
          AND ($2::text IS NULL OR replace(o.number, '-', '') LIKE $2 || '%'
               OR o.id IN (SELECT t.order_id FROM ticket t WHERE upper(right(t.serial, 6)) = $2))
          AND ($3::text[] IS NULL OR o.person_id = ANY ($3))
          AND ($4::text IS NULL OR o.state = $4)
          AND ($5::text IS NULL OR EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.screening_id = $5))
          AND ($6::timestamptz IS NULL OR o.made_at < $6)
        ORDER BY o.made_at DESC LIMIT ${PAGE + 1}`,
      [
        edition,
        text,
        filter.people?.split(',').filter(Boolean) ?? null,
        filter.state ?? null,
        filter.screening ?? null,
        filter.before ?? null,
      ],
    );
    const shown = rows.slice(0, PAGE);
    return {
      orders: shown.map(({ total, currency, madeAt, ...row }) => ({
        ...row,
        madeAt: madeAt.toISOString(),
        total: { amount: total, currency },
      })),
      next: rows.length > PAGE ? shown.at(-1)!.madeAt.toISOString() : null,
    };
  }

  /** @throws order-unknown */
  async row(id: string): Promise<OrderRow> {
    const order = await this.orders.row(id);
    if (!order) throw orderUnknown();
    return order;
  }

  async atDesk(order: OrderRow): Promise<OrderAtDesk> {
    const [shaped, { lines, rules, at }, [more]] = await Promise.all([
      this.orders.shape(order),
      this.changes.of(order),
      this.database.query<MoreOfOrder>(
        `SELECT o.channel, o.made_at AS "madeAt", o.paid_at AS "paidAt", ${NOTES} AS notes,
                coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'provider', a.provider, 'state', a.state, 'captured', a.captured,
                          'openedAt', a.opened_at) ORDER BY a.opened_at) FROM payment_attempt a WHERE a.order_id = o.id), '[]') AS payments,
                coalesce((SELECT jsonb_agg(jsonb_build_object('amount', r.amount, 'state', r.state, 'reason', r.reason, 'madeAt', r.made_at)
                          ORDER BY r.made_at) FROM refund r WHERE r.order_id = o.id), '[]') AS refunds
           FROM orders o WHERE o.id = $1`,
        [order.id],
      ),
    ]);
    const money = (amount: number) => ({ amount, currency: order.currency });
    const paid = order.state === 'paid';
    return {
      id: order.id,
      number: order.number,
      state: order.state,
      channel: more!.channel,
      personId: order.person,
      language: order.language,
      madeAt: more!.madeAt.toISOString(),
      paidAt: more!.paidAt?.toISOString() ?? null,
      paidLate: order.paidLate,
      total: shaped.total,
      refunded: money(more!.refunds.reduce((sum, refund) => sum + refund.amount, 0)),
      items: shaped.items.map(({ kind, name, price }) => ({ kind, name, price })),
      lines: shaped.lines.map((line) => {
        const changeable = lines.get(line.line);
        const ticket = order.tickets?.findLast((one) => one.line === line.line);
        const terms = changeable && returnTerms(changeable, paid, rules, at);
        return {
          line: line.line,
          screeningId: line.screeningId,
          title: line.title,
          startsAt: line.startsAt,
          row: line.row,
          seat: line.seat,
          kind: line.kind,
          price: line.price,
          reasons: line.reasons,
          ticket: ticket ? (ticket.endedAs ?? ticket.state) : null,
          shortCode: ticket ? ticket.serial.slice(-6).toUpperCase() : null,
          entered: changeable?.ticket?.entered ?? false,
          fee: changeable && !ticketTrouble(changeable, paid) && terms ? money(terms.fee) : null,
          why: terms?.why ?? null,
        };
      }),
      payments: more!.payments.map(({ captured, openedAt, ...payment }) => ({
        ...payment,
        captured: money(captured),
        openedAt: new Date(openedAt).toISOString(),
      })),
      refunds: more!.refunds.map(({ amount, madeAt, ...refund }) => ({
        ...refund,
        amount: money(amount),
        madeAt: new Date(madeAt).toISOString(),
      })),
      notes: more!.notes.map((note) => ({ ...note, at: new Date(note.at).toISOString() })),
    };
  }
}
