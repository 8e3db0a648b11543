import { Injectable } from '@nestjs/common';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { IssuedTicket, Order } from '#libs/contracts';
import { isGeneralAdmission } from '../../inventory/holds/hold.rules.js';
import { TicketFactsReader } from './ticket-facts.js';
import { ticketPaper } from './ticket-paper.rules.js';
import { type TicketFormat, ticketPdf } from './ticket-pdf.js';
import { TICKET_WORDS } from './ticket-words.js';

/** PDF and calendar of an order's tickets, made when they are asked for: nothing here is stored. */
@Injectable()
export class TicketDocuments {
  constructor(private readonly facts: TicketFactsReader) {}

  /** One page for each living ticket; without any, one page that says so. */
  async pdf(order: Order, format: TicketFormat = 'a4'): Promise<Buffer> {
    const about = await this.facts.order(order);
    const living = this.facts.living(order);
    const facts = await Promise.all(living.map((ticket) => this.facts.ticket(order, ticket)));
    const papers = facts.map((ticket, index) => ticketPaper(ticket, about, index, facts.length));
    const words = TICKET_WORDS[order.language];
    return ticketPdf(papers, format, {
      title: `${words.ticket} ${order.number}`,
      language: order.language,
      empty: `${words.order} ${order.number}. ${words.ended}`,
    });
  }

  /**
   * One event per screening, under a UID that stays when the screening moves (RFC 5545: a higher SEQUENCE replaces what
   * a calendar has). Without a living ticket, or when the screening is cancelled, the event is a cancelled one.
   */
  async calendar(order: Order): Promise<string> {
    const byScreening = [...Map.groupBy(order.tickets, (ticket) => ticket.screeningId)];
    const events = await Promise.all(byScreening.map(([id, tickets]) => this.event(order, id, tickets)));
    const gone = events.length > 0 && events.every((event) => event.status === ICalEventStatus.CANCELLED);
    const calendar = ical({
      prodId: '//Seans//Tickets//EN',
      method: gone ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
      name: order.number,
    });
    for (const event of events) calendar.createEvent(event);
    return calendar.toString();
  }

  link(order: Order): string {
    return this.facts.link(order);
  }

  private async event(order: Order, screening: string, tickets: IssuedTicket[]) {
    const facts = await this.facts.screening(screening);
    const { data, version } = facts;
    const words = TICKET_WORDS[order.language];
    const living = this.facts.living({ ...order, tickets });
    const live = living.length > 0 && data.state !== 'cancelled';
    const seats = living.map(({ row, seat, places }) =>
      isGeneralAdmission(facts)
        ? words.entries(places ?? 1)
        : `${words.row} ${row}, ${words.seat.toLowerCase()} ${seat}`,
    );
    const { language } = order;
    return {
      id: `${screening}.${order.id}@seans`,
      // Two for each version of the screening: its cancelled twin is newer than the event that it ends.
      sequence: version * 2 + (live ? 0 : 1),
      start: new Date(data.startsAt),
      end: new Date(data.endsAt),
      summary: data.title[language],
      location: [data.venue.name[language], data.hall.name[language], data.venue.address].filter(Boolean).join(', '),
      description: [...seats, this.link(order)].join('\n'),
      url: this.link(order),
      status: live ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    };
  }
}
