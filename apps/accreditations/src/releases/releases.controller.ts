import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  ChangeRelease as Change,
  PrepareDecisions as Decisions,
  OfEdition,
  OpenRelease,
  Prepared,
  Release,
  ReleaseDecisions,
  ReleaseList,
  ReleasePage,
  UndoDecisions as Undo,
} from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  requiredVersion,
  valid,
} from '#libs/service-defaults';
import { CarryOutRelease } from './carry-out-release.js';
import { ChangeRelease, lockRelease } from './change-release.js';
import { PrepareDecisions } from './prepare-decisions.js';
import { releaseUnknown } from './release.refusals.js';
import { ReleasesQueries } from './releases.queries.js';
import { UndoDecisions } from './undo-decisions.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => releaseUnknown() });

/** Decisions of many, prepared now and made visible as one act. */
@Controller('releases')
@Access('accreditation-officer')
export class ReleasesController {
  constructor(
    private readonly queries: ReleasesQueries,
    private readonly change: ChangeRelease,
    private readonly prepare: PrepareDecisions,
    private readonly undo: UndoDecisions,
    private readonly carryOut: CarryOutRelease,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Answers('The releases of an edition, newest first.', ReleaseList)
  list(@Query(valid(OfEdition)) { edition }: OfEdition, @CallerParam() officer: Caller): Promise<ReleaseList> {
    return this.queries.list(edition, officer);
  }

  @Post()
  @Answers('A release, still empty.', Release)
  async open(
    @Body(valid(OpenRelease)) body: OpenRelease,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Release> {
    const call = { key, caller: officer.id, operation: 'open-release', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await this.change.open(tx, { release: body, officer }),
    }));
    return this.queries.one(id, officer);
  }

  @Get(':id')
  @Answers('What would go, and what would not as things stand now; its ETag is needed to change it.', Release)
  async one(
    @Param('id', uuid) id: string,
    @CallerParam() officer: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Release> {
    const release = await this.queries.one(id, officer);
    void reply.header('ETag', `"${release.version}"`);
    return release;
  }

  @Put(':id')
  @Answers('The release with its new name or time (If-Match).', Release)
  async rename(
    @Param('id', uuid) id: string,
    @Body(valid(Change)) body: Change,
    @Headers('if-match') match: string | undefined,
    @CallerParam() officer: Caller,
  ): Promise<Release> {
    const version = requiredVersion(match);
    await this.database.transaction((tx) => this.change.change(tx, { id, version, change: body, officer }));
    return this.queries.one(id, officer);
  }

  @Get(':id/decisions')
  @Answers('The prepared decisions, page by page.', ReleaseDecisions)
  decisions(
    @Param('id', uuid) id: string,
    @Query(valid(ReleasePage)) { after }: ReleasePage,
    @CallerParam() officer: Caller,
  ): Promise<ReleaseDecisions> {
    return this.queries.decisions(id, officer, after);
  }

  @Post(':id/decisions')
  @HttpCode(200)
  @Answers('The release with these decisions, and those of them that can’t be prepared.', Prepared)
  async add(
    @Param('id', uuid) id: string,
    @Body(valid(Decisions)) body: Decisions,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Prepared> {
    const call = { key, caller: officer.id, operation: 'prepare-decisions', body: { id, body } };
    const { refused } = await this.idempotency.once(call, async (tx) => ({
      refused: await this.prepare.within(tx, { id, officer, decisions: body.decisions }),
    }));
    return { release: await this.queries.one(id, officer), refused };
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Answers('The release without these decisions; their places are free again.', Release)
  takeBack(
    @Param('id', uuid) id: string,
    @Body(valid(Undo)) body: Undo,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Release> {
    return this.once('undo-decisions', { id, officer, key, body }, async (tx) => {
      await this.undo.within(tx, { row: await lockRelease(tx, id, officer), officer, ids: body.applicationIds });
    });
  }

  @Post(':id/release')
  @HttpCode(200)
  @Answers('The release, out: every decision of it is visible from now on.', Release)
  release(
    @Param('id', uuid) id: string,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Release> {
    return this.once('release-decisions', { id, officer, key, body: null }, (tx) =>
      this.carryOut.now(tx, { id, officer }),
    );
  }

  @Delete(':id')
  @Answers('The release, discarded: nothing of it was ever visible.', Release)
  async discard(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<Release> {
    await this.database.transaction((tx) => this.change.discard(tx, { id, officer }));
    return this.queries.one(id, officer);
  }

  private async once(
    operation: string,
    { id, officer, key, body }: { id: string; officer: Caller; key: string; body: unknown },
    work: (tx: Tx) => Promise<void>,
  ): Promise<Release> {
    await this.idempotency.once({ key, caller: officer.id, operation, body: { id, body } }, async (tx) => {
      await work(tx);
      return { id };
    });
    return this.queries.one(id, officer);
  }
}
