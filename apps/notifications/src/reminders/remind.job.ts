import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { type Clock, isLanguage } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { CLOCK, LOGGER } from '#libs/service-defaults';
import { QueueDelivery } from '../deliveries/queue-delivery.js';
import { Wakening } from '../deliveries/wakening.js';
import { OWN_TRIGGERS } from '../triggers/trigger.rules.js';
import { REMINDERS, reminderFact, SMALL_SHIFT } from './reminder.rules.js';

interface Due {
  person_id: string;
  screening_id: string;
  edition_id: string;
  language: string | null;
  starts_at: Date;
  offset_ms: string;
  data: object;
}

const LOOK_EVERY_MS = 5_000;
/** Queued in one transaction; a full house is a few of them. */
const AT_ONCE = 100;

/** Queues reminders when their time comes, by the festival's clock. Several processes do no harm: a reminder has one name. */
@Injectable()
export class RemindJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly queue: QueueDelivery,
    private readonly wakening: Wakening,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
  }

  /** The clock was set, or a screening moved. */
  wake(): void {
    this.nap.end();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let more = false;
      try {
        for (const reminder of REMINDERS) more = (await this.remind(reminder)) || more;
      } catch (error) {
        this.logger.warn({ err: error }, 'reminders wait');
      }
      if (!more) await this.nap.sleep(LOOK_EVERY_MS);
    }
  }

  /** True when there may be more. */
  private async remind({ template, before, until }: (typeof REMINDERS)[number]): Promise<boolean> {
    const due = await this.database.query<Due>(
      `SELECT h.person_id, s.screening_id, s.edition_id, max(h.language) AS language, s.starts_at, e.offset_ms, s.data
         FROM screening_copy s JOIN edition_copy e ON e.edition_id = s.edition_id
         JOIN visit_hold h ON h.screening_id = s.screening_id AND NOT h.ended
        CROSS JOIN LATERAL (SELECT $1::timestamptz + make_interval(secs => e.offset_ms / 1000.0) AS now) f
        WHERE s.stands AND s.starts_at > f.now + make_interval(secs => $4) AND s.starts_at <= f.now + make_interval(secs => $3)
          AND h.since <= s.starts_at - make_interval(secs => $3)
          AND NOT EXISTS (
            SELECT 1 FROM delivery d WHERE d.person_id = h.person_id AND d.template = $2
               AND d.key = s.screening_id || '/' || h.person_id AND d.resend_of IS NULL
               AND ((d.data->>'startsAt')::timestamptz = s.starts_at
                    OR (d.state = 'sent' AND abs(extract(epoch FROM (d.data->>'startsAt')::timestamptz - s.starts_at)) < $5)))
        GROUP BY h.person_id, s.screening_id, s.edition_id, s.starts_at, e.offset_ms, s.data
        ORDER BY s.starts_at LIMIT ${AT_ONCE}`,
      [this.clock.now(), template, before / 1_000, until / 1_000, SMALL_SHIFT / 1_000],
    );
    if (due.length === 0) return false;
    await this.database.transaction(async (tx) => {
      for (const visit of due)
        await this.queue.within(tx, {
          fact: reminderFact(template, visit.screening_id, visit.starts_at),
          personId: visit.person_id,
          trigger: OWN_TRIGGERS[template],
          key: `${visit.screening_id}/${visit.person_id}`,
          language: isLanguage(visit.language) ? visit.language : undefined,
          data: {
            ...visit.data,
            personId: visit.person_id,
            screeningId: visit.screening_id,
            editionId: visit.edition_id,
            startsAt: visit.starts_at.toISOString(),
          },
          expiresAt: new Date(visit.starts_at.getTime() - Number(visit.offset_ms) - until),
        });
    });
    this.wakening.call();
    return due.length === AT_ONCE;
  }
}
