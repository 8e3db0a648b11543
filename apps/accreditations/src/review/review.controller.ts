import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  Decide,
  DecideWithReason,
  RequestInformation,
  ReviewApplication,
  ReviewFilter,
  ReviewQueue,
} from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  notFound,
  seenVersion,
  valid,
} from '#libs/service-defaults';
import { ApplicationSteps } from '../applications/application-steps.js';
import { TellGates } from '../badges/tell-gates.job.js';
import { ApproveApplication } from './approve-application.js';
import { DecideApplication } from './decide-application.js';
import { JudgeBadge } from './judge-badge.js';
import { ReviewQueries } from './review.queries.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => notFound() });

/** The officer's desk, edition by edition. */
@Controller('review')
@Access('accreditation-officer')
export class ReviewController {
  constructor(
    private readonly queries: ReviewQueries,
    private readonly approval: ApproveApplication,
    private readonly decisions: DecideApplication,
    private readonly badges: JudgeBadge,
    private readonly gates: TellGates,
    private readonly steps: ApplicationSteps,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('applications')
  @Answers('Applications that were handed in, oldest first, and how many there are in each state.', ReviewQueue)
  queue(@Query(valid(ReviewFilter)) filter: ReviewFilter, @CallerParam() officer: Caller): Promise<ReviewQueue> {
    return this.queries.queue(filter, officer);
  }

  @Get('applications/:id')
  @Answers('One application with its papers, quotas and checklist.', ReviewApplication)
  one(@Param('id', uuid) id: string, @CallerParam() officer: Caller): Promise<ReviewApplication> {
    return this.queries.one(id, officer);
  }

  @Post('applications/:id/start')
  @HttpCode(200)
  @Answers('The application, under review.', ReviewApplication)
  start(
    @Param('id', uuid) id: string,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ) {
    return this.once('start-review', { id, key, officer, match, body: null }, (tx) =>
      this.decisions.start(tx, { id, officer }),
    );
  }

  @Post('applications/:id/request-information')
  @HttpCode(200)
  @Answers('The application, waiting for its applicant; the clock stands.', ReviewApplication)
  ask(
    @Param('id', uuid) id: string,
    @Body(valid(RequestInformation)) body: RequestInformation,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ) {
    return this.once('request-information', { id, key, officer, match, body }, (tx) =>
      this.decisions.requestInformation(tx, { id, officer, ask: body }),
    );
  }

  @Post('applications/:id/approve')
  @HttpCode(200)
  @Answers('The application, approved with a badge, or on the waiting list where the quota says so.', ReviewApplication)
  approve(
    @Param('id', uuid) id: string,
    @Body(valid(Decide)) body: Decide,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ) {
    return this.once('approve-application', { id, key, officer, match, body }, (tx) =>
      this.approval.within(tx, { id, officer, reason: body.reason ?? null, override: body.override }),
    );
  }

  @Post('applications/:id/reject')
  @HttpCode(200)
  @Answers('The application, rejected with a reason that its applicant reads.', ReviewApplication)
  reject(
    @Param('id', uuid) id: string,
    @Body(valid(DecideWithReason)) body: DecideWithReason,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ) {
    return this.once('reject-application', { id, key, officer, match, body }, (tx) =>
      this.decisions.reject(tx, { id, officer, reason: body.reason }),
    );
  }

  @Post('applications/:id/waitlist')
  @HttpCode(200)
  @Answers('The application, on the waiting list.', ReviewApplication)
  waitlist(
    @Param('id', uuid) id: string,
    @Body(valid(DecideWithReason)) body: DecideWithReason,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ) {
    return this.once('waitlist-application', { id, key, officer, match, body }, (tx) =>
      this.decisions.waitlist(tx, { id, officer, reason: body.reason }),
    );
  }

  @Post('badges/:id/revoke')
  @HttpCode(200)
  @Answers('The application of the badge; `badge.atGates` says whether the doors know.', ReviewApplication)
  revoke(
    @Param('id', uuid) id: string,
    @Body(valid(DecideWithReason)) body: DecideWithReason,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ) {
    return this.judge('revoke-badge', { id, key, officer, body }, (tx) =>
      this.badges.revoke(tx, { badgeId: id, officer, reason: body.reason }),
    );
  }

  @Post('badges/:id/suspend')
  @HttpCode(200)
  @Answers('The application of the badge, suspended.', ReviewApplication)
  suspend(
    @Param('id', uuid) id: string,
    @Body(valid(DecideWithReason)) body: DecideWithReason,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ) {
    return this.judge('suspend-badge', { id, key, officer, body }, (tx) =>
      this.badges.suspend(tx, { badgeId: id, officer, reason: body.reason }),
    );
  }

  @Post('badges/:id/reinstate')
  @HttpCode(200)
  @Answers('The application of the badge, with its powers back.', ReviewApplication)
  reinstate(
    @Param('id', uuid) id: string,
    @Body(valid(Decide)) body: Decide,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ) {
    return this.judge('reinstate-badge', { id, key, officer, body }, (tx) =>
      this.badges.reinstate(tx, { badgeId: id, officer, reason: body.reason ?? null }),
    );
  }

  @Post('badges/:id/lost')
  @HttpCode(200)
  @Answers('The application with a new badge; the lost one no longer opens doors.', ReviewApplication)
  lost(
    @Param('id', uuid) id: string,
    @Body(valid(DecideWithReason)) body: DecideWithReason,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ) {
    return this.judge('lose-badge', { id, key, officer, body }, (tx) =>
      this.badges.lost(tx, { badgeId: id, officer, reason: body.reason }),
    );
  }

  private async once(
    operation: string,
    call: { id: string; key: string; officer: Caller; match: string | undefined; body: unknown },
    work: (tx: Tx) => Promise<void>,
  ): Promise<ReviewApplication> {
    const { id, key, officer, match, body } = call;
    const seen = seenVersion(match);
    await this.idempotency.once({ key, caller: officer.id, operation, body: { id, body } }, async (tx) => {
      await work(tx);
      await this.steps.requireSeen(tx, id, seen);
      return { id };
    });
    return this.queries.one(id, officer);
  }

  private async judge(
    operation: string,
    call: { id: string; key: string; officer: Caller; body: unknown },
    work: (tx: Tx) => Promise<string>,
  ): Promise<ReviewApplication> {
    const { id, key, officer, body } = call;
    const { applicationId } = await this.idempotency.once(
      { key, caller: officer.id, operation, body: { id, body } },
      async (tx) => ({ applicationId: await work(tx) }),
    );
    await this.gates.settled(applicationId);
    return this.queries.one(applicationId, officer);
  }
}
