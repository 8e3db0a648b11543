import { type DynamicModule, Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { HoldOffer } from './hold-offer.js';
import { JoinWaitlist } from './join-waitlist.js';
import { ServeWaitlist } from './serve-waitlist.js';
import { WaitlistController } from './waitlist.controller.js';
import { WaitlistJob } from './waitlist.job.js';
import { WaitlistQueries } from './waitlist.queries.js';
import { WaitlistRules } from './waitlist-rules.js';

@Module({})
export class WaitlistModule {
  static for(role: { jobs: boolean }): DynamicModule {
    return {
      module: WaitlistModule,
      imports: [ProgrammeCopyModule, OrdersModule],
      controllers: [WaitlistController],
      providers: [
        WaitlistRules,
        WaitlistQueries,
        JoinWaitlist,
        HoldOffer,
        ServeWaitlist,
        ...(role.jobs ? [WaitlistJob] : []),
      ],
    };
  }
}
