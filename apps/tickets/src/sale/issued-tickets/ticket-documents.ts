import { Inject, Injectable } from '@nestjs/common';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { IssuedTicket, Order } from '#libs/contracts';
import { Page } from '#libs/documents';
import { formatDay, formatMoney, type Language, venueDate, venueTime } from '#libs/kernel';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';

const WORDS = {
  kk: {
    row: 'Қатар',
    seat: 'Орын',
    start: 'Басталуы',
    price: 'Бағасы',
    order: 'Тапсырыс',
    ticket: 'Билет',
    show: 'Кодты есікте көрсетіңіз. Экраннан да, қағаздан да болады.',
    refund: 'Сеанс ауысса да, код жарамды.',
    sandbox: 'Тегін',
  },
  ru: {
    row: 'Ряд',
    seat: 'Место',
    start: 'Начало',
    price: 'Цена',
    order: 'Заказ',
    ticket: 'Билет',
    show: 'Покажите код на входе. Годится и экран, и бумага.',
    refund: 'Если сеанс перенесут, код останется действительным.',
    sandbox: 'Вход свободный',
  },
  en: {
    row: 'Row',
    seat: 'Seat',
    start: 'Starts',
    price: 'Price',
    order: 'Order',
    ticket: 'Ticket',
    show: 'Show the code at the door, on a screen or on paper.',
    refund: 'If the screening moves, the code stays valid.',
    sandbox: 'Free',
  },
} satisfies Record<Language, Record<string, string>>;

const APORT = '#C4122F';
const BLUSH = '#FBC9CF';
const SUN = '#FFB52E';
const INK = '#0F211D';
const MOSS = '#4A5C57';

/** The fixed mountain ridge south of the city, as heights from 0 to 1 (docs/look). */
const RIDGE = [0.18, 0.3, 0.24, 0.42, 0.36, 0.55, 0.47, 0.78, 0.62, 0.7, 0.48, 0.58, 0.4, 0.52, 0.66, 0.57, 0.95, 0.74];

/** PDF and calendar of an order's tickets, made when they are asked for: nothing here is stored. */
@Injectable()
export class TicketDocuments {
  constructor(@Inject(SETTINGS) private readonly settings: CommonSettings) {}

  /** One A4 page for each living ticket. */
  async pdf(order: Order): Promise<Buffer> {
    const words = WORDS[order.language];
    const page = new Page('A4', { title: `${words.ticket} ${order.number}`, language: order.language });
    const living = order.tickets.filter((ticket) => ticket.state === 'live');
    living.forEach((ticket, index) => {
      if (index > 0) page.next();
      drawTicket(page, order, ticket);
    });
    return page.finish();
  }

  /** One event per screening, with a UID that stays when the screening moves. */
  calendar(order: Order): string {
    const calendar = ical({ prodId: '//Seans//Tickets//EN', method: ICalCalendarMethod.PUBLISH, name: order.number });
    const byScreening = Map.groupBy(order.tickets, (ticket) => ticket.screeningId);
    for (const [screening, tickets] of byScreening) {
      const first = tickets[0]!;
      const seats = tickets.map(
        (t) => `${WORDS[order.language].row} ${t.row}, ${WORDS[order.language].seat.toLowerCase()} ${t.seat}`,
      );
      const start = new Date(first.startsAt);
      calendar.createEvent({
        id: `${screening}.${order.id}@seans`,
        sequence: 0,
        start,
        end: new Date(start.getTime() + 2 * 3_600_000),
        summary: first.title[order.language],
        location: `${first.venue[order.language]}, ${first.hall[order.language]}`,
        description: `${seats.join('\n')}\n${this.link(order)}`,
        url: this.link(order),
        status: tickets.some((t) => t.state === 'live') ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      });
    }
    return calendar.toString();
  }

  link(order: Order): string {
    return `${this.settings.PUBLIC_URL}/orders/${order.id}?key=${order.key}`;
  }
}

function drawTicket(page: Page, order: Order, ticket: IssuedTicket): void {
  const { language } = order;
  const words = WORDS[language];
  const margin = 48;
  const head = 250;
  page.fill(0, 0, page.width, head, APORT);
  page.document.circle(page.width * 0.78, 92, 46).fill(SUN);
  const step = page.width / (RIDGE.length - 1);
  const ridge = RIDGE.map((height, index): [number, number] => [index * step, head - 18 - height * 96]);
  page.polygon([[0, head], ...ridge, [page.width, head]], BLUSH);
  page.polygon([[0, head], ...ridge.map(([x, y]): [number, number] => [x, y + 26]), [page.width, head]], INK);
  const day = formatDay(venueDate(new Date(ticket.startsAt), ticket.timezone), language);
  const time = venueTime(new Date(ticket.startsAt), ticket.timezone);
  page.text(`${day}, ${time}`, margin, 40, { size: 13, weight: 700, colour: '#FFFFFF' });
  page.text(ticket.title[language], margin, 62, {
    size: 30,
    weight: 700,
    colour: '#FFFFFF',
    width: page.width * 0.6,
    leading: 1.08,
  });
  let y = page.text(ticket.venue[language], margin, head + 28, { size: 17, weight: 700, width: 280 });
  y = page.text(ticket.hall[language], margin, y, { size: 13, colour: MOSS, width: 280 });
  const cells: [string, string][] = [
    [words.row, ticket.row],
    [words.seat, ticket.seat],
    [words.start, time],
  ];
  cells.forEach(([label, value], index) => {
    const x = margin + index * 96;
    page.text(label, x, y + 24, { size: 11, colour: MOSS });
    page.text(value, x, y + 40, { size: 34, weight: 700 });
  });
  y += 104;
  const price = ticket.price.amount === 0 ? words.sandbox : formatMoney(ticket.price);
  y = page.text(`${words.price}: ${price}`, margin, y, { size: 13 });
  y = page.text(`${words.order}: ${order.number}`, margin, y + 2, { size: 13 });
  y = page.text(words.show, margin, y + 18, { size: 12, colour: MOSS, width: 270 });
  page.text(words.refund, margin, y + 2, { size: 12, colour: MOSS, width: 270 });
  const side = 190;
  page.qr(ticket.admissionCode, page.width - margin - side, head + 24, side);
  page.text(ticket.shortCode, page.width - margin - side + 20, head + 24 + side + 4, { size: 16, weight: 700 });
}
