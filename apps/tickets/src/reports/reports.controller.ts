import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Report, type ReportName, ReportQuery } from '#libs/contracts';
import { Access, Answers, valid } from '#libs/service-defaults';
import { ReadReport } from './read-report.js';

/** What finance takes home: each report as JSON, CSV or XLSX, streamed. */
@Controller('editions/:id/reports')
export class ReportsController {
  constructor(private readonly reports: ReadReport) {}

  @Get(':report')
  @Access('finance', 'admin')
  @Answers('The report, in the format that was asked for', Report)
  async read(
    @Param('id') edition: string,
    @Param('report') name: string,
    @Query(valid(ReportQuery)) query: ReportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const format = query.format ?? 'json';
    const stream: Readable = await this.reports.execute(edition, name as ReportName, format, query);
    void reply
      .header('Content-Type', TYPES[format])
      .header('Cache-Control', 'private, no-store')
      .header('X-Content-Type-Options', 'nosniff');
    if (format !== 'json') void reply.header('Content-Disposition', `attachment; filename="seans-${name}.${format}"`);
    void reply.send(stream);
  }
}

const TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
