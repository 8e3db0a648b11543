import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import type { CommonSettings } from '#libs/service-defaults';
import { AccreditationFeesModule } from './afterwards/accreditation-fees/accreditation-fees.module.js';
import { BookingsModule } from './afterwards/bookings/bookings.module.js';
import { ChangesModule } from './afterwards/changes/changes.module.js';
import { OrderDeskModule } from './afterwards/order-desk/order-desk.module.js';
import { SeatingMovesModule } from './afterwards/seating-moves/seating-moves.module.js';
import { WaitlistModule } from './afterwards/waitlist/waitlist.module.js';
import { CounterSalesModule } from './counter/counter-sales/counter-sales.module.js';
import { LeasesModule } from './counter/leases/leases.module.js';
import { ShiftsModule } from './counter/shifts/shifts.module.js';
import { AgeingController } from './development/ageing.controller.js';
import { ConflictsModule } from './door/conflicts/conflicts.module.js';
import { DevicesModule } from './door/devices/devices.module.js';
import { HouseModule } from './door/house/house.module.js';
import { RushModule } from './door/rush/rush.module.js';
import { ScansModule } from './door/scans/scans.module.js';
import { HearingModule } from './hearing/hearing.module.js';
import { AllocationsModule } from './inventory/allocations/allocations.module.js';
import { HoldsModule } from './inventory/holds/holds.module.js';
import { SeatsModule } from './inventory/seats/seats.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { AuditorModule } from './reports/auditor/auditor.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { LedgerModule } from './sale/ledger/ledger.module.js';
import { OrdersModule } from './sale/orders/orders.module.js';
import { PaymentsModule } from './sale/payments/payments.module.js';
import { ReceiptsModule } from './sale/receipts/receipts.module.js';
import type { TicketsSettings } from './settings.js';

/** One build, three roles of a process: all of them together unless TICKETS_ROLES names fewer. */
@Module({})
export class TicketsModule {
  static for(settings: CommonSettings & TicketsSettings): DynamicModule {
    const roles = settings.TICKETS_ROLES.split(',');
    const jobs = roles.includes('jobs');
    const sell = roles.includes('sell');
    const money = [PaymentsModule.for({ jobs }), ReceiptsModule.for({ jobs })];
    const counter = CounterSalesModule.for({ jobs }, money);
    return {
      module: TicketsModule,
      imports: [
        MessagingModule.for({ service: 'tickets', consumes: ['screenings', 'accreditations', 'people'] }),
        SeatsModule.for(settings.REDIS_URL, { jobs }),
        AllocationsModule.for({ jobs, sell }),
        DevicesModule,
        ...(sell
          ? [
              HoldsModule,
              OrdersModule,
              LedgerModule,
              ChangesModule,
              OrderDeskModule,
              AccreditationFeesModule,
              ReportsModule,
            ]
          : []),
        ...(sell || jobs ? money : []),
        ...(sell ? [ShiftsModule, counter, LeasesModule.for({ jobs }, counter)] : []),
        ...(roles.includes('door') ? [ScansModule, ConflictsModule, HouseModule] : []),
        BookingsModule.for({ jobs }),
        ...(sell || jobs ? [WaitlistModule.for({ jobs })] : []),
        ...(roles.includes('door') || jobs ? [RushModule.for({ jobs, door: roles.includes('door') })] : []),
        SeatingMovesModule.for({ jobs, sell }),
        ...(jobs ? [AuditorModule] : []),
        PrivacyModule,
        HearingModule,
      ],
      controllers: settings.SEANS_ENV === 'production' ? [] : [AgeingController],
    };
  }
}
