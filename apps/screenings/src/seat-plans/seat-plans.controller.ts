import { Controller, Get, Param, ParseIntPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PlanGeometry } from '#libs/contracts';
import { Access, Answers } from '#libs/service-defaults';
import { SeatPlansQueries } from './seat-plans.queries.js';

@Controller('seat-plans')
export class SeatPlansController {
  constructor(private readonly plans: SeatPlansQueries) {}

  @Get(':planId/versions/:version')
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

  @Get(':planId/pretix')
  @Access('public')
  @Answers('The newest version of a plan in pretix’s seating-plan JSON.')
  pretix(@Param('planId') planId: string): Promise<unknown> {
    return this.plans.pretix(planId);
  }
}
