import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ConfirmMove, RequestMove as RequestMoveBody, ScreeningMove, ScreeningMoves } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, Idempotency, IdempotencyKey, valid } from '#libs/service-defaults';
import { requireEdition } from '../screenings/require-edition.js';
import { ScreeningsQueries } from '../screenings/screenings.queries.js';
import { DriveMove } from './drive-move.js';
import { MovesQueries } from './moves.queries.js';
import { RequestMove } from './request-move.js';

@Controller()
export class MovesController {
  constructor(
    private readonly moves: MovesQueries,
    private readonly requestMove: RequestMove,
    private readonly drive: DriveMove,
    private readonly idempotency: Idempotency,
    private readonly screenings: ScreeningsQueries,
  ) {}

  @Post('screenings/:id/moves')
  @Access('programmer')
  @Answers('The move with its preview: sales stand still until it is confirmed or given up.', ScreeningMove)
  async request(
    @Param('id') id: string,
    @Body(valid(RequestMoveBody)) body: RequestMoveBody,
    @IdempotencyKey() key: string,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningMove> {
    requireEdition(caller, await this.screenings.editionOf(id), 'programmer');
    const call = { key, caller: caller.id, operation: `move-screening ${id}`, body };
    const { move } = await this.idempotency.once(call, async (tx) => ({
      move: (await this.requestMove.within(tx, id, body, caller.id)).id,
    }));
    await this.drive.ask(move);
    return this.moves.one(move);
  }

  @Get('screenings/:id/moves')
  @Access('programmer', 'house-manager')
  @Answers('Every move of a screening, the newest first.', ScreeningMoves)
  ofScreening(@Param('id') id: string): Promise<ScreeningMove[]> {
    return this.moves.ofScreening(id);
  }

  @Get('moves/:id')
  @Access('programmer', 'house-manager')
  @Answers('A move as it stands now.', ScreeningMove)
  one(@Param('id', ParseUUIDPipe) id: string): Promise<ScreeningMove> {
    return this.moves.one(id);
  }

  @Post('moves/:id/confirm')
  @HttpCode(200)
  @Access('programmer')
  @Answers('Everybody sits in the new place, for ten minutes still to be undone; or a new preview.', ScreeningMove)
  async confirm(
    @Param('id', ParseUUIDPipe) id: string,
    @Body(valid(ConfirmMove)) body: ConfirmMove,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningMove> {
    await this.mayDecide(caller, id);
    await this.drive.confirm(id, body.tag);
    return this.moves.one(id);
  }

  @Post('moves/:id/undo')
  @HttpCode(200)
  @Access('programmer')
  @Answers('Everything is where it was; nobody was told.', ScreeningMove)
  async undo(@Param('id', ParseUUIDPipe) id: string, @CallerParam() caller: Caller): Promise<ScreeningMove> {
    await this.mayDecide(caller, id);
    await this.drive.undo(id);
    return this.moves.one(id);
  }

  @Post('moves/:id/settle')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The undo is waived: sales go on and each visitor is told once.', ScreeningMove)
  async settle(@Param('id', ParseUUIDPipe) id: string, @CallerParam() caller: Caller): Promise<ScreeningMove> {
    await this.mayDecide(caller, id);
    await this.drive.settle(id);
    return this.moves.one(id);
  }

  @Post('moves/:id/abandon')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The move is given up before anybody was moved.', ScreeningMove)
  async abandon(@Param('id', ParseUUIDPipe) id: string, @CallerParam() caller: Caller): Promise<ScreeningMove> {
    await this.mayDecide(caller, id);
    await this.drive.abandon(id);
    return this.moves.one(id);
  }

  private async mayDecide(caller: Caller, id: string): Promise<void> {
    const { screeningId } = await this.moves.one(id);
    requireEdition(caller, await this.screenings.editionOf(screeningId), 'programmer');
  }
}
