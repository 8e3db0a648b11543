import { Injectable, Optional } from '@nestjs/common';
import { isId } from '#libs/kernel';
import { ConfirmPayment } from './confirm-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { StripeProvider } from './stripe.js';

/** Stripe calls: twice, late, forged and out of order. What it says of a paid page ends in the one confirm deed. */
@Injectable()
export class HearStripe {
  constructor(
    private readonly attempts: PaymentAttempts,
    private readonly confirm: ConfirmPayment,
    @Optional() private readonly stripe?: StripeProvider,
  ) {}

  /** The HTTP status to answer with: 400 is "not yours", and Stripe shows it to the merchant. */
  async webhook(bytes: Buffer, signature: string): Promise<200 | 400> {
    const news = this.stripe?.read(bytes, signature);
    if (!news) return 400;
    if (!news.paid || !isId(news.attempt)) return 200;
    const attempt = await this.attempts.one(news.attempt);
    // An account of Stripe may serve more than this installation.
    if (!attempt || attempt.provider !== this.stripe?.name) return 200;
    // The page may have answered its opening too late for us to have read its number.
    if (!attempt.providerPaymentId) await this.attempts.opened(attempt.id, news.session, attempt.redirectUrl ?? '');
    await this.confirm.execute(attempt, news.paid);
    return 200;
  }
}
