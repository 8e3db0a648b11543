import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { BadgeAlerts, BadgesOf } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, hasRole, roleNeeded, valid } from '#libs/service-defaults';
import { AlertsQueries } from './alerts.queries.js';
import { badgeUnknown } from './badge.refusals.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => badgeUnknown() });

/** Lost badges that came to a door. */
@Controller('badges/alerts')
@Access('accreditation-officer')
export class AlertsController {
  constructor(private readonly alerts: AlertsQueries) {}

  @Get()
  @Answers('Badges reported lost that were shown at a door; those that nobody looked at first.', BadgeAlerts)
  async list(@Query(valid(BadgesOf)) { edition }: BadgesOf, @CallerParam() officer: Caller): Promise<BadgeAlerts> {
    if (!hasRole(officer, 'accreditation-officer', edition)) throw roleNeeded();
    return { alerts: await this.alerts.of(edition) };
  }

  @Post(':id/seen')
  @HttpCode(200)
  @Answers('The alerts of the edition, this one looked at.', BadgeAlerts)
  async seen(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<BadgeAlerts> {
    const mayOf = (edition: string) => hasRole(officer, 'accreditation-officer', edition);
    return { alerts: await this.alerts.of(await this.alerts.seen(id, officer.id, mayOf)) };
  }
}
