import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  CancelScreening,
  CreateScreening as CreateScreeningBody,
  ScreeningDetail,
  type ScreeningState,
  ScreeningView,
} from '#libs/contracts';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  hasRole,
  Idempotency,
  IdempotencyKey,
  valid,
} from '#libs/service-defaults';
import { CreateScreening } from './create-screening.js';
import { MoveScreening } from './move-screening.js';
import { ScreeningsQueries } from './screenings.queries.js';

@Controller('screenings')
export class ScreeningsController {
  constructor(
    private readonly screenings: ScreeningsQueries,
    private readonly createScreening: CreateScreening,
    private readonly moveScreening: MoveScreening,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Access('programmer')
  @Answers('The new screening, a draft that only staff sees.', ScreeningDetail)
  async create(
    @Body(valid(CreateScreeningBody)) body: CreateScreeningBody,
    @IdempotencyKey() key: string,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningView> {
    const call = { key, caller: caller.id, operation: 'create-screening', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: (await this.createScreening.within(tx, body)).id,
    }));
    return this.screenings.one(id, true);
  }

  @Get(':id')
  @Access('public')
  @Answers('A screening; programmers also see drafts and allocations.', ScreeningView)
  one(@Param('id') id: string, @CallerParam() caller: Caller): Promise<ScreeningView> {
    return this.screenings.one(id, hasRole(caller, 'programmer') || caller.kind === 'service');
  }

  @Post(':id/announce')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, announced: everybody sees it, nobody can buy yet.', ScreeningDetail)
  announce(@Param('id') id: string): Promise<ScreeningView> {
    return this.move(id, 'announced');
  }

  @Post(':id/open-sales')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, on sale.', ScreeningDetail)
  openSales(@Param('id') id: string): Promise<ScreeningView> {
    return this.move(id, 'on-sale');
  }

  @Post(':id/close')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, no longer sold.', ScreeningDetail)
  close(@Param('id') id: string): Promise<ScreeningView> {
    return this.move(id, 'closed');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, cancelled for good; its hall is free.', ScreeningDetail)
  cancel(@Param('id') id: string, @Body(valid(CancelScreening)) body: CancelScreening): Promise<ScreeningView> {
    return this.move(id, 'cancelled', body.reason);
  }

  private async move(id: string, to: ScreeningState, reason?: string): Promise<ScreeningView> {
    await this.moveScreening.execute({ id, to, reason });
    return this.screenings.one(id, true);
  }
}
