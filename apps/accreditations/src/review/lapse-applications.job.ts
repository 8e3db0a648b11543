import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, SECOND } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { CLOCK, LOGGER } from '#libs/service-defaults';
import { mayDo } from '../applications/application.rules.js';
import { ApplicationSteps } from '../applications/application-steps.js';
import { FeeTelling } from '../applications/fee-telling.js';
import { LapseApplication } from '../applications/lapse-application.js';
import { PromoteWaiting } from '../applications/promote-waiting.js';
import { CategoriesQueries } from '../categories/categories.queries.js';
import { whyShut } from '../categories/category.rules.js';
import { Editions } from '../editions/editions.js';

const EVERY_MS = 5 * SECOND;
const AT_ONCE = 50;
/** Filled in by an officer on the day, for whom the category's dates do not count. */
const AT_DESK = 'EXISTS (SELECT 1 FROM walk_up w WHERE w.application_id = a.id)';

/**
 * Due dates act by themselves, by festival time: no answer, no yes to an offered place and a draft at the deadline
 * lapse; an unpaid fee is withdrawn, and lapses once tickets says that nobody can pay it any more. What became free is
 * offered to those who wait.
 */
@Injectable()
export class LapseApplications implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private running?: Promise<unknown>;

  constructor(
    private readonly database: Database,
    private readonly steps: ApplicationSteps,
    private readonly lapse: LapseApplication,
    private readonly fees: FeeTelling,
    private readonly promote: PromoteWaiting,
    private readonly categories: CategoriesQueries,
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
    const festivalNow = `$1::timestamptz + coalesce(c.offset_ms, 0) * interval '1 millisecond'`;
    const due = await this.database.query<{ id: string }>(
      `(SELECT a.id FROM application a LEFT JOIN festival_clock c ON c.edition_id = a.edition_id
         WHERE a.state IN ('information-requested', 'offered', 'awaiting-payment') AND a.due_at <= ${festivalNow}
           AND NOT EXISTS (SELECT 1 FROM fee_telling f WHERE f.application_id = a.id AND f.want = 'withdrawn'
                              AND a.state = 'awaiting-payment')
         ORDER BY a.due_at LIMIT $2)
       UNION ALL
       (SELECT a.id FROM application a JOIN category k ON k.edition_id = a.edition_id AND k.id = a.category
          LEFT JOIN festival_clock c ON c.edition_id = a.edition_id
         WHERE a.state = 'draft' AND (k.data->>'closesAt')::timestamptz <= ${festivalNow} AND NOT ${AT_DESK} LIMIT $2)`,
      [this.clock.now(), AT_ONCE],
    );
    let lapsed = 0;
    for (const { id } of due)
      try {
        if (await this.one(id)) lapsed++;
      } catch (error) {
        // One that can't be ended must not keep the others, nor the places that are free.
        this.log.warn({ err: error, application: id }, 'a late application could not be ended');
      }
    await this.promote.round();
    return lapsed;
  }

  private one(id: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const application = await this.steps.lock(tx, id);
      const { state, dueAt, editionId } = application;
      if (!mayDo(state, 'lapse', 'system', application.held !== null)) return false;
      const at = await this.editions.now(editionId, tx);
      // Somebody may have answered, or the clock may have been set back, since the list was read.
      if (state === 'draft') {
        const category = await this.categories.one(editionId, application.category, tx);
        const [desk] = await tx.query(`SELECT 1 FROM application a WHERE a.id = $1 AND ${AT_DESK}`, [id]);
        if (desk || whyShut(category, at) !== 'closed') return false;
        await this.lapse.within(tx, application);
        return true;
      }
      if (!dueAt || dueAt > at) return false;
      if (state === 'awaiting-payment') {
        await this.fees.withdraw(tx, id);
        return false;
      }
      await this.lapse.within(tx, application, state === 'offered' ? 'offer-not-taken' : 'no-answer');
      return true;
    });
  }
}
