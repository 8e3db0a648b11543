import { Injectable } from '@nestjs/common';
import type { PersonRecords, Traces } from '#libs/contracts';
import { Database } from '#libs/persistence';

/** What is kept of a person beside ids and that something was sent; what is counted is what an erasure takes away. */
const TRACES: readonly (readonly [what: string, count: string])[] = [
  ['contact', 'SELECT count(*) FROM contact WHERE person_id = $1 AND NOT erased'],
  [
    'messages',
    `SELECT count(*) FROM delivery WHERE person_id = $1 AND (data <> '{}' OR facts <> '{}' OR address IS NOT NULL)`,
  ],
  ['bounces', 'SELECT count(*) FROM bounce WHERE delivery_id IN (SELECT id FROM delivery WHERE person_id = $1)'],
  ['preferences', 'SELECT count(*) FROM preference WHERE person_id = $1'],
  ['codes', 'SELECT count(*) FROM link_code WHERE person_id = $1'],
  ['inbox', 'SELECT count(*) FROM note WHERE person_id = $1'],
  ['visits', 'SELECT count(*) FROM visit_hold WHERE person_id = $1'],
];

@Injectable()
export class PrivacyQueries {
  constructor(private readonly database: Database) {}

  async traces(personId: string): Promise<Traces> {
    const columns = TRACES.map(([, count], index) => `(${count})::int AS c${index}`).join(', ');
    const [row] = await this.database.query<Record<string, number>>(`SELECT ${columns}`, [personId]);
    return {
      left: TRACES.map(([what], index) => ({ what, count: row?.[`c${index}`] ?? 0 })).filter(({ count }) => count > 0),
    };
  }

  async records(personId: string): Promise<PersonRecords> {
    const all = async (sql: string) =>
      (await this.database.query<{ row: unknown }>(sql, [personId])).map(({ row }) => row);
    const [contact, preferences, messages] = await Promise.all([
      all(`SELECT jsonb_build_object('email', email, 'name', name, 'language', language) AS row FROM contact WHERE person_id = $1`),
      all(`SELECT jsonb_build_object('left', left_classes, 'telegram', chat_id, 'phone', phone) AS row FROM preference WHERE person_id = $1`),
      all(`SELECT jsonb_build_object('channel', channel, 'template', template, 'state', state, 'queuedAt', queued_at, 'sentAt', sent_at) AS row
             FROM delivery WHERE person_id = $1 ORDER BY queued_at`),
    ]);
    return { contact: contact[0] ?? null, preferences: preferences[0] ?? null, messages };
  }
}
