import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { PrintsModule } from '../prints/prints.module.js';
import { Bibs } from './bibs.js';
import { ExtrasController } from './extras.controller.js';
import { Extras } from './extras.js';
import { ExtrasQueries } from './extras.queries.js';
import { FreeExtras } from './free-extras.job.js';

@Module({
  imports: [EditionsModule, AuditModule, PrintsModule],
  controllers: [ExtrasController],
  providers: [Bibs, Extras, ExtrasQueries, FreeExtras],
})
export class ExtrasModule {}
