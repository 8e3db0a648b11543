import { Inject, Injectable } from '@nestjs/common';
import type { IssuedTicket, Order, PriceReason } from '#libs/contracts';
import type { Language, LocalText } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import type { TicketsSettings } from '../../settings.js';
import { AdmissionCodes } from '../issued-tickets/admission-codes.js';
import { PriceRulesQueries } from '../pricing/price-rules.queries.js';
import { ticketsToShow } from './group-tickets.rules.js';
import { orderUnknown } from './order.refusals.js';
import { type OrderState, orderKey, ticketKey } from './order.rules.js';
import { type Sight, seenByHolder, sightOf } from './order-sight.js';
import { placeOf, type TellableOrder, tellOrder, tellPaid } from './order-telling.js';

/** An order as the database tells it, or as its own checkout knows it without asking. */
export interface OrderRow {
  id: string;
  number: string;
  edition: string;
  person: string;
  buyer: string;
  state: OrderState;
  language: Language;
  total: string;
  currency: string;
  payUntil: Date;
  paidLate: boolean;
  promo: string | null;
  lines: OrderRowLine[] | null;
  items:
    | { kind: 'fee' | 'pass' | 'exchange-credit' | 'rounding'; subject: string; name: LocalText; amount: number }[]
    | null;
  tickets: OrderRowTicket[] | null;
  /** One code for a whole group at a screening. */
  groupCodes: { screening: string; serial: string }[] | null;
  pending: boolean;
  refund: string | null;
}

export interface OrderRowLine {
  line: number;
  screening: string;
  seatId: string;
  row: string;
  seat: string;
  category: string;
  kind: string;
  amount: number;
  listAmount: number;
  reasons: PriceReason[];
  endedAs: string | null;
}

export interface OrderRowTicket {
  id: string;
  line: number;
  serial: string;
  state: 'live' | 'suspended' | 'ended';
  endedAs: string | null;
  holder: string | null;
}

/** One round trip for everything that an order's page shows. */
const SELECT = `
  SELECT o.id, o.number, o.edition_id AS edition, o.person_id AS person, o.buyer, o.state, o.language, o.total, o.currency,
         o.pay_until AS "payUntil", o.paid_late AS "paidLate", o.promo,
         (SELECT jsonb_agg(jsonb_build_object('line', line_no, 'screening', screening_id, 'seatId', seat_id, 'row', row_label,
                 'seat', seat_label, 'category', category, 'kind', kind, 'amount', amount, 'listAmount', list_amount,
                 'reasons', reasons, 'endedAs', ended_as) ORDER BY line_no)
            FROM order_line WHERE order_id = o.id) AS lines,
         CASE WHEN o.has_items THEN (SELECT jsonb_agg(jsonb_build_object('kind', kind, 'subject', subject, 'name', name,
                 'amount', amount) ORDER BY item_no) FROM order_item WHERE order_id = o.id) END AS items,
         (SELECT jsonb_agg(jsonb_build_object('id', id, 'line', line_no, 'serial', serial, 'state', state, 'endedAs', ended_as,
                 'holder', holder_id) ORDER BY line_no, issued_at)
            FROM ticket WHERE order_id = o.id) AS tickets,
         CASE WHEN o.invoice IS NOT NULL THEN (SELECT jsonb_agg(jsonb_build_object('screening', screening_id, 'serial', serial))
            FROM group_code WHERE order_id = o.id) END AS "groupCodes",
         EXISTS (SELECT 1 FROM payment_attempt WHERE order_id = o.id AND state = 'unknown') AS pending,
         (SELECT sum(amount) FROM refund WHERE order_id = o.id) AS refund
    FROM orders o`;

@Injectable()
export class OrdersQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly codes: AdmissionCodes,
    private readonly rules: PriceRulesQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** The order for whoever holds its key, its buyer or its person; the holder of a ticket sees that ticket alone. */
  async view(id: string, caller: Caller, key: string | undefined): Promise<Order> {
    const { order, sight } = await this.seen(id, caller, key);
    if (sight.of === 'whole') return this.shape(order);
    return this.shape(seenByHolder(order, sight.ids), ticketKey(sight.ids[0]!, this.settings.TOKEN_SECRET));
  }

  /** @throws order-unknown for whoever has nothing in it */
  async seen(
    id: string,
    caller: Caller,
    key: string | undefined,
  ): Promise<{ order: OrderRow; sight: NonNullable<Sight> }> {
    const order = await this.row(id);
    const sight = order && sightOf(order, caller, key, this.settings.TOKEN_SECRET);
    if (!order || !sight) throw orderUnknown();
    return { order, sight };
  }

  /** The row for its buyer or whoever holds the order's key. @throws order-unknown for anybody else */
  async owned(id: string, caller: Caller, key: string | undefined): Promise<OrderRow> {
    const { order, sight } = await this.seen(id, caller, key);
    if (sight.of !== 'whole') throw orderUnknown();
    return order;
  }

  /** For other services and for our own documents. */
  async internal(id: string): Promise<Order & { personId: string; editionId: string }> {
    const row = await this.row(id);
    if (!row) throw orderUnknown();
    return { ...(await this.shape(row)), personId: row.person, editionId: row.edition };
  }

  /** What the holder of a ticket is mailed: an order of that ticket alone, opened by its own key. */
  async ofTicket(ticket: string): Promise<Order> {
    const [row] = await this.database.hot<OrderRow>(
      'order-of-ticket',
      `${SELECT} WHERE o.id = (SELECT order_id FROM ticket WHERE id = $1)`,
      [ticket],
    );
    if (!row) throw orderUnknown();
    return this.shape(seenByHolder(row, [ticket]), ticketKey(ticket, this.settings.TOKEN_SECRET));
  }

  async mine(caller: Caller): Promise<Order[]> {
    const rows = await this.database.hot<OrderRow>(
      'my-orders',
      `${SELECT} WHERE o.id IN (SELECT id FROM orders WHERE person_id = $1 UNION SELECT id FROM orders WHERE buyer = $1
                                UNION SELECT order_id FROM ticket WHERE holder_id = $1)
        ORDER BY o.made_at DESC LIMIT 100`,
      [caller.id],
    );
    return Promise.all(
      rows.map((row) => {
        const sight = sightOf(row, caller, undefined, this.settings.TOKEN_SECRET);
        if (sight?.of !== 'tickets') return this.shape(row);
        return this.shape(seenByHolder(row, sight.ids), ticketKey(sight.ids[0]!, this.settings.TOKEN_SECRET));
      }),
    );
  }

  /** The order that this very call already placed, if it did. */
  async placedBefore(caller: Caller, key: string, print: string): Promise<Order | undefined> {
    const [row] = await this.database.query<{ order: string }>(
      `SELECT answer->>'order' AS order FROM idempotency
        WHERE operation = 'place-order' AND caller = $1 AND key = $2 AND fingerprint = $3`,
      [caller.id, key, print],
    );
    return row && this.view(row.order, caller, undefined);
  }

  /** The data of an order's events, without what only the database knows at that moment. */
  async telling(id: string): Promise<{ short: Record<string, unknown>; full: Record<string, unknown> }> {
    const row = await this.row(id);
    if (!row) throw orderUnknown();
    const order: TellableOrder = { ...row, total: Number(row.total) };
    const lines = await Promise.all(
      (row.lines ?? []).map(async (line) => ({ facts: await this.facts(line.screening), line })),
    );
    return { short: tellOrder(order), full: tellPaid(order, lines) };
  }

  async row(id: string): Promise<OrderRow | undefined> {
    const [row] = await this.database.hot<OrderRow>('order', `${SELECT} WHERE o.id = $1`, [id]);
    return row;
  }

  private async facts(screening: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw new Error(`an order names the screening ${screening}, which the programme's copy lacks`);
    return facts;
  }

  /** @param key what opens it without signing in; the order's own unless a ticket's holder looks */
  async shape(row: OrderRow, key = orderKey(row.id, this.settings.TOKEN_SECRET)): Promise<Order> {
    const byLine = new Map<number, { facts: ScreeningFacts; line: OrderRowLine }>();
    for (const line of row.lines ?? []) byLine.set(line.line, { facts: await this.facts(line.screening), line });
    const money = (amount: number) => ({ amount, currency: row.currency });
    const rules = row.tickets ? await this.rules.of(row.edition) : undefined;
    return {
      id: row.id,
      number: row.number,
      key,
      state: row.state,
      language: row.language,
      total: money(Number(row.total)),
      payUntil: row.payUntil.toISOString(),
      paymentPending: row.pending,
      paidLate: row.paidLate,
      writeTo: this.settings.SELLER_MAIL,
      promo: row.promo,
      refund: row.refund === null ? null : money(Number(row.refund)),
      items: (row.items ?? []).map(({ kind, subject, name, amount }) => ({
        kind,
        subject,
        name,
        price: money(amount),
      })),
      lines: [...byLine.values()].map(({ facts, line }) => ({
        line: line.line,
        ...placeOf(facts, line.row, line.seat),
        seatId: line.seatId,
        category: line.category,
        kind: line.kind,
        price: money(line.amount),
        listPrice: money(line.listAmount),
        reasons: line.reasons,
        ...(line.endedAs && { endedAs: line.endedAs }),
      })),
      tickets: await Promise.all(
        ticketsToShow(row.tickets ?? [], row.lines ?? [], row.groupCodes).map(async (shown): Promise<IssuedTicket> => {
          const { ticket, line } = shown;
          const proof = rules?.rules.concessions.find((one) => one.id === line.kind)?.proof;
          return {
            id: ticket.id,
            ...placeOf(byLine.get(line.line)!.facts, shown.row, shown.seat),
            category: line.category,
            kind: line.kind,
            ...(proof && { proof }),
            price: money(line.amount),
            state: ticket.state,
            ...(ticket.endedAs && { endedAs: ticket.endedAs }),
            transferred: ticket.holder !== null,
            ...(shown.places && { places: shown.places }),
            // A code belongs to one holder: who gave the ticket away has it no more.
            admissionCode: ticket.holder ? '' : await this.codes.forTicket(row.edition, line.screening, shown.serial),
            shortCode: shown.serial.slice(-6).toUpperCase(),
          };
        }),
      ),
    };
  }
}
