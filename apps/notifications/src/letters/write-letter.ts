import type { Language } from '#libs/kernel';
import { badgeEnded, badgeIssued, bookingCancelled, bookingMade } from './accreditation-letters.js';
import {
  applicationAppealed,
  applicationDecided,
  applicationLapsed,
  applicationReopened,
  applicationSubmitted,
  extraDecided,
  feePaid,
  informationRequested,
  memberInvited,
  placeOffered,
} from './application-letters.js';
import { chargedBack, linesReturned, ticketReprinted, ticketTransferred } from './change-letters.js';
import type { Letter, LetterFacts, Template } from './letter.rules.js';
import { loginLink } from './login-letter.js';
import { letterHtml, letterText } from './mail-layout.js';
import { orderPaid, refundDue, refunded } from './order-letters.js';
import { digest, phoneCode, reminderSoon, reminderTomorrow } from './own-letters.js';
import {
  bookingMissed,
  bookingReleased,
  invitationMade,
  passIssued,
  ticketReleased,
  waitlistEnded,
  waitlistOffered,
} from './place-letters.js';
import { screeningCancelled, screeningDelayed, screeningMoved, screeningRated, seatChanged } from './visit-letters.js';

type AnyWriter = (data: never, language: Language, facts: LetterFacts) => Letter;

const WRITERS: Record<Template, AnyWriter> = {
  'order-paid': orderPaid,
  'refund-due': refundDue,
  refunded,
  'tickets-returned': linesReturned,
  'charged-back': chargedBack,
  'ticket-transferred': ticketTransferred,
  'ticket-reprinted': ticketReprinted,
  'ticket-released': ticketReleased,
  'pass-issued': passIssued,
  'fee-paid': feePaid,
  'application-submitted': applicationSubmitted,
  'information-requested': informationRequested,
  'application-decided': applicationDecided,
  'application-lapsed': applicationLapsed,
  'application-appealed': applicationAppealed,
  'application-reopened': applicationReopened,
  'place-offered': placeOffered,
  'badge-issued': badgeIssued,
  'badge-ended': badgeEnded,
  'member-invited': memberInvited,
  'extra-decided': extraDecided,
  'booking-made': bookingMade,
  'booking-cancelled': bookingCancelled,
  'booking-released': bookingReleased,
  'booking-missed': bookingMissed,
  'invitation-made': invitationMade,
  'waitlist-offered': waitlistOffered,
  'waitlist-ended': waitlistEnded,
  'screening-moved': screeningMoved,
  'seat-changed': seatChanged,
  'screening-delayed': screeningDelayed,
  'screening-rated': screeningRated,
  'screening-cancelled': screeningCancelled,
  'reminder-24h': reminderTomorrow,
  'reminder-2h': reminderSoon,
  digest: (_data, language, facts) =>
    digest(
      (facts.gathered ?? []).map((one) => letterOf(one.template, language, one.data, { link: facts.link })),
      language,
      facts.link,
    ),
  'login-link': loginLink,
  'phone-code': phoneCode,
};

function letterOf(template: string, language: Language, data: unknown, facts: LetterFacts): Letter {
  const write = (WRITERS as Record<string, AnyWriter | undefined>)[template];
  if (!write) throw new Error(`there is no template ${template}`);
  return write(data as never, language, facts);
}

export interface WrittenLetter {
  subject: string;
  html: string;
  text: string;
}

/** The one way from a template to a mail; what a preview shows is what is sent. `data` was checked by its contract. */
export function writeLetter(template: string, language: Language, data: unknown, facts: LetterFacts): WrittenLetter {
  const letter = letterOf(template, language, data, facts);
  return {
    subject: letter.subject,
    html: letterHtml(letter, language, facts.unsubscribe),
    text: letterText(letter, language, facts.unsubscribe),
  };
}

export interface WrittenMessage {
  title: string;
  text: string;
  /** A page of the site that asks who reads: links of mails that open something are for mails alone. */
  link: string;
}

/**
 * The same letter in a few words, for the inbox, Telegram and SMS. No officer's words and no personal link are in it.
 * @param site the origin of the site
 */
export function writeMessage(
  template: string,
  language: Language,
  data: unknown,
  site: string,
  gathered?: LetterFacts['gathered'],
): WrittenMessage {
  const letter = letterOf(template, language, data, { link: site, gathered });
  return {
    title: letter.subject,
    text: gathered
      ? (letter.rows ?? []).map(({ title }) => title).join('\n')
      : (letter.short?.text ?? letter.paragraphs[0] ?? ''),
    link: letter.short?.href ?? letter.action?.href ?? `${site}/`,
  };
}
