import type { Language } from '#libs/kernel';
import {
  applicationDecided,
  applicationSubmitted,
  badgeIssued,
  bookingCancelled,
  bookingMade,
  informationRequested,
} from './accreditation-letters.js';
import { chargedBack, linesReturned, ticketReprinted, ticketTransferred } from './change-letters.js';
import type { EventTemplate, Letter, LetterFacts } from './letter.rules.js';
import { loginLink } from './login-letter.js';
import { letterHtml, letterText } from './mail-layout.js';
import { orderPaid, refundDue, refunded } from './order-letters.js';
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

const WRITERS: Record<EventTemplate | 'login-link', AnyWriter> = {
  'order-paid': orderPaid,
  'refund-due': refundDue,
  refunded,
  'tickets-returned': linesReturned,
  'charged-back': chargedBack,
  'ticket-transferred': ticketTransferred,
  'ticket-reprinted': ticketReprinted,
  'application-submitted': applicationSubmitted,
  'information-requested': informationRequested,
  'application-decided': applicationDecided,
  'badge-issued': badgeIssued,
  'booking-made': bookingMade,
  'booking-cancelled': bookingCancelled,
  'booking-released': bookingReleased,
  'booking-missed': bookingMissed,
  'invitation-made': invitationMade,
  'waitlist-offered': waitlistOffered,
  'waitlist-ended': waitlistEnded,
  'pass-issued': passIssued,
  'ticket-released': ticketReleased,
  'screening-moved': screeningMoved,
  'seat-changed': seatChanged,
  'screening-delayed': screeningDelayed,
  'screening-rated': screeningRated,
  'screening-cancelled': screeningCancelled,
  'login-link': loginLink,
};

export interface WrittenLetter {
  subject: string;
  html: string;
  text: string;
}

/** The one way from a template to a mail; what a preview shows is what is sent. `data` was checked by its contract. */
export function writeLetter(template: string, language: Language, data: unknown, facts: LetterFacts): WrittenLetter {
  const write = (WRITERS as Record<string, AnyWriter | undefined>)[template];
  if (!write) throw new Error(`there is no template ${template}`);
  const letter = write(data as never, language, facts);
  return { subject: letter.subject, html: letterHtml(letter, language), text: letterText(letter, language) };
}
