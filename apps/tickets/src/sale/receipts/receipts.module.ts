import { type DynamicModule, Module } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import type { TicketsSettings } from '../../settings.js';
import { OrdersModule } from '../orders/orders.module.js';
import { AcquirerRegistrar } from './acquirer-registrar.js';
import { FiscalReceiptsJob } from './fiscal-receipts.job.js';
import { FiscalReceipts } from './fiscal-receipts.store.js';
import { FiscalRegister } from './fiscal-register.js';
import { ReceiptPapers } from './receipt-papers.js';
import { ReceiptsController } from './receipts.controller.js';
import { RecordFiscalReceipts } from './record-fiscal-receipts.js';
import { SfdRegistrar } from './sfd-registrar.js';

/** An operator that says nothing for so long is away; the receipt is asked for again. */
const OPERATOR_TIMEOUT_MS = 5_000;

@Module({})
export class ReceiptsModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: ReceiptsModule,
      imports: [OrdersModule, ProgrammeCopyModule],
      controllers: [ReceiptsController],
      providers: [
        AcquirerRegistrar,
        {
          provide: SfdRegistrar,
          inject: [SETTINGS],
          useFactory: (settings: TicketsSettings) =>
            new SfdRegistrar({
              url: settings.FISCAL_URL,
              register: settings.FISCAL_KKM_ID,
              key: settings.FISCAL_KEY,
              vatPercent: settings.SELLER_VAT_PERCENT,
              timeoutMs: OPERATOR_TIMEOUT_MS,
            }),
        },
        FiscalReceipts,
        ReceiptPapers,
        FiscalRegister,
        RecordFiscalReceipts,
        ...(role.jobs ? [FiscalReceiptsJob] : []),
      ],
      exports: [FiscalReceipts, ReceiptPapers],
    };
  }
}
