import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  BadgePrint,
  BadgePrints,
  BadgePrintsOf,
  BadgesOf,
  OrderPrints as Order,
  PrintBatch,
  PrintBatches,
  StepPrint,
} from '#libs/contracts';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  hasRole,
  Idempotency,
  IdempotencyKey,
  roleNeeded,
  valid,
} from '#libs/service-defaults';
import { ChangePrint } from './change-print.js';
import { OrderPrints } from './order-prints.js';
import { printUnknown } from './print.refusals.js';
import { PrintsQueries } from './prints.queries.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => printUnknown() });

/** Badges on card and paper: batches for the press, and what became of each piece. */
@Controller()
@Access('accreditation-officer')
export class PrintsController {
  constructor(
    private readonly queries: PrintsQueries,
    private readonly order: OrderPrints,
    private readonly change: ChangePrint,
    private readonly idempotency: Idempotency,
  ) {}

  @Post('print-batches')
  @Answers('A batch of the living badges that are not on paper yet; it is drawn in the background.', PrintBatch)
  async begin(
    @Body(valid(Order)) body: Order,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<PrintBatch> {
    requireOfficer(officer, body.editionId);
    const { id } = await this.idempotency.once(
      { key, caller: officer.id, operation: 'order-prints', body },
      async (tx) => ({ id: await this.order.within(tx, { order: body, officer }) }),
    );
    return this.queries.batch(id, officer);
  }

  @Get('print-batches')
  @Answers('Batches of an edition, newest first.', PrintBatches)
  async batches(@Query(valid(BadgesOf)) { edition }: BadgesOf, @CallerParam() officer: Caller): Promise<PrintBatches> {
    requireOfficer(officer, edition);
    return { batches: await this.queries.batches(edition) };
  }

  @Get('print-batches/:id')
  @Answers('A batch and how far it is drawn.', PrintBatch)
  batch(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<PrintBatch> {
    return this.queries.batch(id, officer);
  }

  @Get('print-batches/:id/pdf')
  @Answers('The PDF of a batch for the press, always as a download.')
  async pdf(@Param('id', uuid) id: string, @CallerParam() officer: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { bytes, content } = await this.queries.pdf(id, officer);
    await reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Length', String(bytes))
      .header('Content-Disposition', `attachment; filename="badges-${id.slice(-8)}.pdf"`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'private, no-store')
      .send(content);
  }

  @Post('print-batches/:id/printed')
  @HttpCode(200)
  @Answers('The batch, printed: its badges wait to be collected.', PrintBatch)
  async printed(
    @Param('id', uuid) id: string,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<PrintBatch> {
    await this.idempotency.once({ key, caller: officer.id, operation: 'batch-printed', body: { id } }, async (tx) => {
      await this.change.batch(tx, { id, officer });
      return { id };
    });
    return this.queries.batch(id, officer);
  }

  @Get('badge-prints')
  @Answers('Pieces of card and paper of an edition, by state or badge.', BadgePrints)
  async prints(
    @Query(valid(BadgePrintsOf)) query: BadgePrintsOf,
    @CallerParam() officer: Caller,
  ): Promise<BadgePrints> {
    requireOfficer(officer, query.edition);
    return { prints: await this.queries.prints(query) };
  }

  @Post('badge-prints/:id/steps')
  @HttpCode(200)
  @Answers('The piece in its new state.', BadgePrint)
  async step(
    @Param('id', uuid) id: string,
    @Body(valid(StepPrint)) body: StepPrint,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<BadgePrint> {
    const call = { key, caller: officer.id, operation: 'step-print', body: { id, body } };
    await this.idempotency.once(call, async (tx) => {
      await this.change.within(tx, { id, to: body.to, officer });
      return { id };
    });
    return this.queries.print(id);
  }
}

function requireOfficer(officer: Caller, editionId: string): void {
  if (!hasRole(officer, 'accreditation-officer', editionId)) throw roleNeeded();
}
