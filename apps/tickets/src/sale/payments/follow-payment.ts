import { Inject, Injectable } from '@nestjs/common';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { ConfirmPayment } from './confirm-payment.js';
import { type AttemptRow, type AttemptState, PaymentAttempts } from './payment-attempts.store.js';
import { PAYMENT_PROVIDER, type PaymentProvider } from './payment-provider.js';

/** Against all expectation also to an attempt that was closed: then it is paid late, or goes back. */
const MONEY_MAY_COME: ReadonlySet<AttemptState> = new Set(['opening', 'open', 'unknown', 'closed']);

/** Asks the provider what became of one attempt, and does what follows from its word. */
@Injectable()
export class FollowPayment {
  constructor(
    private readonly database: Database,
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    private readonly relay: Relay,
    @Inject(PAYMENT_PROVIDER) private readonly provider: PaymentProvider,
  ) {}

  async execute(attempt: AttemptRow): Promise<void> {
    if (attempt.refundTarget > attempt.refunded) return this.giveBack(attempt);
    if (!MONEY_MAY_COME.has(attempt.state)) return;
    const status = await this.provider.status(attempt);
    if (status.outcome === 'paid') await this.confirm.execute(attempt, status.amount);
    else if (attempt.state === 'closed') return;
    else if (status.outcome === 'unknown') await this.attempts.become(attempt.id, 'unknown');
    else if (new Date() >= attempt.livesUntil) await this.attempts.become(attempt.id, 'closed');
  }

  /** The status is asked first, so that only what has not gone back yet is sent; only the provider's word ends it. */
  private async giveBack(attempt: AttemptRow): Promise<void> {
    const before = await this.provider.status(attempt);
    if (before.outcome !== 'paid') return;
    if (before.refunded >= attempt.refundTarget) return this.returned(attempt, before.refunded);
    if (!(await this.attempts.refundStarts(attempt.id))) return;
    const missing = attempt.refundTarget - before.refunded;
    if ((await this.provider.refund(attempt, missing, attempt.refundTarget)) !== 'accepted') return;
    const after = await this.provider.status(attempt);
    if (after.outcome === 'paid' && after.refunded > attempt.refunded) await this.returned(attempt, after.refunded);
  }

  private async returned(attempt: AttemptRow, inAll: number): Promise<void> {
    await this.database.hot('record-refund', 'SELECT record_refund($1, $2) AS state', [attempt.id, inAll]);
    this.relay.wake();
  }
}
