import { Injectable, Optional } from '@nestjs/common';
import { isId } from '#libs/kernel';
import { Chargebacks } from './chargebacks.js';
import { ConfirmPayment } from './confirm-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { type StripeNews, StripeProvider } from './stripe.js';

/** Stripe calls: twice, late, forged and out of order. What it says of a paid page ends in the one confirm deed. */
@Injectable()
export class HearStripe {
  constructor(
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    private readonly chargebacks: Chargebacks,
    @Optional() private readonly stripe?: StripeProvider,
  ) {}

  /** The HTTP status to answer with: 400 is "not yours", and Stripe shows it to the merchant. */
  async webhook(bytes: Buffer, signature: string): Promise<200 | 400 | 503> {
    const news = await this.stripe?.read(bytes, signature);
    if (!news) return 400;
    if (news.about === 'dispute') return this.dispute(news);
    if (news.about === 'other' || !news.paid || !isId(news.attempt)) return 200;
    const attempt = await this.attempts.one(news.attempt);
    // An account of Stripe may serve more than this installation.
    if (!attempt || attempt.provider !== this.stripe?.name) return 200;
    // The page may have answered its opening too late for us to have read its number.
    if (!attempt.providerPaymentId) await this.attempts.opened(attempt.id, news.session, attempt.redirectUrl ?? '');
    await this.confirm.execute(attempt, news.paid);
    return 200;
  }

  /** Told in any order and more than once: the dispute's own number makes it one. */
  private async dispute(news: Extract<StripeNews, { about: 'dispute' }>): Promise<200 | 503> {
    const id = await this.stripe?.attemptOf(news.intent);
    // Unanswered: Stripe is asked to tell it again.
    if (id === undefined) return 503;
    if (!isId(id) || !(await this.attempts.one(id))) return 200;
    const { id: chargeback } = await this.chargebacks.record(id, { amount: news.amount, reference: news.reference });
    if (news.outcome) await this.chargebacks.close(chargeback, 'stripe', { outcome: news.outcome });
    return 200;
  }
}
