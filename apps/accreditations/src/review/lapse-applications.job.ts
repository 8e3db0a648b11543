import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, SECOND } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK, LOGGER } from '#libs/service-defaults';
import { mayDo } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { Editions } from '../editions/editions.js';

const EVERY_MS = 5 * SECOND;
const AT_ONCE = 50;

/** Ends applications whose applicant let the due date pass, by festival time. */
@Injectable()
export class LapseApplications implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly steps: ApplicationSteps,
    private readonly editions: Editions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.round()
        .catch((error: unknown) => this.log.warn({ err: error }, 'late applications could not be ended'))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many lapsed */
  async round(): Promise<number> {
    const due = await this.database.query<{ id: string }>(
      `SELECT a.id FROM application a LEFT JOIN festival_clock c ON c.edition_id = a.edition_id
        WHERE a.state = 'information-requested'
          AND a.due_at <= $1::timestamptz + coalesce(c.offset_ms, 0) * interval '1 millisecond'
        ORDER BY a.due_at LIMIT $2`,
      [this.clock.now(), AT_ONCE],
    );
    let lapsed = 0;
    for (const { id } of due) if (await this.lapse(id)) lapsed++;
    return lapsed;
  }

  private lapse(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const application = await this.steps.lock(tx, id);
      const at = await this.editions.now(application.editionId, tx);
      // Somebody may have answered, or the clock may have been set back, since the list was read.
      if (!mayDo(application.state, 'lapse', 'system') || !application.dueAt || application.dueAt > at) return false;
      const step = { command: 'lapse', actor: 'system', actorId: 'due-date', at } as const;
      await this.steps.take(tx, application, step, { request: null, dueAt: null });
      return true;
    });
  }
}
