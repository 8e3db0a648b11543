import { Body, Controller, Delete, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Type } from 'typebox';
import { ExtendHold, HeldSeats, HoldSeats as HoldSeatsBody } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { HoldSeats } from './hold-seats.js';

const WithToken = Type.Object({ token: Type.String({ maxLength: 8_000 }) });

@Controller('holds')
export class HoldsController {
  constructor(private readonly holds: HoldSeats) {}

  @Post()
  @Access('visitor')
  @Answers('The seats are yours until they expire', HeldSeats)
  hold(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(HoldSeatsBody)) body: HoldSeatsBody,
  ): Promise<HeldSeats> {
    return this.holds.execute(caller, key, body);
  }

  @Post(':id/extend')
  @Access('visitor')
  @Answers('The hold lives longer, once', HeldSeats)
  extend(@CallerParam() caller: Caller, @Body(valid(ExtendHold)) body: ExtendHold): Promise<HeldSeats> {
    return this.holds.extend(caller, body.token);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('visitor')
  @Answers('The seats are free again')
  async drop(
    @CallerParam() caller: Caller,
    @Param('id') _id: string,
    @Query(valid(WithToken)) query: { token: string },
  ): Promise<void> {
    await this.holds.drop(caller, query.token);
  }
}
