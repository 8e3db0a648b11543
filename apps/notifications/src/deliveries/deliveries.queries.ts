import { Injectable } from '@nestjs/common';
import type { DeliveryFilter, DeliveryLog, DeliveryState } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { maskedAddress } from './delivery.rules.js';

interface LogRow {
  id: string;
  fact: string;
  person_id: string;
  template: string;
  state: DeliveryState;
  attempts: number;
  address: string | null;
  queued_at: Date;
  sent_at: Date | null;
  next_try_at: Date;
  trouble: string | null;
}

const DEFAULT_LIMIT = 100;

/** The log of what was sent to whom. */
@Injectable()
export class DeliveriesQueries {
  constructor(private readonly database: Database) {}

  async log({ state, person, fact, limit = DEFAULT_LIMIT }: DeliveryFilter): Promise<DeliveryLog> {
    const rows = await this.database.query<LogRow>(
      `SELECT d.id, d.fact, d.person_id, d.template, d.state, d.attempts, coalesce(d.address, c.email) AS address,
              d.queued_at, d.sent_at, d.next_try_at, d.trouble
         FROM delivery d LEFT JOIN contact c ON c.person_id = d.person_id
        WHERE ($1::text IS NULL OR d.state = $1) AND ($2::text IS NULL OR d.person_id = $2)
          AND ($3::text IS NULL OR d.fact = $3)
        ORDER BY d.queued_at DESC, d.id DESC LIMIT $4`,
      [state ?? null, person ?? null, fact ?? null, limit],
    );
    const counts = await this.database.query<{ state: string; n: number }>(
      'SELECT state, count(*)::int AS n FROM delivery GROUP BY state',
    );
    return {
      deliveries: rows.map((row) => ({
        id: row.id,
        fact: row.fact,
        personId: row.person_id,
        channel: 'email',
        template: row.template,
        state: row.state,
        attempts: row.attempts,
        address: row.address === null ? null : maskedAddress(row.address),
        queuedAt: row.queued_at.toISOString(),
        sentAt: row.sent_at?.toISOString() ?? null,
        nextTryAt: ['queued', 'waiting-retry'].includes(row.state) ? row.next_try_at.toISOString() : null,
        trouble: row.trouble,
      })),
      counts: Object.fromEntries(counts.map(({ state: name, n }) => [name, n])),
    };
  }
}
