import { type DynamicModule, Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { IssuedTicketsModule } from '../../sale/issued-tickets/issued-tickets.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { DevicesModule } from '../devices/devices.module.js';
import { ReleaseSeats } from './release-seats.js';
import { RushController } from './rush.controller.js';
import { RushJob } from './rush.job.js';
import { RushQueries } from './rush.queries.js';
import { RushRules } from './rush-rules.js';
import { SeatLatecomer } from './seat-latecomer.js';
import { WorkRushLine } from './work-rush-line.js';

@Module({})
export class RushModule {
  static for(role: { jobs: boolean; door: boolean }): DynamicModule {
    return {
      module: RushModule,
      imports: [ProgrammeCopyModule, DevicesModule, IssuedTicketsModule, OrdersModule],
      controllers: role.door ? [RushController] : [],
      providers: [RushRules, RushQueries, WorkRushLine, SeatLatecomer, ReleaseSeats, ...(role.jobs ? [RushJob] : [])],
    };
  }
}
