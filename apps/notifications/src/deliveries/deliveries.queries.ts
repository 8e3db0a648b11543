import { Inject, Injectable } from '@nestjs/common';
import type {
  Channel,
  DeliveryAttempt,
  DeliveryDetails,
  DeliveryFilter,
  DeliveryLog,
  DeliveryState,
  DeliveryView,
} from '#libs/contracts';
import { isId, type Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import type { LetterFacts } from '../letters/letter.rules.js';
import { writeLetter, writeMessage } from '../letters/write-letter.js';
import { contentDigest, previewFacts } from '../sending/mail-content.rules.js';
import { deliveryNotKept, deliveryUnknown } from './delivery.refusals.js';
import { maskedAddress, mayLeave } from './delivery.rules.js';

interface LogRow {
  id: string;
  fact: string;
  person_id: string;
  channel: Channel;
  template: string;
  class: string;
  state: DeliveryState;
  attempts: number;
  address: string | null;
  queued_at: Date;
  sent_at: Date | null;
  next_try_at: Date;
  trouble: string | null;
  maybe_repeated: boolean;
  resend_of: string | null;
}

interface AttemptRow {
  number: number;
  started_at: Date;
  handed_over_at: Date | null;
  ended_at: Date | null;
  outcome: DeliveryAttempt['outcome'];
  trouble: string | null;
}

/** A preview, and whether it is the very text that left. */
export interface Preview {
  html: string;
  same: 'same' | 'changed' | 'not-sent';
}

const DEFAULT_LIMIT = 100;
const COLUMNS = `d.id, d.fact, d.person_id, d.channel, d.template, d.class, d.state, d.attempts, coalesce(d.address, c.email) AS address,
  d.queued_at, d.sent_at, d.next_try_at, d.trouble, d.maybe_repeated, d.resend_of`;

function view(row: LogRow): DeliveryView {
  return {
    id: row.id,
    fact: row.fact,
    personId: row.person_id,
    channel: row.channel,
    template: row.template,
    class: row.class,
    state: row.state,
    attempts: row.attempts,
    address: row.channel === 'email' && row.address !== null ? maskedAddress(row.address) : null,
    queuedAt: row.queued_at.toISOString(),
    sentAt: row.sent_at?.toISOString() ?? null,
    nextTryAt: ['queued', 'waiting-retry'].includes(row.state) ? row.next_try_at.toISOString() : null,
    trouble: row.trouble,
    maybeRepeated: row.maybe_repeated,
    resendOf: row.resend_of,
  };
}

/** The log of what was sent to whom, try by try, and what it says. */
@Injectable()
export class DeliveriesQueries {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  async log({ state, person, channel, fact, limit = DEFAULT_LIMIT }: DeliveryFilter): Promise<DeliveryLog> {
    const rows = await this.database.query<LogRow>(
      `SELECT ${COLUMNS} FROM delivery d LEFT JOIN contact c ON c.person_id = d.person_id
        WHERE ($1::text IS NULL OR d.state = $1) AND ($2::text IS NULL OR d.person_id = $2)
          AND ($3::text IS NULL OR d.fact = $3) AND ($5::text IS NULL OR d.channel = $5)
        ORDER BY d.queued_at DESC, d.id DESC LIMIT $4`,
      [state ?? null, person ?? null, fact ?? null, limit, channel ?? null],
    );
    const counts = await this.database.query<{ state: string; n: number }>(
      'SELECT state, count(*)::int AS n FROM delivery GROUP BY state',
    );
    return {
      deliveries: rows.map(view),
      counts: Object.fromEntries(counts.map(({ state: name, n }) => [name, n])),
    };
  }

  async details(id: string): Promise<DeliveryDetails> {
    const [row] = isId(id)
      ? await this.database.query<LogRow>(
          `SELECT ${COLUMNS} FROM delivery d LEFT JOIN contact c ON c.person_id = d.person_id WHERE d.id = $1`,
          [id],
        )
      : [];
    if (!row) throw deliveryUnknown();
    const attempts = await this.database.query<AttemptRow>(
      'SELECT * FROM delivery_attempt WHERE delivery_id = $1 ORDER BY number',
      [id],
    );
    const resends = await this.database.query<{ id: string }>(
      'SELECT id FROM delivery WHERE resend_of = $1 ORDER BY queued_at',
      [id],
    );
    return {
      delivery: view(row),
      attempts: attempts.map((attempt) => ({
        number: attempt.number,
        startedAt: attempt.started_at.toISOString(),
        handedOverAt: attempt.handed_over_at?.toISOString() ?? null,
        endedAt: attempt.ended_at?.toISOString() ?? null,
        outcome: attempt.outcome,
        trouble: attempt.trouble,
      })),
      resends: resends.map((one) => one.id),
    };
  }

  /** What was or will be sent, by the function that sends it; links that open something and codes are left out. */
  async preview(id: string): Promise<Preview> {
    const [row] = isId(id)
      ? await this.database.query<{
          channel: Channel;
          template: string;
          class: string;
          language: Language;
          data: object;
          facts: Partial<LetterFacts>;
          attachments: string;
          content_digest: string | null;
        }>(
          `SELECT d.channel, d.template, d.class, coalesce(d.language, c.language, 'kk') AS language, d.data, d.facts, d.attachments,
                  d.content_digest
             FROM delivery d LEFT JOIN contact c ON c.person_id = d.person_id WHERE d.id = $1`,
          [id],
        )
      : [];
    if (!row) throw deliveryUnknown();
    if (row.class === 'login' || (row.template !== 'digest' && Object.keys(row.data).length === 0))
      throw deliveryNotKept();
    const site = this.settings.PUBLIC_URL;
    const gathered =
      row.template === 'digest'
        ? await this.database.query<{ template: string; data: unknown }>(
            'SELECT template, data FROM delivery WHERE digest_id = $1 ORDER BY queued_at, id',
            [id],
          )
        : undefined;
    if (row.channel !== 'email') {
      const { title, text, link } = writeMessage(row.template, row.language, row.data, site, gathered);
      return { html: plainPage(`${title}\n\n${text}\n${link}`, row.language), same: 'not-sent' };
    }
    const had = {
      credentials: !['none', 'visit', 'reminder', 'digest'].includes(row.attachments),
      shortCode: row.attachments === 'badge',
      mayLeave: mayLeave(row.class),
    };
    const shown: LetterFacts = {
      ...previewFacts(row.facts, had, site),
      ...(['visit', 'reminder'].includes(row.attachments) && { link: `${site}/tickets` }),
      gathered,
    };
    const { html } = writeLetter(row.template, row.language, row.data, shown);
    if (row.content_digest === null) return { html, same: 'not-sent' };
    return { html, same: contentDigest(html, shown, site) === row.content_digest ? 'same' : 'changed' };
  }
}

function plainPage(text: string, language: Language): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><pre style="white-space:pre-wrap">${escaped}</pre></html>`;
}
