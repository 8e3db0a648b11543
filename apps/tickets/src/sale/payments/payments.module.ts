import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { OrdersModule } from '../orders/orders.module.js';
import { Chargebacks } from './chargebacks.js';
import { ConfirmPayment } from './confirm-payment.js';
import { ExpireOrders } from './expire-orders.js';
import { FinanceController } from './finance.controller.js';
import { FollowPayment } from './follow-payment.js';
import { FollowPayments } from './follow-payments.job.js';
import { FreedomPay } from './freedom-pay.js';
import { HearProvider } from './hear-provider.js';
import { HearStripe } from './hear-stripe.js';
import { MatchTransfer } from './match-transfer.js';
import { OpenPayment } from './open-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { PAYMENT_PROVIDER } from './payment-provider.js';
import { PaymentProviders } from './payment-providers.js';
import { PaymentsController } from './payments.controller.js';
import { RefundsByHand } from './refunds-by-hand.js';
import { StripeController } from './stripe.controller.js';
import { StripeProvider } from './stripe.js';

/** A provider that says nothing for so long is "unknown"; a poller asks again. */
const PROVIDER_TIMEOUT_MS = 8_000;

@Module({})
export class PaymentsModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: PaymentsModule,
      imports: [OrdersModule],
      controllers: [PaymentsController, StripeController, FinanceController],
      providers: [
        {
          provide: FreedomPay,
          inject: [SETTINGS],
          useFactory: (settings: TicketsSettings) =>
            new FreedomPay({
              url: settings.FREEDOMPAY_URL,
              merchantId: settings.FREEDOMPAY_MERCHANT_ID,
              secret: settings.FREEDOMPAY_SECRET,
              timeoutMs: PROVIDER_TIMEOUT_MS,
              taxType: settings.FREEDOMPAY_TAX_TYPE,
            }),
        },
        {
          // Undefined where Stripe is not set up: its route then refuses, and no order is offered it.
          provide: StripeProvider,
          inject: [SETTINGS],
          useFactory: ({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_URL }: TicketsSettings) =>
            STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET
              ? new StripeProvider({
                  secretKey: STRIPE_SECRET_KEY,
                  webhookSecret: STRIPE_WEBHOOK_SECRET,
                  url: STRIPE_URL,
                  timeoutMs: PROVIDER_TIMEOUT_MS / 2,
                })
              : undefined,
        },
        {
          provide: PAYMENT_PROVIDER,
          inject: [FreedomPay, StripeProvider, SETTINGS],
          useFactory: (freedomPay: FreedomPay, stripe: StripeProvider | undefined, settings: TicketsSettings) =>
            new PaymentProviders(stripe ? [freedomPay, stripe] : [freedomPay], settings.PAYMENT_PROVIDERS.split(',')),
        },
        PaymentAttempts,
        ConfirmPayment,
        FollowPayment,
        ExpireOrders,
        OpenPayment,
        HearProvider,
        HearStripe,
        Chargebacks,
        MatchTransfer,
        RefundsByHand,
        ...(role.jobs ? [FollowPayments] : []),
      ],
    };
  }
}
