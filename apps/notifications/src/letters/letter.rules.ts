import { formatWeekday, type Language, type LocalText, venueDate } from '#libs/kernel';

export type Template =
  | 'order-paid'
  | 'refund-due'
  | 'refunded'
  | 'tickets-returned'
  | 'charged-back'
  | 'ticket-transferred'
  | 'ticket-reprinted'
  | 'ticket-released'
  | 'pass-issued'
  | 'fee-paid'
  | 'application-submitted'
  | 'information-requested'
  | 'application-decided'
  | 'application-lapsed'
  | 'application-appealed'
  | 'application-reopened'
  | 'place-offered'
  | 'badge-issued'
  | 'badge-ended'
  | 'member-invited'
  | 'extra-decided'
  | 'booking-made'
  | 'booking-cancelled'
  | 'booking-released'
  | 'booking-missed'
  | 'invitation-made'
  | 'waitlist-offered'
  | 'waitlist-ended'
  | 'screening-moved'
  | 'seat-changed'
  | 'screening-delayed'
  | 'screening-rated'
  | 'screening-cancelled'
  | 'reminder-24h'
  | 'reminder-2h'
  | 'digest'
  | 'login-link'
  | 'phone-code';

/** What the mail knows beside the event: from the owner of the documents. */
export interface LetterFacts {
  /** Where the main button leads. */
  link: string;
  shortCode?: string;
  /** What an officer asked for, and why a decision is as it is. */
  message?: string;
  reason?: string;
  dueAt?: string;
  /** The delegation that invites. */
  delegation?: string;
  /** Where one click leaves letters of this kind. */
  unsubscribe?: string;
  /** What a digest gathers, oldest first. */
  gathered?: readonly { template: string; data: unknown }[];
}

/** What a mail says, before it looks like anything. One source of the HTML, of the written text and of short messages. */
export interface Letter {
  subject: string;
  heading: string;
  paragraphs: string[];
  rows?: { title: string; note?: string; value?: string }[];
  total?: { label: string; value: string };
  action?: { label: string; href: string };
  box?: { title: string; text: string };
  /** Where the mail speaks of what is attached to it, or its link opens something: what a short message says instead. */
  short?: { text: string; href: string };
  footer: string;
}

export type LetterWriter<D> = (data: D, language: Language, facts: LetterFacts) => Letter;

export function inLanguage(text: LocalText, language: Language): string {
  return text[language];
}

const RUSSIAN_ON: Record<string, string> = {
  понедельник: 'в понедельник',
  вторник: 'во вторник',
  среда: 'в среду',
  четверг: 'в четверг',
  пятница: 'в пятницу',
  суббота: 'в субботу',
  воскресенье: 'в воскресенье',
};

/** "дүйсенбіде" · "в понедельник" · "on Monday", by the venue's calendar. */
export function onWeekday(instant: Date, zone: string, language: Language): string {
  const name = formatWeekday(venueDate(instant, zone), language);
  if (language === 'kk') return `${name}${name.endsWith('а') ? 'да' : 'де'}`;
  return language === 'ru' ? (RUSSIAN_ON[name] ?? name) : `on ${name}`;
}

export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
