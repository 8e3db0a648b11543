/** What came back: for good, for now, or a reader who called it spam. */
export type BounceKind = 'permanent' | 'transient' | 'complaint';

/** One recipient of a delivery status notification, RFC 3464 section 2.3. */
export interface ReportedRecipient {
  /** Final and original recipient, in small letters: a mailbox that forwards differs in them. */
  recipients: string[];
  action: string;
  /** Enhanced status code, RFC 3463. */
  status: string | undefined;
}

/**
 * Reads the body of `message/delivery-status`: groups of fields apart by empty lines, the first about the message, each
 * further about a recipient. Lines that begin with a blank belong to the field before.
 */
export function readDeliveryStatus(body: string): ReportedRecipient[] {
  const groups = body
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/);
  const reported: ReportedRecipient[] = [];
  for (const group of groups) {
    const fields = new Map<string, string>();
    for (const line of group.split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const action = fields.get('action')?.toLowerCase();
    const recipients = ['final-recipient', 'original-recipient'].flatMap((name) => fields.get(name) ?? []);
    if (!action || recipients.length === 0) continue;
    reported.push({
      // "rfc822; somebody@example.kz"
      recipients: recipients.map((one) =>
        one
          .slice(one.indexOf(';') + 1)
          .trim()
          .toLowerCase(),
      ),
      action,
      status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0],
    });
  }
  return reported;
}

/** What a report means; undefined for one that reports no failure (delayed, delivered, relayed, expanded). */
export function kindOf({ action, status }: ReportedRecipient): Exclude<BounceKind, 'complaint'> | undefined {
  if (action !== 'failed') return undefined;
  return status?.startsWith('4') ? 'transient' : 'permanent';
}

/**
 * Whether an address is of no use at all, so that nothing more is sent there: no such mailbox or domain, one that takes no
 * mail, a mailbox that is switched off, no route (RFC 3463, RFC 7505). A full mailbox, a mail that is too large or one that a filter disliked says nothing of the address.
 */
export function endsAddress(status: string | undefined): boolean {
  return status !== undefined && /^5\.(1\.([1236]|10)|2\.[01]|4\.[14])$/.test(status);
}

/** So many failures that say nothing of the address, within {@link PATIENCE_DAYS}, say it after all. */
export const PATIENCE = 3;
export const PATIENCE_DAYS = 30;
