import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  EditionList,
  type EditionView,
  FestivalClockView,
  SetFestivalClock as SetFestivalClockBody,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, hasRole, valid } from '#libs/service-defaults';
import { EditionsQueries } from './editions.queries.js';
import { SetFestivalClock } from './set-festival-clock.js';

@Controller()
export class EditionsController {
  constructor(
    private readonly editions: EditionsQueries,
    private readonly setClock: SetFestivalClock,
  ) {}

  @Get('editions')
  @Access('public')
  @Answers('Every edition, the newest first; staff also sees rehearsals and editions in preparation.', EditionList)
  all(@CallerParam() caller: Caller): Promise<EditionView[]> {
    return this.editions.all(hasRole(caller, 'programmer') || caller.kind === 'service');
  }

  @Get('editions/:id/festival-clock')
  @Access('public')
  @Answers(
    'Festival time of the edition: machine time plus an offset that is 0 outside development.',
    FestivalClockView,
  )
  clock(@Param('id') id: string): Promise<FestivalClockView> {
    return this.editions.clockOf(id);
  }

  @Post('internal/festival-clock')
  @HttpCode(200)
  @Access('service')
  @Answers('Festival time after it was set; refused in production.', FestivalClockView)
  set(@Body(valid(SetFestivalClockBody)) body: SetFestivalClockBody): Promise<FestivalClockView> {
    return this.setClock.execute({ editionId: body.editionId, now: new Date(body.now) });
  }
}
