import { createHash, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LeavableClass, PreferencesChange } from '#libs/contracts';
import { MINUTE, newCode } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { isErased } from '../contacts/person-lock.js';

export interface PreferenceRow {
  left_classes: string[];
  telegram: boolean;
  sms: boolean;
  chat_id: string | null;
  phone: string | null;
}

const CODE_LIVES_MS = 10 * MINUTE;
/** A six-digit code is guessed with one chance in 200,000. */
const CODE_TRIES = 5;
/** So many numbers or codes may be asked for in ten minutes: each short message costs. */
const CODES_AT_ONCE = 3;

const digestOf = (kind: string, person: string, code: string) =>
  createHash('sha256').update(`${kind} ${person} ${code}`).digest('hex');

/** What of these classes and channels was not sent yet is not sent any more; a code that confirms a number is. */
async function withhold(tx: Tx, personId: string, classes: string[], channels: string[]): Promise<void> {
  await tx.query(
    `UPDATE delivery SET state = 'withheld', trouble = 'left'
      WHERE person_id = $1 AND (class = ANY ($2) OR (channel = ANY ($3) AND class <> 'login'))
        AND state IN ('queued', 'waiting-retry', 'awaiting-contact')`,
    [personId, classes, channels],
  );
}

/** What a person wants, and where else messages go: what was never said is the default, all of it. */
@Injectable()
export class PreferencesStore {
  constructor(private readonly database: Database) {}

  async of(personId: string): Promise<PreferenceRow> {
    const [row] = await this.database.query<PreferenceRow>(
      'SELECT left_classes, telegram, sms, chat_id, phone FROM preference WHERE person_id = $1',
      [personId],
    );
    return row ?? { left_classes: [], telegram: true, sms: true, chat_id: null, phone: null };
  }

  /** What a person switches off is not sent any more, also what waits already. Nobody who was erased comes back by it. */
  async change(personId: string, { classes, telegram, sms }: PreferencesChange): Promise<void> {
    const left = Object.entries(classes).flatMap(([name, wanted]) => (wanted ? [] : [name]));
    const off = [...(telegram ? [] : ['telegram']), ...(sms ? [] : ['sms'])];
    await this.database.transaction(async (tx) => {
      if (await isErased(tx, personId)) return;
      await tx.query(
        `INSERT INTO preference (person_id, left_classes, telegram, sms) VALUES ($1, $2, $3, $4)
         ON CONFLICT (person_id) DO UPDATE SET left_classes = excluded.left_classes, telegram = excluded.telegram, sms = excluded.sms`,
        [personId, left, telegram, sms],
      );
      await withhold(tx, personId, left, off);
    });
  }

  /** Leaves a class; what of it was not sent yet is withheld. Twice is once. Nobody who was erased comes back by it. */
  async leave(personId: string, deliveryClass: LeavableClass): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await isErased(tx, personId)) return;
      await tx.query(
        `INSERT INTO preference (person_id, left_classes) VALUES ($1, ARRAY[$2::text])
         ON CONFLICT (person_id) DO UPDATE SET left_classes =
           CASE WHEN $2 = ANY (preference.left_classes) THEN preference.left_classes ELSE preference.left_classes || $2::text END`,
        [personId, deliveryClass],
      );
      await withhold(tx, personId, [deliveryClass], []);
    });
  }

  /** A code for a chat: 80 bits, kept as its digest. A new one ends those before it. */
  chatCode(personId: string): Promise<{ code: string; expiresAt: Date }> {
    const code = newCode();
    return this.database.transaction(async (tx) => {
      // A code for somebody who was erased is kept nowhere, and opens nothing.
      const [row] = await tx.query<{ expires_at: Date }[]>(
        `WITH old AS (DELETE FROM link_code WHERE person_id = $2 AND kind = 'telegram')
         INSERT INTO link_code (digest, person_id, kind, expires_at)
         SELECT $1, $2, 'telegram', clock_timestamp() + make_interval(secs => $3::float8) WHERE NOT $4 RETURNING expires_at`,
        [digestOf('telegram', '', code), personId, CODE_LIVES_MS / 1_000, await isErased(tx, personId)],
      );
      return { code, expiresAt: row?.expires_at ?? new Date() };
    });
  }

  /** Links a chat to whoever holds the code; works once. Undefined: no such code (any more). */
  linkChat(code: string, chatId: string): Promise<string | undefined> {
    return this.database.transaction(async (tx) => {
      const [found] = await tx.query<{ person_id: string }[]>(
        `WITH used AS (DELETE FROM link_code WHERE digest = $1 AND kind = 'telegram' AND expires_at > clock_timestamp() RETURNING person_id)
         SELECT person_id FROM used`,
        [digestOf('telegram', '', code)],
      );
      if (!found || (await isErased(tx, found.person_id))) return undefined;
      await tx.query('UPDATE preference SET chat_id = NULL WHERE chat_id = $1', [chatId]);
      await tx.query(
        `INSERT INTO preference (person_id, chat_id) VALUES ($1, $2)
         ON CONFLICT (person_id) DO UPDATE SET chat_id = excluded.chat_id, telegram = true`,
        [found.person_id, chatId],
      );
      return found.person_id;
    });
  }

  /** True when the chat was linked until now. */
  async unlinkChat(chatId: string): Promise<boolean> {
    const rows = await this.database.query(
      'WITH gone AS (UPDATE preference SET chat_id = NULL WHERE chat_id = $1 RETURNING 1) SELECT 1 FROM gone',
      [chatId],
    );
    return rows.length > 0;
  }

  async unlinkChatOf(personId: string): Promise<void> {
    await this.database.query('UPDATE preference SET chat_id = NULL WHERE person_id = $1', [personId]);
  }

  /** A six-digit code for a number; undefined when too many were asked for. */
  async phoneCode(tx: Tx, personId: string, phone: string): Promise<{ code: string; expiresAt: Date } | undefined> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`phone ${personId}`]);
    if (await isErased(tx, personId)) return undefined;
    await tx.query(
      `DELETE FROM link_code WHERE person_id = $1 AND kind = 'phone' AND expires_at <= clock_timestamp()`,
      [personId],
    );
    const [count] = await tx.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM link_code WHERE person_id = $1 AND kind = 'phone'`,
      [personId],
    );
    if ((count?.n ?? 0) >= CODES_AT_ONCE) return undefined;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const [row] = await tx.query<{ expires_at: Date }[]>(
      `INSERT INTO link_code (digest, person_id, kind, phone, expires_at)
         VALUES ($1, $2, 'phone', $3, clock_timestamp() + make_interval(secs => $4::float8))
         ON CONFLICT (digest) DO UPDATE SET phone = excluded.phone, expires_at = excluded.expires_at, tries = 0 RETURNING expires_at`,
      [digestOf('phone', personId, code), personId, phone, CODE_LIVES_MS / 1_000],
    );
    return { code, expiresAt: row?.expires_at ?? new Date() };
  }

  /** Confirms a number; false for a wrong code, and for any after too many wrong ones. */
  confirmPhone(personId: string, code: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (await isErased(tx, personId)) return false;
      const open = await tx.query<{ digest: string; phone: string }[]>(
        `SELECT digest, phone FROM link_code WHERE person_id = $1 AND kind = 'phone' AND expires_at > clock_timestamp()
            AND tries < ${CODE_TRIES} FOR UPDATE`,
        [personId],
      );
      const right = open.find(({ digest }) => digest === digestOf('phone', personId, code));
      if (!right) {
        await tx.query(`UPDATE link_code SET tries = tries + 1 WHERE person_id = $1 AND kind = 'phone'`, [personId]);
        return false;
      }
      await tx.query(`DELETE FROM link_code WHERE person_id = $1 AND kind = 'phone'`, [personId]);
      await tx.query(
        `INSERT INTO preference (person_id, phone) VALUES ($1, $2)
         ON CONFLICT (person_id) DO UPDATE SET phone = excluded.phone, sms = true`,
        [personId, right.phone],
      );
      return true;
    });
  }

  async forgetPhone(personId: string): Promise<void> {
    await this.database.query('UPDATE preference SET phone = NULL WHERE person_id = $1', [personId]);
  }
}
