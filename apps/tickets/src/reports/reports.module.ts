import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { ReadReport } from './read-report.js';
import { ReportRows } from './report-rows.js';
import { ReportsController } from './reports.controller.js';
import { SalesController } from './sales.controller.js';
import { SalesQueries } from './sales.queries.js';

@Module({
  controllers: [ReportsController, SalesController, AuditController],
  providers: [ReportRows, ReadReport, SalesQueries],
})
export class ReportsModule {}
