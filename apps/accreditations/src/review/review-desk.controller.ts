import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common';
import {
  AssignReviewer,
  SavedFilters as Filters,
  OfEdition,
  QuotaList,
  ReviewApplication,
  SavedFilter,
  SaveFilter,
  SetFunctions as SetFunctionsBody,
  TickChecklist,
  WriteNote,
} from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  notFound,
  valid,
} from '#libs/service-defaults';
import { AnnotateApplication } from './annotate-application.js';
import { ReviewQueries } from './review.queries.js';
import { SavedFilters } from './saved-filters.js';
import { SetFunctions } from './set-functions.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => notFound() });

/** What officers keep for themselves: assignment, notes, ticks, filters, the state of the quotas. */
@Controller('review')
@Access('accreditation-officer')
export class ReviewDeskController {
  constructor(
    private readonly queries: ReviewQueries,
    private readonly annotate: AnnotateApplication,
    private readonly functions: SetFunctions,
    private readonly filters: SavedFilters,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('quotas')
  @Answers('Every counter that was used, who waits for it, and who is over where a number was lowered.', QuotaList)
  quotas(@Query(valid(OfEdition)) { edition }: OfEdition, @CallerParam() officer: Caller): Promise<QuotaList> {
    return this.queries.quotaList(edition, officer);
  }

  @Put('applications/:id/reviewer')
  @Answers('The application with its reviewer.', ReviewApplication)
  assign(
    @Param('id', uuid) id: string,
    @Body(valid(AssignReviewer)) { reviewer }: AssignReviewer,
    @CallerParam() officer: Caller,
  ): Promise<ReviewApplication> {
    return this.put(id, officer, (tx) => this.annotate.assign(tx, { id, officer, reviewer }));
  }

  @Put('applications/:id/functions')
  @Answers('The application with its roles, and a badge that opens what all of them open.', ReviewApplication)
  setFunctions(
    @Param('id', uuid) id: string,
    @Body(valid(SetFunctionsBody)) body: SetFunctionsBody,
    @CallerParam() officer: Caller,
  ): Promise<ReviewApplication> {
    return this.put(id, officer, (tx) => this.functions.within(tx, { id, officer, body }));
  }

  @Put('applications/:id/checklist')
  @Answers('The application with what was ticked.', ReviewApplication)
  tick(
    @Param('id', uuid) id: string,
    @Body(valid(TickChecklist)) { checked }: TickChecklist,
    @CallerParam() officer: Caller,
  ): Promise<ReviewApplication> {
    return this.put(id, officer, (tx) => this.annotate.tick(tx, { id, officer, checked }));
  }

  @Post('applications/:id/notes')
  @HttpCode(200)
  @Answers('The application with the note; its applicant never sees it.', ReviewApplication)
  async note(
    @Param('id', uuid) id: string,
    @Body(valid(WriteNote)) body: WriteNote,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<ReviewApplication> {
    const call = { key, caller: officer.id, operation: 'note-application', body: { id, body } };
    await this.idempotency.once(call, async (tx) => {
      await this.annotate.note(tx, { id, officer, text: body.text });
      return { id };
    });
    return this.queries.one(id, officer);
  }

  @Get('filters')
  @Answers('My saved filters of an edition’s queue.', Filters)
  list(@Query(valid(OfEdition)) { edition }: OfEdition, @CallerParam() officer: Caller): Promise<Filters> {
    return this.filters.list(edition, officer);
  }

  @Put('filters/:id')
  @Answers('The filter as it is saved, under the id that its owner made.', SavedFilter)
  save(
    @Param('id', uuid) id: string,
    @Body(valid(SaveFilter)) filter: SaveFilter,
    @CallerParam() officer: Caller,
  ): Promise<SavedFilter> {
    return this.filters.save(id, filter, officer);
  }

  @Delete('filters/:id')
  @HttpCode(204)
  @Answers('Nothing: the filter is gone.')
  remove(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<void> {
    return this.filters.remove(id, officer);
  }

  private async put(id: string, officer: Caller, work: (tx: Tx) => Promise<void>): Promise<ReviewApplication> {
    await this.database.transaction(work);
    return this.queries.one(id, officer);
  }
}
