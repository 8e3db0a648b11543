import { Module } from '@nestjs/common';
import { ReadReport } from './read-report.js';
import { ReportRows } from './report-rows.js';
import { ReportsController } from './reports.controller.js';

@Module({ controllers: [ReportsController], providers: [ReportRows, ReadReport] })
export class ReportsModule {}
