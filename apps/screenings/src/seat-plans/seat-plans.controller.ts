import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  ImportSeatPlan as ImportSeatPlanBody,
  PlanGeometry,
  SeatPlanExportQuery,
  SeatPlanList,
  SeatPlanQuery,
  SeatPlanReport,
  SeatPlanVersions,
} from '#libs/contracts';
import { Access, Answers, valid } from '#libs/service-defaults';
import { ImportSeatPlan } from './import-seat-plan.js';
import { SeatPlansQueries } from './seat-plans.queries.js';

@Controller()
export class SeatPlansController {
  constructor(
    private readonly plans: SeatPlansQueries,
    private readonly importPlan: ImportSeatPlan,
  ) {}

  @Get('seat-plans/:planId/versions')
  @Access('admin', 'programmer')
  @Answers('Every version of a plan, the newest first, and the screenings that use it.', SeatPlanVersions)
  versions(@Param('planId') planId: string): Promise<SeatPlanVersions> {
    return this.plans.versions(planId);
  }

  @Get('seat-plans/:planId/versions/:version')
  @Access('public')
  @Answers('A version of a plan as the seat map draws it; it never changes.', PlanGeometry)
  async geometry(
    @Param('planId') planId: string,
    @Param('version', ParseIntPipe) version: number,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = await this.plans.geometry(planId, version);
    void reply
      .header('Content-Type', 'application/json; charset=utf-8')
      .header('Cache-Control', 'public, max-age=31536000, immutable')
      .send(bytes);
  }

  @Get('seat-plans/:planId/pretix')
  @Access('public')
  @Answers('A plan in pretix’s seating-plan JSON, of either generation; the newest version unless one is named.')
  pretix(
    @Param('planId') planId: string,
    @Query(valid(SeatPlanExportQuery)) query: SeatPlanExportQuery,
  ): Promise<unknown> {
    return this.plans.pretix(planId, query);
  }

  @Get('seat-plans/:planId/grid')
  @Access('admin', 'programmer')
  @Answers('A plan as a grid for a spreadsheet: zone, row, then one cell per seat.')
  async grid(
    @Param('planId') planId: string,
    @Query(valid(SeatPlanExportQuery)) query: SeatPlanExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const text = await this.plans.grid(planId, query.version);
    void reply
      .header('Content-Type', 'text/csv; charset=utf-8')
      .header('Content-Disposition', `attachment; filename="${planId.replace(/[^a-z0-9-]/g, '')}.csv"`)
      .send(text);
  }

  @Get('halls/:id/seat-plans')
  @Access('admin', 'programmer')
  @Answers('Every plan of a hall with its newest version.', SeatPlanList)
  ofHall(@Param('id') id: string): Promise<SeatPlanList> {
    return this.plans.ofHall(id);
  }

  @Post('halls/:id/seat-plans')
  @HttpCode(200)
  @Access('admin', 'programmer')
  @Answers(
    'The plan as a new version, or the version that says the same already; taken whole or refused whole.',
    SeatPlanReport,
  )
  import(
    @Param('id') id: string,
    @Query(valid(SeatPlanQuery)) query: SeatPlanQuery,
    @Body(valid(ImportSeatPlanBody)) body: ImportSeatPlanBody,
  ): Promise<SeatPlanReport> {
    return this.importPlan.execute(id, body, query.dryRun ?? false);
  }
}
