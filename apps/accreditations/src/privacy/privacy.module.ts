import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { ErasePerson } from './erase-person.js';
import { KeepNoLongerJob } from './keep-no-longer.job.js';
import { KeepNoLonger } from './keep-no-longer.js';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyQueries } from './privacy.queries.js';

@Module({
  imports: [EditionsModule, AuditModule, EvidenceModule, CategoriesModule, ApplicationsModule],
  controllers: [PrivacyController],
  providers: [ErasePerson, KeepNoLonger, KeepNoLongerJob, PrivacyQueries],
  exports: [ErasePerson],
})
export class PrivacyModule {}
