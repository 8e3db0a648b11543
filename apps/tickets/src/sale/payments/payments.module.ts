import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { OrdersModule } from '../orders/orders.module.js';
import { CardTerminal } from './card-terminal.js';
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
/** A clerk and a buyer stand at the terminal: what it has not said by then is asked for again. */
const TERMINAL_TIMEOUT_MS = 4_000;

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
          // Undefined where the counter has no terminals.
          provide: CardTerminal,
          inject: [SETTINGS],
          useFactory: ({ TERMINAL_URL }: TicketsSettings) =>
            TERMINAL_URL ? new CardTerminal({ url: TERMINAL_URL, timeoutMs: TERMINAL_TIMEOUT_MS }) : undefined,
        },
        {
          provide: PAYMENT_PROVIDER,
          inject: [FreedomPay, StripeProvider, CardTerminal, SETTINGS],
          useFactory: (
            freedomPay: FreedomPay,
            stripe: StripeProvider | undefined,
            terminal: CardTerminal | undefined,
            settings: TicketsSettings,
          ) =>
            new PaymentProviders(
              [freedomPay, stripe, terminal].filter((one) => one !== undefined),
              settings.PAYMENT_PROVIDERS.split(','),
            ),
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
      exports: [CardTerminal, PaymentAttempts, ConfirmPayment, FollowPayment],
    };
  }
}
