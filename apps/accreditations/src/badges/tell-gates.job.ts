import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { BadgeStateTold } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, LOGGER, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { gateRetryMs } from './badge.rules.js';
import { BadgeTelling } from './badge-telling.js';

const AT_ONCE = 20;
const PATIENCE_MS = 2_000;
/** Longer than a call may take: a row that a crashed process had taken comes back after it. */
const TAKEN_FOR = '10 seconds';

/** Tells the doors, over HTTP and without waiting for Kafka, which badges lost their power; repeats until they took it. */
@Injectable()
export class TellGates implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private stopListening?: () => void;
  private running?: Promise<void>;
  private again = false;

  constructor(
    private readonly database: Database,
    private readonly services: ServiceClient,
    private readonly telling: BadgeTelling,
    @Inject(SETTINGS) private readonly settings: AccreditationsSettings & CommonSettings,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.wake(), this.settings.TELL_GATES_MS).unref();
    this.stopListening = this.database.onCommit((tx) => {
      if (this.telling.toldGates(tx)) this.wake();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await this.running;
  }

  /** Waits a little for the doors, so that the officer who asked sees "at the gates" in the answer. */
  async settled(applicationId: string, patienceMs = 1_500): Promise<void> {
    for (const end = Date.now() + patienceMs; Date.now() < end; await wait(25)) {
      const [row] = await this.database.query<{ open: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM gate_telling g JOIN badge b ON b.id = g.badge_id
                         WHERE b.application_id = $1 AND g.taken_at IS NULL) AS open`,
        [applicationId],
      );
      if (!row?.open) return;
    }
  }

  private wake(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.round()
      .catch((error: unknown) => this.log.warn({ err: error }, 'the doors could not be told'))
      .finally(() => {
        this.running = undefined;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  /** Tells what is due; the attempt is counted before the call, so that a crash costs a wait and no more. */
  async round(): Promise<void> {
    const due = await this.database.query<{ fact: string; body: BadgeStateTold; attempts: number }>(
      `WITH due AS (SELECT fact FROM gate_telling WHERE taken_at IS NULL AND next_try_at <= clock_timestamp()
                     ORDER BY next_try_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE gate_telling t SET attempts = t.attempts + 1, next_try_at = clock_timestamp() + $2::interval
                        FROM due WHERE t.fact = due.fact RETURNING t.fact, t.body, t.attempts)
       SELECT fact, body, attempts FROM taken`,
      [AT_ONCE, TAKEN_FOR],
    );
    await Promise.all(due.map((row) => this.tell(row)));
  }

  private async tell(row: { fact: string; body: BadgeStateTold; attempts: number }): Promise<void> {
    const taken = await this.services
      .call('tickets', 'POST', `${this.settings.TICKETS_URL}/internal/door/badge-states`, row.body, {
        timeoutMs: PATIENCE_MS,
      })
      .then(
        (answer) => answer.status < 300,
        () => false,
      );
    await this.database.query(
      taken
        ? 'UPDATE gate_telling SET taken_at = clock_timestamp() WHERE fact = $1'
        : `UPDATE gate_telling SET next_try_at = clock_timestamp() + $2 * interval '1 millisecond' WHERE fact = $1`,
      taken ? [row.fact] : [row.fact, gateRetryMs(row.attempts)],
    );
  }
}
