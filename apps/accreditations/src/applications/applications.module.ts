import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BadgesModule } from '../badges/badges.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { AcceptOffer } from './accept-offer.js';
import { AddEvidence } from './add-evidence.js';
import { AppealApplication } from './appeal-application.js';
import { ApplicationCheck } from './application-check.js';
import { ApplicationPlaces } from './application-places.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationTelling } from './application-telling.js';
import { ApplicationsController } from './applications.controller.js';
import { ApplicationsQueries } from './applications.queries.js';
import { BeginApplication } from './begin-application.js';
import { ChangeApplication } from './change-application.js';
import { FeeTelling } from './fee-telling.js';
import { GrantAccreditation } from './grant-accreditation.js';
import { LapseApplication } from './lapse-application.js';
import { PayApplication } from './pay-application.js';
import { PromoteWaiting } from './promote-waiting.js';
import { SaveApplication } from './save-application.js';
import { SealedAnswers } from './sealed-answers.js';
import { SubmitApplication } from './submit-application.js';
import { TellFees } from './tell-fees.job.js';
import { WithdrawApplication } from './withdraw-application.js';

@Module({
  imports: [EditionsModule, AuditModule, CategoriesModule, BadgesModule, EvidenceModule],
  controllers: [ApplicationsController],
  providers: [
    ApplicationCheck,
    ApplicationPlaces,
    ApplicationSteps,
    ApplicationTelling,
    ApplicationsQueries,
    AcceptOffer,
    AddEvidence,
    AppealApplication,
    BeginApplication,
    ChangeApplication,
    FeeTelling,
    GrantAccreditation,
    LapseApplication,
    PayApplication,
    PromoteWaiting,
    SaveApplication,
    SealedAnswers,
    SubmitApplication,
    TellFees,
    WithdrawApplication,
  ],
  exports: [
    AddEvidence,
    ApplicationCheck,
    ApplicationPlaces,
    ApplicationSteps,
    ApplicationTelling,
    ApplicationsQueries,
    BeginApplication,
    FeeTelling,
    GrantAccreditation,
    LapseApplication,
    PayApplication,
    PromoteWaiting,
    SaveApplication,
    SubmitApplication,
    WithdrawApplication,
  ],
})
export class ApplicationsModule {}
