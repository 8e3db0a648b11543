import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { HOUR } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';

/** Forgets what old messages said. That they were sent, when and to which person stays. */
@Injectable()
export class ForgetOldJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: NotificationsSettings,
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

  async forget(): Promise<void> {
    await this.database.query(
      `WITH old AS (
         UPDATE delivery SET data = '{}', facts = '{}', content_digest = NULL, address = NULL
          WHERE queued_at < clock_timestamp() - make_interval(days => $1)
            AND state NOT IN ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact') AND (data <> '{}' OR facts <> '{}')
         RETURNING id)
       DELETE FROM note n USING old WHERE n.delivery_id = old.id`,
      [this.settings.MESSAGE_DAYS],
    );
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await this.forget().catch((error: unknown) => this.logger.warn({ err: error }, 'old messages wait'));
      await this.nap.sleep(HOUR, { wakeable: false });
    }
  }
}
