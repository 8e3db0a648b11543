import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Language } from '#libs/kernel';
import { drawPoster, FELT_COLOURS } from '#libs/poster';
import type { TicketFacts, TicketPaper } from './ticket-paper.rules.js';

export interface GoogleWalletSettings {
  issuer: string;
  account: string;
  key: KeyObject;
}

const SAVE = 'https://pay.google.com/gp/v/save/';
/** Google cuts links that are longer than about 1,800 characters, so names are kept short. */
const LONGEST_NAME = 32;

/** The link that puts a ticket into Google Wallet: class and object as a signed JWT, in the language of its order. */
export async function googleWalletLink(
  ticketId: string,
  screeningId: string,
  facts: TicketFacts,
  paper: TicketPaper,
  language: Language,
  settings: GoogleWalletSettings,
): Promise<string> {
  const says = (value: string) => ({ defaultValue: { language, value: short(value) } });
  const classId = `${settings.issuer}.${screeningId.replace(/[^\w.-]/g, '_')}`;
  const payload = {
    eventTicketClasses: [
      {
        id: classId,
        issuerName: 'Seans',
        reviewStatus: 'UNDER_REVIEW',
        eventName: says(paper.title),
        venue: { name: says(facts.venue[language]), address: says(facts.hall[language]) },
        dateTime: { start: facts.startsAt.toISOString().replace('.000Z', 'Z') },
        hexBackgroundColor: FELT_COLOURS[drawPoster(facts.poster).felt].ground,
      },
    ],
    eventTicketObjects: [
      {
        id: `${settings.issuer}.${ticketId.replaceAll('-', '')}`,
        classId,
        state: 'ACTIVE',
        barcode: { type: 'QR_CODE', value: paper.code, alternateText: paper.spokenCode },
        ...(!facts.general && { seatInfo: { row: says(facts.row), seat: says(facts.seat) } }),
      },
    ],
  };
  const jwt = await new SignJWT({ typ: 'savetowallet', payload })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(settings.account)
    .setAudience('google')
    .setIssuedAt()
    .sign(settings.key);
  return `${SAVE}${jwt}`;
}

function short(text: string): string {
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}
