import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FestivalClockView, StepFestivalClock } from '#libs/contracts';
import {
  Access,
  Answers,
  routeUnknown,
  SETTINGS,
  type ServiceAnswer,
  ServiceClient,
  valid,
} from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';

const DEMO_EDITION = 'almaty-2019';

/** The festival clock, shown by every page and stepped by an admin in development. */
@Controller('api')
export class FestivalClockController {
  constructor(
    private readonly client: ServiceClient,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  @Get('festival-clock')
  @Access('public')
  @Answers('Festival time of the edition.', FestivalClockView)
  async show(@Query('edition') edition: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const id = encodeURIComponent(edition ?? DEMO_EDITION);
    pass(
      reply,
      await this.client.call('screenings', 'GET', `${this.settings.SCREENINGS_URL}/editions/${id}/festival-clock`),
    );
  }

  @Post('dev/festival-clock')
  @HttpCode(200)
  @Access('admin')
  @Answers('Steps the festival clock; in development only.', FestivalClockView)
  async step(@Body(valid(StepFestivalClock)) body: StepFestivalClock, @Res() reply: FastifyReply): Promise<void> {
    if (this.settings.SEANS_ENV === 'production') throw routeUnknown();
    const order = { editionId: body.editionId ?? DEMO_EDITION, now: body.now };
    pass(
      reply,
      await this.client.call('screenings', 'POST', `${this.settings.SCREENINGS_URL}/internal/festival-clock`, order),
    );
  }
}

/** The answer of the service as it is: what was refused there is refused here in the same words. */
function pass(reply: FastifyReply, answer: ServiceAnswer): void {
  const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
  void reply
    .status(answer.status)
    .header('Content-Type', `${type}; charset=utf-8`)
    .header('Cache-Control', 'no-store')
    .send(answer.body);
}
