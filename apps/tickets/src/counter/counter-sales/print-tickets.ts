import { Injectable } from '@nestjs/common';
import type { PapersWanted, ReprintTicket, TicketsPrinted, WillCall } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency } from '#libs/service-defaults';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { TicketSlips, ticketSlip } from '../../sale/issued-tickets/ticket-slips.js';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import { type OrderRow, OrdersQueries } from '../../sale/orders/orders.queries.js';
import { FiscalReceipts } from '../../sale/receipts/fiscal-receipts.store.js';
import { ReceiptPapers } from '../../sale/receipts/receipt-papers.js';
import { receiptSlip } from '../../sale/receipts/receipt-slip.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { type OneShift, ShiftsQueries } from '../shifts/shifts.queries.js';
import { orderNotPrintable } from './counter-sale.refusals.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { slipsPdf } from './slips-pdf.js';

/** Tickets on paper: what is printed is said by the clerk, who saw it come out of the printer. */
@Injectable()
export class PrintTickets {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly sales: CounterSalesQueries,
    private readonly shifts: ShiftsQueries,
    private readonly orders: OrdersQueries,
    private readonly slips: TicketSlips,
    private readonly receipts: FiscalReceipts,
    private readonly receiptPapers: ReceiptPapers,
    private readonly relay: Relay,
  ) {}

  /** Tickets first, then the receipt of the order's money. @throws order-unknown, order-not-printable */
  async papers(caller: Caller, id: string, wanted: PapersWanted): Promise<{ pdf: Buffer; number: string }> {
    const row = await this.sales.order(caller, id);
    const order = await this.orders.shape(row);
    const chosen = await this.chosen(row, wanted.tickets);
    const tickets = order.tickets.filter(
      (ticket) => ticket.state === 'live' && !ticket.transferred && chosen(ticket.id),
    );
    const papers = await this.slips.of(order, tickets);
    const drawn = papers.map(ticketSlip);
    if (wanted.receipt !== 'no') {
      // One after the other: numbers follow the order in which money moved.
      for (const fiscal of await this.receipts.ofOrder(id)) {
        const { number, content } = await this.receiptPapers.of(fiscal);
        drawn.push(receiptSlip(number, content, fiscal));
      }
    }
    if (drawn.length === 0) throw orderNotPrintable();
    const pdf = await slipsPdf(drawn, wanted.format ?? '80mm', { title: order.number, language: order.language });
    return { pdf, number: order.number };
  }

  async willCall(caller: Caller, id: string): Promise<WillCall> {
    return this.sales.willCall(await this.sales.order(caller, id));
  }

  /** Safe to say twice. @throws order-unknown for tickets of another order, shift-closed */
  async printed(caller: Caller, id: string, body: TicketsPrinted): Promise<WillCall> {
    const order = await this.sales.order(caller, id);
    const shift = await this.working(caller, body.shiftId, order);
    const own = new Set((order.tickets ?? []).map((ticket) => ticket.id));
    if (!body.tickets.every((ticket) => own.has(ticket))) throw orderUnknown();
    await this.database.query(
      'INSERT INTO ticket_print (ticket_id, shift_id) SELECT unnest($1::uuid[]), $2 ON CONFLICT DO NOTHING',
      [body.tickets, shift.id],
    );
    return this.sales.willCall(order);
  }

  /** The old code dies, a new one waits to be printed. @throws ticket-used-or-ended, order-unknown, shift-closed */
  async reprint(caller: Caller, ticket: string, key: string, body: ReprintTicket): Promise<WillCall> {
    const [row] = isId(ticket)
      ? await this.database.query<{ order: string; line: number }>(
          'SELECT order_id AS "order", line_no AS line FROM ticket WHERE id = $1',
          [ticket],
        )
      : [];
    if (!row) throw orderUnknown();
    const order = await this.sales.order(caller, row.order);
    const shift = await this.working(caller, body.shiftId, order);
    const { full } = await this.orders.telling(row.order);
    const place = (full.lines as { line: number }[]).find(({ line }) => line === row.line);
    const call = { key, caller: caller.id, operation: 'reprint-ticket', body: { ticket, ...body } };
    await this.idempotency.once(call, async (tx) => {
      const made = await callFunction<string>(tx, 'replace_ticket($1, NULL, $2, $3)', [ticket, 'reprinted', { place }]);
      await tx.query('INSERT INTO ticket_reprint (ticket_id, shift_id, reason) VALUES ($1, $2, $3)', [
        ticket,
        shift.id,
        body.reason,
      ]);
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'ticket.reprinted', $2, $3)`,
        [caller.id, row.order, JSON.stringify({ ticket, made, shift: shift.id })],
      );
      return { made };
    });
    this.relay.wake();
    return this.willCall(caller, row.order);
  }

  /** @throws shift-closed, order-unknown for another edition's order */
  private async working(caller: Caller, id: string, order: OrderRow): Promise<OneShift> {
    const shift = await this.shifts.own(caller, id);
    if (shift.state !== 'open') throw shiftClosed();
    if (shift.edition !== order.edition) throw orderUnknown();
    return shift;
  }

  /** Those that were named; else whatever is not printed yet, and all where all are. */
  private async chosen(order: OrderRow, named: string | undefined): Promise<(ticket: string) => boolean> {
    if (named) {
      const ids = new Set(named.split(','));
      return (ticket) => ids.has(ticket);
    }
    const { tickets } = await this.sales.willCall(order);
    const waiting = new Set(tickets.filter(({ printed }) => !printed).map(({ id }) => id));
    return (ticket) => waiting.size === 0 || waiting.has(ticket);
  }
}
