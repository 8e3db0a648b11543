import { type DynamicModule, Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { IssuedTicketsModule } from '../../sale/issued-tickets/issued-tickets.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { PricingModule } from '../../sale/pricing/pricing.module.js';
import { ShiftsModule } from '../shifts/shifts.module.js';
import { EndLeases } from './end-leases.js';
import { LeaseSeats } from './lease-seats.js';
import { LeasesController } from './leases.controller.js';
import { LeasesQueries } from './leases.queries.js';
import { ReportLeasedSale } from './report-leased-sale.js';
import { RevokeLeases } from './revoke-leases.job.js';

@Module({})
export class LeasesModule {
  /** @param sales what reads sales of the counter */
  static for(role: { jobs: boolean }, sales: DynamicModule): DynamicModule {
    return {
      module: LeasesModule,
      imports: [ProgrammeCopyModule, OrdersModule, PricingModule, IssuedTicketsModule, ShiftsModule, sales],
      controllers: [LeasesController],
      providers: [LeasesQueries, LeaseSeats, ReportLeasedSale, EndLeases, ...(role.jobs ? [RevokeLeases] : [])],
    };
  }
}
