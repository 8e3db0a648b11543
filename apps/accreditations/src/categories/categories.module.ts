import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesQueries } from './categories.queries.js';
import { Consents } from './consents.js';
import { ImportCategories } from './import-categories.js';
import { Quotas } from './quotas.js';

@Module({
  imports: [EditionsModule, AuditModule],
  controllers: [CategoriesController],
  providers: [CategoriesQueries, Consents, ImportCategories, Quotas],
  exports: [CategoriesQueries, Consents, Quotas],
})
export class CategoriesModule {}
