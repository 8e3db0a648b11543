import { type DynamicModule, Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { ApiDocsController } from './api-docs/api-docs.controller.js';
import { ApiDocument } from './api-docs/api-document.js';
import { FestivalClockController } from './clock/festival-clock.controller.js';
import { EntryQueueModule } from './entry-queue/entry-queue.module.js';
import { PeopleModule } from './people/people.module.js';
import { Sessions } from './people/sessions.js';
import { Visitors } from './people/visitors.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { Callers } from './routing/callers.js';
import type { GatewaySettings } from './settings.js';
import { StaffModule } from './staff/staff.module.js';

@Module({})
export class GatewayModule {
  static for(settings: GatewaySettings): DynamicModule {
    const people = PeopleModule.for(settings);
    return {
      module: GatewayModule,
      imports: [
        MessagingModule.for({ service: 'gateway', consumes: [] }),
        people,
        EntryQueueModule,
        { module: PrivacyModule, imports: [people] },
        { module: StaffModule, imports: [people] },
      ],
      controllers: [FestivalClockController, ApiDocsController],
      providers: [
        ApiDocument,
        {
          provide: Callers,
          inject: [Sessions, Visitors],
          useFactory: (sessions: Sessions, visitors: Visitors) => new Callers(sessions, visitors),
        },
      ],
    };
  }
}
