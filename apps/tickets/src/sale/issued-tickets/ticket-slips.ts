import { Injectable } from '@nestjs/common';
import type { IssuedTicket, Order } from '#libs/contracts';
import { type Page, printable, type Slip, type SlipArea } from '#libs/documents';
import { TicketFactsReader } from './ticket-facts.js';
import { type TicketPaper, ticketPaper } from './ticket-paper.rules.js';

const INK = '#000000';
/** Sides of the code, points: scanners read the least of them off thermal paper still. */
const CODE = { roll: 150, sheet: 146, least: 100 };
/** What stands below the code, points. */
const FOOT = 58;

/** Tickets for the counter's printers, in the words of every other ticket. */
@Injectable()
export class TicketSlips {
  constructor(private readonly facts: TicketFactsReader) {}

  async of(order: Order, tickets: readonly IssuedTicket[]): Promise<TicketPaper[]> {
    const about = await this.facts.order(order);
    const facts = await Promise.all(tickets.map((ticket) => this.facts.ticket(order, ticket)));
    return facts.map((ticket, index) => ticketPaper(ticket, about, index, facts.length));
  }
}

/** One ticket, black on white: what staff ask for stands large, the code below it. */
export function ticketSlip(ticket: TicketPaper): Slip {
  return (page, area) => {
    const { x, width } = area;
    const sheet = Number.isFinite(area.bottom);
    const right = x + width;
    let y = line(page, ticket.festival, area, area.y, { size: 7.5 });
    y = line(page, ticket.title, area, y + 3, { size: sheet ? 15 : 16, weight: 700, leading: 1.12 });
    y = line(page, ticket.when.value, area, y + 4, { size: 13, weight: 700 });
    y = line(page, `${ticket.when.note}, ${ticket.venue.note}`, area, y, { size: 8 });
    y = line(page, ticket.venue.value, area, y + 2, { size: 9.5, weight: 700 });
    page.rule(x, y + 4, width, INK, 1);
    y = places(page, ticket, area, y + 8);
    page.rule(x, y + 2, width, INK, 1);
    y = line(page, ticket.kind.value, { ...area, width: width * 0.62 }, y + 7, { size: 9, weight: 700 });
    page.text(printable(ticket.price.value), right, y - 9 * 1.3, {
      size: 10,
      weight: 700,
      align: 'right',
      colour: INK,
    });
    for (const reason of [...ticket.reasons, ...(ticket.guardian ? [ticket.guardian] : [])])
      y = line(page, reason, area, y + 1, { size: 7.5 });
    y += 2;
    // A sheet ends where it ends: what long titles and notes take, the code gives.
    const side = sheet ? Math.max(CODE.least, Math.min(CODE.sheet, area.bottom - y - FOOT)) : CODE.roll;
    page.qr(ticket.code, x + (width - side) / 2, y, side);
    y = page.text(ticket.spokenCode, x + width / 2, y + side - 6, {
      size: 12,
      weight: 700,
      tracking: 1.5,
      colour: INK,
      align: 'centre',
    });
    y = line(page, [ticket.age, ticket.entries].filter(Boolean).join(' · '), area, y + 2, { size: 8, weight: 700 });
    y = line(page, ticket.refund, area, y + 1, { size: 7 });
    return line(page, `${ticket.order} · ${ticket.count}`, area, y + 1, { size: 7 });
  };
}

/** Row and seat side by side, as large as fits; places without a number are one line. */
function places(page: Page, ticket: TicketPaper, area: SlipArea, y: number): number {
  const share = area.width / ticket.place.length;
  let lowest = y;
  ticket.place.forEach((cell, index) => {
    const x = area.x + index * share;
    const below = page.text(printable(cell.label), x, y, { size: 7.5, colour: INK });
    const value = printable(cell.value);
    const wide = page.measure(value, { size: 30, weight: 700 });
    const size = Math.max(12, Math.min(30, (30 * (share - 8)) / wide));
    lowest = Math.max(lowest, page.text(value, x, below, { size, weight: 700, leading: 1.1, colour: INK }));
  });
  return lowest;
}

function line(
  page: Page,
  text: string,
  area: Pick<SlipArea, 'x' | 'width'>,
  y: number,
  style: { size: number; weight?: 400 | 700; leading?: number },
): number {
  return text ? page.text(printable(text), area.x, y, { ...style, width: area.width, colour: INK }) : y;
}
