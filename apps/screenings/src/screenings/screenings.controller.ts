import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  CancelScreening,
  CheckScreening as CheckScreeningBody,
  CreateScreening as CreateScreeningBody,
  DelayScreening as DelayScreeningBody,
  PatchScreening as PatchScreeningBody,
  ScreeningCheck,
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
  type Role,
  valid,
} from '#libs/service-defaults';
import { CheckScreening } from './check-screening.js';
import { CreateScreening } from './create-screening.js';
import { DelayScreening } from './delay-screening.js';
import { DeleteDraft } from './delete-draft.js';
import { PatchScreening } from './patch-screening.js';
import { requireEdition } from './require-edition.js';
import { etagOf, hasTag, ScreeningsQueries } from './screenings.queries.js';
import { StepScreening } from './step-screening.js';

@Controller('screenings')
export class ScreeningsController {
  constructor(
    private readonly screenings: ScreeningsQueries,
    private readonly createScreening: CreateScreening,
    private readonly stepScreening: StepScreening,
    private readonly patchScreening: PatchScreening,
    private readonly delayScreening: DelayScreening,
    private readonly checkScreening: CheckScreening,
    private readonly deleteDraft: DeleteDraft,
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
    requireEdition(caller, body.editionId, 'programmer');
    const call = { key, caller: caller.id, operation: 'create-screening', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: (await this.createScreening.within(tx, body)).id,
    }));
    return this.screenings.one(id, true);
  }

  @Post('check')
  @HttpCode(200)
  @Access('programmer')
  @Answers('When it would end and everything that is in its way; nothing is saved.', ScreeningCheck)
  check(
    @Body(valid(CheckScreeningBody)) body: CheckScreeningBody,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningCheck> {
    requireEdition(caller, body.editionId, 'programmer');
    return this.checkScreening.execute(body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('programmer')
  @Answers('The draft is gone; If-Match carries the tag of what was seen.')
  async remove(
    @Param('id') id: string,
    @Headers('if-match') seen: string | undefined,
    @CallerParam() caller: Caller,
  ): Promise<void> {
    requireEdition(caller, await this.screenings.editionOf(id), 'programmer');
    await this.deleteDraft.execute(id, seen);
  }

  @Get(':id')
  @Access('public')
  @Answers('A screening with a strong ETag; programmers also see drafts and allocations.', ScreeningView)
  async one(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Headers('if-none-match') known: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const staff = hasRole(caller, 'programmer') || caller.kind === 'service';
    tagged(reply, await this.screenings.one(id, staff), known);
  }

  @Patch(':id')
  @Access('programmer')
  @Answers('The screening after the change; If-Match carries the tag of what was seen.', ScreeningDetail)
  async patch(
    @Param('id') id: string,
    @Headers('if-match') seen: string | undefined,
    @Body(valid(PatchScreeningBody)) body: PatchScreeningBody,
    @CallerParam() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireEdition(caller, await this.screenings.editionOf(id), 'programmer');
    tagged(reply, await this.patchScreening.execute(id, seen, body));
  }

  @Post(':id/delay')
  @HttpCode(200)
  @Access('programmer', 'house-manager')
  @Answers('The screening, some minutes later; sent again with the same key it is not delayed again.', ScreeningDetail)
  async delay(
    @Param('id') id: string,
    @Body(valid(DelayScreeningBody)) body: DelayScreeningBody,
    @IdempotencyKey() key: string,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningView> {
    requireEdition(caller, await this.screenings.editionOf(id), 'programmer', 'house-manager');
    const call = { key, caller: caller.id, operation: `delay-screening ${id}`, body };
    await this.idempotency.once(call, (tx) => this.delayScreening.within(tx, { id, minutes: body.minutes }));
    return this.screenings.one(id, true);
  }

  @Post(':id/end')
  @HttpCode(200)
  @Access('programmer', 'house-manager')
  @Answers('The screening, over; refused before its end.', ScreeningDetail)
  end(@Param('id') id: string, @CallerParam() caller: Caller): Promise<ScreeningView> {
    return this.step(caller, id, 'ended');
  }

  @Post(':id/announce')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, announced: everybody sees it, nobody can buy yet.', ScreeningDetail)
  announce(@Param('id') id: string, @CallerParam() caller: Caller): Promise<ScreeningView> {
    return this.step(caller, id, 'announced');
  }

  @Post(':id/open-sales')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, on sale.', ScreeningDetail)
  openSales(@Param('id') id: string, @CallerParam() caller: Caller): Promise<ScreeningView> {
    return this.step(caller, id, 'on-sale');
  }

  @Post(':id/close')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, no longer sold.', ScreeningDetail)
  close(@Param('id') id: string, @CallerParam() caller: Caller): Promise<ScreeningView> {
    return this.step(caller, id, 'closed');
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('programmer')
  @Answers('The screening, cancelled for good; its hall is free.', ScreeningDetail)
  cancel(
    @Param('id') id: string,
    @Body(valid(CancelScreening)) body: CancelScreening,
    @CallerParam() caller: Caller,
  ): Promise<ScreeningView> {
    return this.step(caller, id, 'cancelled', body.reason);
  }

  private async step(caller: Caller, id: string, to: ScreeningState, reason?: string): Promise<ScreeningView> {
    const roles: Role[] = to === 'ended' ? ['programmer', 'house-manager'] : ['programmer'];
    requireEdition(caller, await this.screenings.editionOf(id), ...roles);
    await this.stepScreening.execute({ id, to, reason });
    return this.screenings.one(id, true);
  }
}

/** The answer with its tag; 304 for who has it. */
function tagged(reply: FastifyReply, view: ScreeningView, known?: string): void {
  const body = JSON.stringify(view);
  const etag = etagOf(body);
  void reply.header('ETag', etag).header('Cache-Control', 'private, no-cache');
  if (hasTag(known, etag)) void reply.status(304).send();
  else void reply.header('Content-Type', 'application/json; charset=utf-8').send(body);
}
