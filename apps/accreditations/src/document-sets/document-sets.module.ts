import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { DocumentSetsController } from './document-sets.controller.js';
import { DocumentSets } from './document-sets.js';
import { DocumentSetsQueries } from './document-sets.queries.js';
import { SetFiles } from './set-files.js';

@Module({
  imports: [EditionsModule, AuditModule, CategoriesModule],
  controllers: [DocumentSetsController],
  providers: [DocumentSets, DocumentSetsQueries, SetFiles],
})
export class DocumentSetsModule {}
