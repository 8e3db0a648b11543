import type { PaymentAttempt, PaymentProvider } from './payment-provider.js';
import { PaymentProviders } from './payment-providers.js';

class Named implements PaymentProvider {
  readonly asked: string[] = [];
  constructor(readonly name: string) {}
  async open() {
    return { outcome: 'unknown' as const };
  }
  async status(attempt: PaymentAttempt) {
    this.asked.push(attempt.id);
    return { outcome: 'pending' as const };
  }
  async close() {
    return { outcome: 'closed' as const };
  }
  async refund() {
    return 'accepted' as const;
  }
}

const attempt = (provider: string): PaymentAttempt => ({
  id: `of-${provider}`,
  orderId: 'order',
  provider,
  amount: { amount: 1, currency: 'KZT' },
  providerPaymentId: undefined,
  livesUntil: new Date(0),
});

describe('the providers of an installation', () => {
  it('give the first one to who chooses none, and refuse one that is not offered', () => {
    const providers = new PaymentProviders([new Named('freedompay'), new Named('stripe')], ['stripe']);
    expect([providers.chosen(undefined), providers.chosen('stripe')]).toEqual(['stripe', 'stripe']);
    expect(() => providers.chosen('freedompay')).toThrow('provider-not-offered');
  });

  it('follow an attempt with the provider that opened it, also when it is offered no more', async () => {
    const [freedomPay, stripe] = [new Named('freedompay'), new Named('stripe')];
    const providers = new PaymentProviders([freedomPay, stripe], ['stripe']);
    await providers.status(attempt('freedompay'));
    expect([freedomPay.asked, stripe.asked]).toEqual([['of-freedompay'], []]);
  });

  it('stop the boot when a setting names one that is not set up, or none', () => {
    expect(() => new PaymentProviders([new Named('freedompay')], ['freedompay', 'stripe'])).toThrow('stripe');
    expect(() => new PaymentProviders([new Named('freedompay')], [])).toThrow('PAYMENT_PROVIDERS');
  });
});
