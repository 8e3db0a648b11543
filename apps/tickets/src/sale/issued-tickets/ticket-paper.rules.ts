import {
  formatMoney,
  formatShortWeekday,
  LANGUAGES,
  type Language,
  type LocalText,
  type Money,
  venueDate,
  venueTime,
  wallClock,
} from '#libs/kernel';
import type { PosterInput } from '#libs/poster';
import { TICKET_WORDS } from './ticket-words.js';

/** What one ticket is about, before it is put into words. */
export interface TicketFacts {
  title: LocalText;
  startsAt: Date;
  endsAt: Date;
  doorsOpenAt: Date;
  lateEntryUntil: Date;
  timezone: string;
  venue: LocalText;
  hall: LocalText;
  row: string;
  seat: string;
  /** Places without a number. */
  general: boolean;
  /** How many people the code admits; a group has one code. */
  places: number;
  ageRating: string | null;
  /** The programme's own words for minors, where it has any. */
  guardianNote: LocalText | null;
  /** Name of a concession or another kind of ticket; null is the full price. */
  kind: LocalText | null;
  price: Money;
  listPrice: Money;
  /** Why the price is what it is, and which proof to bring. */
  reasons: LocalText[];
  /** Until when the buyer may return the ticket; null where tickets are not taken back. */
  refundUntil: Date | null;
  admissionCode: string;
  shortCode: string;
  live: boolean;
  poster: PosterInput;
}

export interface OrderFacts {
  number: string;
  language: Language;
  festival: LocalText | null;
  /** Days of the edition, "2019-09-14". */
  days: { from: string; to: string } | null;
  link: string;
}

/** One cell of a ticket: the label in the buyer's language, the others under it, and what stands there. */
export interface Cell {
  label: string;
  others: string;
  value: string;
  note: string;
}

/** A ticket in words, the buyer's language first and the two others small. */
export interface TicketPaper {
  title: string;
  otherTitles: string;
  when: Cell;
  place: [Cell, Cell] | [Cell];
  venue: Cell;
  kind: Cell;
  price: Cell;
  /** Reasons of the price and papers to bring. */
  reasons: string[];
  show: string;
  otherShow: string[];
  entries: string;
  age: string | null;
  guardian: string | null;
  refund: string;
  festival: string;
  order: string;
  count: string;
  code: string;
  spokenCode: string;
  poster: PosterInput;
}

/** Minors are not out alone after this hour (Code of Kazakhstan on marriage and family; product rule of screenings). */
const GUARDIAN_HOUR = 22;

/** Whether the show ends so late that a minor needs a guardian: after 22:00 on the venue's wall, or the next day. */
export function needsGuardian(startsAt: Date, endsAt: Date, zone: string): boolean {
  const end = wallClock(endsAt, zone);
  if (venueDate(startsAt, zone) !== venueDate(endsAt, zone)) return true;
  return end.hour * 60 + end.minute > GUARDIAN_HOUR * 60;
}

/** "16.09.2019" on the venue's calendar. */
export function paperDate(instant: Date, zone: string): string {
  return venueDate(instant, zone).split('-').reverse().join('.');
}

export function paperMoment(instant: Date, zone: string): string {
  return `${paperDate(instant, zone)}, ${venueTime(instant, zone)}`;
}

/** "K7Q4 MX9D": in two halves, to be read out. */
export function spoken(code: string): string {
  return code.length > 4
    ? `${code.slice(0, Math.ceil(code.length / 2))} ${code.slice(Math.ceil(code.length / 2))}`
    : code;
}

export function ticketPaper(ticket: TicketFacts, order: OrderFacts, index: number, count: number): TicketPaper {
  const { language } = order;
  const words = TICKET_WORDS[language];
  const rest = LANGUAGES.filter((other) => other !== language);
  const label = (of: (words: (typeof TICKET_WORDS)[Language]) => string) => ({
    label: of(words),
    others: distinct(rest.map((other) => of(TICKET_WORDS[other]))).join(' · '),
  });
  const zone = ticket.timezone;
  const day = venueDate(ticket.startsAt, zone);
  const weekdays = distinct([language, ...rest].map((l) => formatShortWeekday(day, l))).join(' · ');
  const kinds = ticket.kind ?? { kk: TICKET_WORDS.kk.full, ru: TICKET_WORDS.ru.full, en: TICKET_WORDS.en.full };
  const price = ticket.price.amount === 0 ? words.free : formatMoney(ticket.price);
  return {
    title: ticket.title[language],
    otherTitles: distinct(rest.map((other) => ticket.title[other]))
      .filter((title) => title !== ticket.title[language])
      .join(' · '),
    when: {
      ...label((w) => w.when),
      value: paperMoment(ticket.startsAt, zone),
      note: `${weekdays}, ${words.doors(venueTime(ticket.doorsOpenAt, zone))}`,
    },
    place: ticket.general
      ? [{ ...label((w) => w.place), value: words.anySeat, note: '' }]
      : [
          { ...label((w) => w.row), value: ticket.row, note: '' },
          { ...label((w) => w.seat), value: ticket.seat, note: '' },
        ],
    venue: {
      ...label((w) => w.venue),
      value: joined(ticket.venue[language], ticket.hall[language]),
      note: words.lateEntry(venueTime(ticket.lateEntryUntil, zone)),
    },
    kind: {
      ...label((w) => w.kind),
      value: distinct([language, ...rest].slice(0, 2).map((l) => kinds[l])).join(' · '),
      note: '',
    },
    price: {
      ...label((w) => w.price),
      value: price,
      note: ticket.listPrice.amount > ticket.price.amount ? words.instead(formatMoney(ticket.listPrice)) : '',
    },
    reasons: distinct(ticket.reasons.map((reason) => reason[language])),
    show: words.show,
    otherShow: rest.map((other) => TICKET_WORDS[other].show),
    entries: distinct([language, ...rest].map((l) => TICKET_WORDS[l].entries(ticket.places))).join(' · '),
    age: ticket.ageRating,
    guardian:
      ticket.guardianNote?.[language] ??
      (needsGuardian(ticket.startsAt, ticket.endsAt, zone) ? words.guardian(ticket.ageRating) : null),
    refund: ticket.live
      ? ticket.refundUntil
        ? words.refundUntil(paperMoment(ticket.refundUntil, zone))
        : words.noRefund
      : words.ended,
    festival: order.festival ? joined(order.festival[language], order.days ? paperDays(order.days) : '') : '',
    order: `${words.order} ${order.number}`,
    count: words.of(index + 1, count),
    code: ticket.admissionCode,
    spokenCode: spoken(ticket.shortCode),
    poster: ticket.poster,
  };
}

function paperDays(days: { from: string; to: string }): string {
  const [from, to] = [days.from.split('-').reverse(), days.to.split('-').reverse()];
  return from[2] === to[2] && from[1] === to[1] ? `${from[0]}–${to.join('.')}` : `${from.join('.')} – ${to.join('.')}`;
}

function joined(...parts: string[]): string {
  return distinct(parts.filter((part) => part !== '')).join(', ');
}

function distinct(parts: string[]): string[] {
  return [...new Set(parts)];
}
