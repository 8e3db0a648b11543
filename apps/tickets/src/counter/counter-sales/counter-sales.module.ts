import { type DynamicModule, Module } from '@nestjs/common';
import { ChangesModule } from '../../afterwards/changes/changes.module.js';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { IssuedTicketsModule } from '../../sale/issued-tickets/issued-tickets.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { Approvals } from './approvals.js';
import { CounterBaskets } from './counter-baskets.js';
import { CounterDeskController } from './counter-desk.controller.js';
import { CounterSalesController } from './counter-sales.controller.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { EndSale } from './end-sale.js';
import { ExchangeAtCounter } from './exchange-at-counter.js';
import { FindByPhone } from './find-by-phone.js';
import { ForgetCallers } from './forget-callers.job.js';
import { PrintTickets } from './print-tickets.js';
import { Reservations } from './reservations.js';
import { ReturnAtCounter } from './return-at-counter.js';
import { SellAtCounter } from './sell-at-counter.js';
import { TakePayment } from './take-payment.js';

@Module({})
export class CounterSalesModule {
  /** @param money the service's own payments and receipts, as they were set up */
  static for(role: { jobs: boolean }, money: DynamicModule[]): DynamicModule {
    return {
      module: CounterSalesModule,
      imports: [ProgrammeCopyModule, OrdersModule, IssuedTicketsModule, ChangesModule, ShiftsModule, ...money],
      controllers: [CounterSalesController, CounterDeskController],
      providers: [
        CounterBaskets,
        CounterSalesQueries,
        Approvals,
        TakePayment,
        SellAtCounter,
        EndSale,
        ReturnAtCounter,
        ExchangeAtCounter,
        FindByPhone,
        PrintTickets,
        Reservations,
        ...(role.jobs ? [ForgetCallers] : []),
      ],
      exports: [CounterSalesQueries],
    };
  }
}
