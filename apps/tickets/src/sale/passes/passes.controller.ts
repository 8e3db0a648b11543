import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { Type } from 'typebox';
import { GivePass as GivePassBody, Pass, PassKinds } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { GivePass } from './give-pass.js';
import { noSuchPass } from './pass.refusals.js';
import { PassesQueries } from './passes.queries.js';
import { SetPassKinds } from './set-pass-kinds.js';

@Controller()
export class PassesController {
  constructor(
    private readonly passes: PassesQueries,
    private readonly setKinds: SetPassKinds,
    private readonly givePass: GivePass,
  ) {}

  @Get('editions/:id/pass-kinds')
  @Access('public')
  @Answers('Passes of the edition and the way between its venues', PassKinds)
  kinds(@Param('id') edition: string): Promise<PassKinds> {
    return this.passes.kinds(edition);
  }

  @Put('editions/:id/pass-kinds')
  @Access('finance')
  @Answers('Passes of the edition and the way between its venues', PassKinds)
  set(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(PassKinds)) body: PassKinds,
  ): Promise<PassKinds> {
    return this.setKinds.execute(caller, edition, body);
  }

  @Get('my/passes')
  @Access('person')
  @Answers("The caller's passes with their codes, and where they were used", Type.Array(Pass))
  mine(@CallerParam() caller: Caller): Promise<Pass[]> {
    return this.passes.mine(caller);
  }

  @Post('passes')
  @Access('admin')
  @Answers('A complimentary pass', Pass)
  give(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(GivePassBody)) body: GivePassBody,
  ): Promise<Pass> {
    return this.givePass.execute(caller, key, body);
  }

  @Post('passes/:id/end')
  @HttpCode(200)
  @Access('admin')
  @Answers('The pass takes no further seats', Pass)
  end(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Pass> {
    if (!isId(id)) throw noSuchPass();
    return this.givePass.end(caller, id);
  }
}
