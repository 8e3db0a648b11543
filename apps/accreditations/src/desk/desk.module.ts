import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BadgesModule } from '../badges/badges.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PrintsModule } from '../prints/prints.module.js';
import { ReviewModule } from '../review/review.module.js';
import { DeskController } from './desk.controller.js';
import { DeskQueries } from './desk.queries.js';
import { WalkUps } from './walk-ups.js';

@Module({
  imports: [
    PeopleModule,
    AuditModule,
    EvidenceModule,
    CategoriesModule,
    ApplicationsModule,
    BadgesModule,
    ReviewModule,
    PrintsModule,
  ],
  controllers: [DeskController],
  providers: [DeskQueries, WalkUps],
})
export class DeskModule {}
