import { Module } from '@nestjs/common';
import { BadgesModule } from '../badges/badges.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { AddEvidence } from './add-evidence.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';
import { ApplicationsController } from './applications.controller.js';
import { ApplicationsQueries } from './applications.queries.js';
import { BeginApplication } from './begin-application.js';
import { SaveApplication } from './save-application.js';
import { SubmitApplication } from './submit-application.js';
import { WithdrawApplication } from './withdraw-application.js';

@Module({
  imports: [EditionsModule, CategoriesModule, BadgesModule, EvidenceModule],
  controllers: [ApplicationsController],
  providers: [
    ApplicationSteps,
    ApplicationTelling,
    ApplicationsQueries,
    AddEvidence,
    BeginApplication,
    SaveApplication,
    SubmitApplication,
    WithdrawApplication,
  ],
  exports: [ApplicationSteps, ApplicationTelling, ApplicationsQueries, WithdrawApplication],
})
export class ApplicationsModule {}
