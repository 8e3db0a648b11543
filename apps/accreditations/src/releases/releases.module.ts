import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { ReviewModule } from '../review/review.module.js';
import { CarryOutRelease } from './carry-out-release.js';
import { ChangeRelease } from './change-release.js';
import { PrepareDecisions } from './prepare-decisions.js';
import { ReleaseDecisions } from './release-decisions.js';
import { ReleaseDue } from './release-due.job.js';
import { ReleasesController } from './releases.controller.js';
import { ReleasesQueries } from './releases.queries.js';
import { UndoDecisions } from './undo-decisions.js';

@Module({
  imports: [EditionsModule, AuditModule, CategoriesModule, ApplicationsModule, ReviewModule],
  controllers: [ReleasesController],
  providers: [
    CarryOutRelease,
    ChangeRelease,
    PrepareDecisions,
    ReleaseDecisions,
    ReleaseDue,
    ReleasesQueries,
    UndoDecisions,
  ],
})
export class ReleasesModule {}
