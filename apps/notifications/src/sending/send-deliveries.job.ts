import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Registry } from 'prom-client';
import type { Language } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { Database, isConnectionTrouble } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { retryDelay } from '../deliveries/delivery.rules.js';
import { DocumentsGone } from './fetch-documents.js';
import { MailRefused } from './mail-carrier.js';
import { SendDelivery } from './send-delivery.js';

const AT_ONCE = 6;
/** Only for what others queued and for retries that became due: what is queued here wakes the job. */
const LOOK_EVERY_MS = 1_000;
/** How long a try belongs to whoever took it; a process that died loses it after that. */
const LEASE_SECONDS = 60;

/** Tries to write down how a try ended: about 50 s in all, less than the lease. */
const WRITE_TRIES = 8;

interface End {
  state: 'sent' | 'failed' | 'withheld' | 'waiting-retry';
  trouble: string | null;
  afterMs: number;
}

export interface DueDelivery {
  id: string;
  person_id: string;
  template: string;
  key: string;
  language: Language;
  data: unknown;
  email: string;
  name: string | null;
  attempts: number;
}

/** Sends what is due; several instances share the queue. Wakes at once when something is queued. */
@Injectable()
export class SendDeliveriesJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;
  private readonly ended: Counter<'template' | 'state'>;

  constructor(
    private readonly database: Database,
    private readonly send: SendDelivery,
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.ended = new Counter({
      name: 'deliveries_total',
      help: 'Tries to send a message, by how they ended',
      labelNames: ['template', 'state'],
      registers: [registry],
    });
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
  }

  wake(): void {
    this.nap.end();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let worked = 0;
      try {
        worked = await this.sweep();
      } catch (error) {
        this.logger.warn({ err: error }, 'deliveries wait');
      }
      if (worked < AT_ONCE) await this.nap.sleep(LOOK_EVERY_MS);
    }
  }

  /** Sends one handful; answers how many were due. */
  private async sweep(): Promise<number> {
    await this.database.query(
      `UPDATE delivery d SET state = 'queued', next_try_at = clock_timestamp()
        WHERE state = 'awaiting-contact' AND EXISTS (SELECT 1 FROM contact c WHERE c.person_id = d.person_id AND NOT c.erased)`,
    );
    await this.database.query(
      `UPDATE delivery SET state = 'expired', trouble = coalesce(trouble, 'too-old'), address = NULL, data = '{}'
        WHERE state IN ('queued', 'waiting-retry', 'awaiting-contact') AND expires_at <= clock_timestamp()`,
    );
    const due = await this.database.query<DueDelivery>(
      `WITH due AS (
         SELECT id FROM delivery
          WHERE state IN ('queued', 'in-flight', 'waiting-retry') AND next_try_at <= clock_timestamp()
          ORDER BY next_try_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED),
       taken AS (
         UPDATE delivery d SET state = 'in-flight', attempts = attempts + 1,
                next_try_at = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
           FROM due WHERE d.id = due.id RETURNING d.*)
       SELECT t.id, t.person_id, t.template, t.key, coalesce(t.language, c.language, 'kk') AS language, t.data,
              coalesce(t.address, c.email) AS email, c.name, t.attempts
         FROM taken t LEFT JOIN contact c ON c.person_id = t.person_id`,
    );
    await Promise.all(due.map((delivery) => this.one(delivery)));
    return due.length;
  }

  private async one(delivery: DueDelivery): Promise<void> {
    const end = await this.attempt(delivery);
    this.ended.inc({ template: delivery.template, state: end.state });
    // A mail that left must not leave again because the database was away for a moment.
    for (let tries = 1; ; tries++) {
      try {
        await this.write(delivery, end);
        return;
      } catch (error) {
        if (tries >= WRITE_TRIES || !isConnectionTrouble(error)) throw error;
        await wait(100 * 2 ** tries);
      }
    }
  }

  private async write(delivery: DueDelivery, end: End): Promise<void> {
    const over = end.state !== 'waiting-retry';
    // Only the try that is still ours may write its end.
    await this.database.query(
      `UPDATE delivery SET state = $3, trouble = $4, next_try_at = clock_timestamp() + make_interval(secs => $5::float8),
              sent_at = CASE WHEN $3 = 'sent' THEN clock_timestamp() END,
              address = CASE WHEN $6 THEN NULL ELSE address END, data = CASE WHEN $6 THEN '{}'::jsonb ELSE data END
        WHERE id = $1 AND attempts = $2 AND state = 'in-flight'`,
      [delivery.id, delivery.attempts, end.state, end.trouble, end.afterMs / 1_000, over],
    );
  }

  private async attempt(delivery: DueDelivery): Promise<End> {
    try {
      await this.send.execute(delivery);
      return { state: 'sent', trouble: null, afterMs: 0 };
    } catch (error) {
      if (error instanceof MailRefused) return { state: 'failed', trouble: error.message, afterMs: 0 };
      if (error instanceof DocumentsGone) return { state: 'withheld', trouble: error.message, afterMs: 0 };
      // The mail server's own words may quote an address: only the code is kept.
      const trouble = codeOf(error);
      this.logger.warn({ delivery: delivery.id, template: delivery.template, trouble }, 'delivery is tried again');
      return { state: 'waiting-retry', trouble, afterMs: retryDelay(delivery.attempts, Math.random()) };
    }
  }
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code).toLowerCase();
  return error instanceof Error ? error.name.toLowerCase() : 'unknown';
}
