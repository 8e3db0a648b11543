import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Put, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  EditionChosen,
  RushDesk,
  RushLine,
  RushLines,
  RushRules as RushRulesBody,
  SeatedLatecomer,
  SeatLatecomer as SeatLatecomerBody,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { RushQueries } from './rush.queries.js';
import { seatNotReleased } from './rush.refusals.js';
import { RushRules } from './rush-rules.js';
import { SeatLatecomer } from './seat-latecomer.js';
import { WorkRushLine } from './work-rush-line.js';

const Refunded = Type.Object({ amount: Type.Integer() });

@Controller()
export class RushController {
  constructor(
    private readonly work: WorkRushLine,
    private readonly rush: RushQueries,
    private readonly latecomers: SeatLatecomer,
    private readonly rules: RushRules,
  ) {}

  @Get('door/rush/:id')
  @Access('device')
  @Answers('The rush line of a screening', RushLine)
  line(@CallerParam() caller: Caller, @Param('id') id: string): Promise<RushLine> {
    return this.work.line(caller, id);
  }

  @Post('door/rush/:id/numbers')
  @Access('device')
  @Answers('One more number in the line', RushLine)
  draw(@CallerParam() caller: Caller, @Param('id') id: string, @IdempotencyKey() key: string): Promise<RushLine> {
    return this.work.draw(caller, id, key);
  }

  @Post('door/rush/:id/admit')
  @HttpCode(200)
  @Access('device')
  @Answers('Who was next has a seat', RushLine)
  admit(@CallerParam() caller: Caller, @Param('id') id: string, @IdempotencyKey() key: string): Promise<RushLine> {
    return this.work.admit(caller, id, key);
  }

  @Post('door/rush/:id/numbers/:number/skip')
  @HttpCode(200)
  @Access('device')
  @Answers('Nobody answered to this number', RushLine)
  skip(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
  ): Promise<RushLine> {
    return this.work.skip(caller, id, number);
  }

  @Post('door/rush/:id/latecomers')
  @HttpCode(200)
  @Access('device')
  @Answers('A released latecomer sits here and is in', SeatedLatecomer)
  latecomer(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SeatLatecomerBody)) body: SeatLatecomerBody,
  ): Promise<SeatedLatecomer> {
    return this.latecomers.execute(caller, id, body);
  }

  @Get('rush-lines')
  @Access('house-manager', 'box-office')
  @Answers('The rush lines of these hours', RushLines)
  lines(@CallerParam() caller: Caller, @Query(valid(EditionChosen)) { edition }: EditionChosen): Promise<RushLines> {
    return this.rush.soon(caller, edition);
  }

  @Get('rush-lines/:id')
  @Access('house-manager', 'box-office')
  @Answers('The rush line of a screening, and when its seats are released', RushDesk)
  desk(@CallerParam() caller: Caller, @Param('id') id: string): Promise<RushDesk> {
    return this.rush.desk(caller, id);
  }

  @Post('rush-lines/:id/numbers')
  @Access('house-manager', 'box-office')
  @Answers('One more number in the line', RushDesk)
  async drawByPerson(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
  ): Promise<RushDesk> {
    await this.work.draw(caller, id, key);
    return this.rush.desk(caller, id);
  }

  @Post('rush-lines/:id/admit')
  @HttpCode(200)
  @Access('house-manager', 'box-office')
  @Answers('Who was next has a seat', RushDesk)
  async admitByPerson(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
  ): Promise<RushDesk> {
    await this.work.admit(caller, id, key);
    return this.rush.desk(caller, id);
  }

  @Post('rush-lines/:id/numbers/:number/skip')
  @HttpCode(200)
  @Access('house-manager', 'box-office')
  @Answers('Nobody answered to this number', RushDesk)
  async skipByPerson(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('number', ParseIntPipe) number: number,
  ): Promise<RushDesk> {
    await this.work.skip(caller, id, number);
    return this.rush.desk(caller, id);
  }

  @Post('released-tickets/:id/refund')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('What was paid for the released seat goes back', Refunded)
  refund(@CallerParam() caller: Caller, @Param('id') id: string): Promise<{ amount: number }> {
    if (!isId(id)) throw seatNotReleased();
    return this.latecomers.refund(caller, id);
  }

  @Get('editions/:id/rush-rules')
  @Access('public')
  @Answers('When seats that nobody took are released', RushRulesBody)
  rushRules(@Param('id') edition: string): Promise<RushRulesBody> {
    return this.rules.of(edition);
  }

  @Put('editions/:id/rush-rules')
  @Access('programmer', 'house-manager')
  @Answers('When seats that nobody took are released', RushRulesBody)
  setRushRules(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(RushRulesBody)) body: RushRulesBody,
  ): Promise<RushRulesBody> {
    return this.rules.set(caller, edition, body);
  }
}
