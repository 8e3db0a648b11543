import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  CalendarQuery,
  Clashes,
  ConfirmMove,
  RequestSeating as RequestSeatingBody,
  SeatingAnswer,
  SeatingList,
  SeatingPreview,
  SeatUnseated,
  type UnseatedOwner,
  UnseatedOwners,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { ConfirmSeating } from './confirm-seating.js';
import { RequestSeating } from './request-seating.js';
import { SettleSeating } from './settle-seating.js';
import { UndoSeating } from './undo-seating.js';
import { Unseated } from './unseated.js';
import { VisitsQueries } from './visits.queries.js';

/** The tickets' side of a move. Screenings owns the move and repeats each command until it is answered. */
@Controller()
export class SeatingMovesController {
  constructor(
    private readonly request: RequestSeating,
    private readonly confirmSeating: ConfirmSeating,
    private readonly ends: UndoSeating,
    private readonly settleSeating: SettleSeating,
    private readonly unseated: Unseated,
    private readonly visits: VisitsQueries,
  ) {}

  @Post('internal/seating-moves')
  @HttpCode(200)
  @Access('service')
  @Answers('Sales of the screening are stopped; who would sit where.', SeatingPreview)
  ask(@Body(valid(RequestSeatingBody)) body: RequestSeatingBody): Promise<SeatingPreview> {
    return this.request.execute(body);
  }

  @Post('internal/seating-moves/:id/confirm')
  @HttpCode(200)
  @Access('service')
  @Answers('Everybody sits where the preview said; or a new preview, where it was no longer true.', SeatingAnswer)
  confirm(@Param('id', ParseUUIDPipe) id: string, @Body(valid(ConfirmMove)) body: ConfirmMove): Promise<SeatingAnswer> {
    return this.confirmSeating.execute(id, body.tag);
  }

  @Post('internal/seating-moves/:id/undo')
  @HttpCode(200)
  @Access('service')
  @Answers('Everybody sits where they sat before.', SeatingAnswer)
  undo(@Param('id', ParseUUIDPipe) id: string): Promise<SeatingAnswer> {
    return this.ends.undo(id);
  }

  @Post('internal/seating-moves/:id/settle')
  @HttpCode(200)
  @Access('service')
  @Answers('The undo is over: sales go on and visitors are told.', SeatingAnswer)
  settle(@Param('id', ParseUUIDPipe) id: string): Promise<SeatingAnswer> {
    return this.settleSeating.execute(id);
  }

  @Post('internal/seating-moves/:id/abandon')
  @HttpCode(200)
  @Access('service')
  @Answers('Nothing was moved: sales go on.', SeatingAnswer)
  abandon(@Param('id', ParseUUIDPipe) id: string): Promise<SeatingAnswer> {
    return this.ends.abandon(id);
  }

  @Get('seating-moves/:id/seats')
  @Access('programmer', 'box-office')
  @Answers('Every seat of the move, from where to where.', SeatingList)
  seats(@Param('id', ParseUUIDPipe) id: string): Promise<SeatingList> {
    return this.visits.seating(id);
  }

  @Get('seating-moves/:id/unseated')
  @Access('programmer', 'box-office')
  @Answers('Whom the new hall has no seat for.', UnseatedOwners)
  list(@Param('id', ParseUUIDPipe) id: string): Promise<UnseatedOwner[]> {
    return this.unseated.list(id);
  }

  @Post('seating-moves/:id/unseated/:ownerId/refund')
  @HttpCode(200)
  @Access('programmer', 'box-office')
  @Answers('Those who still have no seat; the named one’s tickets went back in full.', UnseatedOwners)
  refund(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('ownerId', ParseUUIDPipe) ownerId: string,
    @IdempotencyKey() _key: string,
    @CallerParam() caller: Caller,
  ): Promise<UnseatedOwner[]> {
    return this.unseated.giveBack(id, ownerId, caller.id);
  }

  @Post('seating-moves/:id/unseated/:ownerId/seats')
  @HttpCode(200)
  @Access('programmer', 'box-office')
  @Answers('The list after the named one was given free seats.', UnseatedOwners)
  seat(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('ownerId', ParseUUIDPipe) ownerId: string,
    @Body(valid(SeatUnseated)) body: SeatUnseated,
    @CallerParam() caller: Caller,
  ): Promise<UnseatedOwner[]> {
    return this.unseated.seat(id, ownerId, body, caller.id);
  }

  @Get('my/clashes')
  @Access('person')
  @Answers('One’s own bookings that clash since a screening was moved; each may be cancelled without penalty.', Clashes)
  clashes(@CallerParam() caller: Caller): Promise<Clashes> {
    return this.visits.clashes(caller);
  }

  @Get('internal/visits/:screeningId/:personId/calendar')
  @Access('service')
  @Answers('What a person holds at a screening, as a calendar file.')
  async calendar(
    @Param('screeningId') screeningId: string,
    @Param('personId') personId: string,
    @Query(valid(CalendarQuery)) query: CalendarQuery,
  ): Promise<{ ics: string }> {
    return { ics: await this.visits.calendar(screeningId, personId, query.language ?? 'en') };
  }
}
