import { type Language, venueDate } from '#libs/kernel';
import { drawPoster, FELT_COLOURS } from '#libs/poster';
import { passPicture } from './pass-art.js';
import type { PassCertificate } from './pass-certificate.js';
import type { TicketFacts, TicketPaper } from './ticket-paper.rules.js';
import { TICKET_WORDS } from './ticket-words.js';

export interface ApplePassSettings {
  passType: string;
  team: string;
  certificate: PassCertificate;
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}

/** An event ticket for Apple Wallet: signed (PKCS #7, detached), in the language of its order. */
export async function applePass(
  ticketId: string,
  facts: TicketFacts,
  paper: TicketPaper,
  language: Language,
  settings: ApplePassSettings,
): Promise<Buffer> {
  // Signing brings 17 MB of libraries with it: they are loaded for the first pass.
  const { PKPass } = await import('passkit-generator');
  const words = TICKET_WORDS[language];
  const { ground, text } = FELT_COLOURS[drawPoster(facts.poster).felt];
  const pass = new PKPass(pictures(facts), signing(settings.certificate), {
    formatVersion: 1,
    serialNumber: ticketId,
    passTypeIdentifier: settings.passType,
    teamIdentifier: settings.team,
    organizationName: paper.festival || 'Seans',
    description: `${words.ticket}: ${paper.title}`,
    backgroundColor: rgb(ground),
    foregroundColor: rgb(text),
    labelColor: rgb(text),
    // Who has the pass has the seat.
    sharingProhibited: true,
  });
  pass.type = 'eventTicket';
  pass.headerFields.push({ key: 'when', label: paper.when.value.slice(0, 10), value: paper.when.value.slice(12) });
  pass.primaryFields.push({ key: 'title', label: '', value: paper.title });
  pass.secondaryFields.push({ key: 'venue', label: paper.venue.label, value: paper.venue.value });
  for (const [index, cell] of paper.place.entries())
    pass.auxiliaryFields.push({ key: `place-${index}`, label: cell.label, value: cell.value });
  pass.auxiliaryFields.push({ key: 'kind', label: paper.kind.label, value: paper.kind.value });
  pass.backFields.push(
    { key: 'order', label: words.order, value: paper.order },
    { key: 'code', label: words.ticket, value: paper.spokenCode },
    { key: 'price', label: words.price, value: [paper.price.value, ...paper.reasons].join('. ') },
    { key: 'rules', label: ' ', value: [paper.show, paper.guardian, paper.refund].filter(Boolean).join('\n') },
  );
  pass.setBarcodes({
    format: 'PKBarcodeFormatQR',
    message: paper.code,
    messageEncoding: 'iso-8859-1',
    altText: paper.spokenCode,
  });
  pass.setRelevantDate(facts.startsAt);
  // A pass of a past day goes to the archive by itself; a moved screening keeps its code, so a week is left.
  pass.setExpirationDate(new Date(Date.parse(`${venueDate(facts.endsAt, facts.timezone)}T00:00:00Z`) + 7 * 86_400_000));
  return pass.getAsBuffer();
}

const drawn = new Map<string, Record<string, Buffer>>();
const KEPT = 200;

/** A film's pictures, drawn once per process. */
function pictures({ poster }: TicketFacts): Record<string, Buffer> {
  const name = `${poster.salt}/${poster.id}`;
  const known = drawn.get(name);
  if (known) return known;
  const sizes: [string, number, number][] = [
    ['icon', 29, 29],
    ['logo', 50, 50],
    ['strip', 375, 98],
  ];
  const made = Object.fromEntries(
    sizes.flatMap(([name, width, height]) =>
      [1, 2].map((scale) => [
        `${name}${scale === 1 ? '' : '@2x'}.png`,
        passPicture(poster, width * scale, height * scale),
      ]),
    ),
  );
  if (drawn.size >= KEPT) drawn.clear();
  drawn.set(name, made);
  return made;
}

function signing({ signer, key, wwdr }: PassCertificate) {
  return { signerCert: signer, signerKey: key, wwdr };
}
