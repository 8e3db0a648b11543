import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BadgesModule } from '../badges/badges.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { AnnotateApplication } from './annotate-application.js';
import { ApplicationWordsController } from './application-words.controller.js';
import { ApplicationWordsQueries } from './application-words.queries.js';
import { ApproveApplication } from './approve-application.js';
import { DecideApplication } from './decide-application.js';
import { EvidenceController } from './evidence.controller.js';
import { JudgeBadge } from './judge-badge.js';
import { LapseApplications } from './lapse-applications.job.js';
import { Opinions } from './opinions.js';
import { ReadEvidence } from './read-evidence.js';
import { ReviewController } from './review.controller.js';
import { ReviewQueries } from './review.queries.js';
import { ReviewAccess } from './review-access.js';
import { ReviewDeskController } from './review-desk.controller.js';
import { SavedFilters } from './saved-filters.js';
import { SetFunctions } from './set-functions.js';

@Module({
  imports: [EditionsModule, AuditModule, CategoriesModule, BadgesModule, EvidenceModule, ApplicationsModule],
  controllers: [ReviewController, ReviewDeskController, EvidenceController, ApplicationWordsController],
  providers: [
    ReviewAccess,
    AnnotateApplication,
    ApplicationWordsQueries,
    ApproveApplication,
    DecideApplication,
    JudgeBadge,
    LapseApplications,
    Opinions,
    ReadEvidence,
    ReviewQueries,
    SavedFilters,
    SetFunctions,
  ],
  exports: [ReviewAccess, ApproveApplication, DecideApplication, Opinions, ReviewQueries],
})
export class ReviewModule {}
