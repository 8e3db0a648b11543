import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ReviewModule } from '../review/review.module.js';
import { DuplicatesController } from './duplicates.controller.js';
import { FindDuplicates } from './find-duplicates.js';
import { MergeDuplicates } from './merge-duplicates.js';

@Module({
  imports: [AuditModule, ApplicationsModule, ReviewModule],
  controllers: [DuplicatesController],
  providers: [FindDuplicates, MergeDuplicates],
})
export class DuplicatesModule {}
