import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { OrdersModule } from '../orders/orders.module.js';
import { ConfirmPayment } from './confirm-payment.js';
import { ExpireOrders } from './expire-orders.js';
import { FollowPayment } from './follow-payment.js';
import { FollowPayments } from './follow-payments.job.js';
import { FreedomPay } from './freedom-pay.js';
import { HearProvider } from './hear-provider.js';
import { OpenPayment } from './open-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';
import { PAYMENT_PROVIDER } from './payment-provider.js';
import { PaymentsController } from './payments.controller.js';

/** A provider that says nothing for so long is "unknown"; a poller asks again. */
const PROVIDER_TIMEOUT_MS = 8_000;

@Module({})
export class PaymentsModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: PaymentsModule,
      imports: [OrdersModule],
      controllers: [PaymentsController],
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
            }),
        },
        { provide: PAYMENT_PROVIDER, useExisting: FreedomPay },
        PaymentAttempts,
        ConfirmPayment,
        FollowPayment,
        ExpireOrders,
        OpenPayment,
        HearProvider,
        ...(role.jobs ? [FollowPayments] : []),
      ],
    };
  }
}
