import { createHash } from 'node:crypto';
import type { LetterFacts } from '../letters/letter.rules.js';
import { escaped } from '../letters/mail-layout.js';

/** What stands in a preview where the mail that left had a link that opens something, or a code. */
const NO_CODE = '•••• ••••';

export function placeholders(site: string): { link: string; unsubscribe: string } {
  return { link: `${site}/not-kept`, unsubscribe: `${site}/api/notifications/unsubscribe/not-kept` };
}

/** What may be kept of the facts of a letter: words and dates, no link and no code. */
export function keptFacts({ message, reason, dueAt, delegation }: LetterFacts): Partial<LetterFacts> | undefined {
  const kept = { message, reason, dueAt, delegation };
  return Object.values(kept).some((value) => value !== undefined) ? kept : undefined;
}

/** The facts that a preview is written from: those that were kept, with nothing that opens anything. */
export function previewFacts(
  kept: Partial<LetterFacts>,
  had: { credentials: boolean; shortCode: boolean; mayLeave: boolean },
  site: string,
): LetterFacts {
  const blank = placeholders(site);
  return {
    ...kept,
    link: had.credentials ? blank.link : site,
    ...(had.shortCode && { shortCode: NO_CODE }),
    ...(had.mayLeave && { unsubscribe: blank.unsubscribe }),
  };
}

/** The mail that leaves, as a preview of it has to look: its digest says later whether a preview is the very same. */
export function contentDigest(html: string, facts: LetterFacts, site: string): string {
  const blank = placeholders(site);
  let shown = html;
  if (facts.unsubscribe) shown = shown.replaceAll(escaped(facts.unsubscribe), escaped(blank.unsubscribe));
  if (facts.link !== site) shown = shown.replaceAll(escaped(facts.link), escaped(blank.link));
  if (facts.shortCode) shown = shown.replaceAll(escaped(facts.shortCode), NO_CODE);
  return createHash('sha256').update(shown).digest('base64url');
}
