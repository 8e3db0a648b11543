import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { ExpireOrders } from './expire-orders.js';
import { FollowPayment } from './follow-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';

const TICK_MS = 500;
const MOST = 20;

/** The poller: asks what became of payments, gives back what is due, ends orders that were not paid. */
@Injectable()
export class FollowPayments implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;
  private working?: Promise<void>;

  constructor(
    private readonly attempts: PaymentAttempts,
    private readonly follow: FollowPayment,
    private readonly expire: ExpireOrders,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.working ??= this.tick().finally(() => {
        this.working = undefined;
      });
    }, TICK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  async tick(): Promise<void> {
    try {
      for (const attempt of await this.attempts.takeDue(MOST))
        await this.follow
          .execute(attempt)
          .catch((error) => this.logger.warn({ err: error, attempt: attempt.id }, 'payment not followed'));
      await this.expire.execute(MOST);
    } catch (error) {
      this.logger.warn({ err: error }, 'payments job');
    }
  }
}
