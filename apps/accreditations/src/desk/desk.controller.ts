import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  BadgePrint,
  BeginWalkUp,
  DeskPeople,
  DeskSearch,
  IssueWalkUp,
  PrintAtDesk,
  ReprintAtDesk,
  WalkUp,
  WalkUpIssued,
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
import { discardRest, readUploadForm } from '../applications/upload-form.js';
import { badgeUnknown } from '../badges/badge.refusals.js';
import { ChangePrint } from '../prints/change-print.js';
import { printUnknown } from '../prints/print.refusals.js';
import { PrintsQueries } from '../prints/prints.queries.js';
import { ReprintBadge } from '../prints/reprint-badge.js';
import { DeskQueries } from './desk.queries.js';
import { walkUpUnknown } from './desk.refusals.js';
import { WalkUps } from './walk-ups.js';

const applicationId = new ParseUUIDPipe({ exceptionFactory: () => walkUpUnknown() });
const badgeId = new ParseUUIDPipe({ exceptionFactory: () => badgeUnknown() });
const printId = new ParseUUIDPipe({ exceptionFactory: () => printUnknown() });

/** The desk on the day, one screen: find, compare the photo, print, hand over, print anew, accredit on the spot. */
@Controller('desk')
@Access('accreditation-officer')
export class DeskController {
  constructor(
    private readonly queries: DeskQueries,
    private readonly walkUps: WalkUps,
    private readonly prints: ChangePrint,
    private readonly printsOf: PrintsQueries,
    private readonly reprint: ReprintBadge,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('people')
  @Answers('Who matches the name in any script, with badge, card and photo to compare.', DeskPeople)
  async find(@Query(valid(DeskSearch)) query: DeskSearch, @CallerParam() officer: Caller): Promise<DeskPeople> {
    requireOfficer(officer, query.edition);
    return { people: await this.queries.find(query, officer) };
  }

  @Post('walk-ups')
  @Answers('A draft at the desk, filled in by the officer; again to go on with it.', WalkUp)
  async begin(
    @Body(valid(BeginWalkUp)) body: BeginWalkUp,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<WalkUp> {
    requireOfficer(officer, body.editionId);
    const personId = await this.walkUps.personOf(body);
    const call = { key, caller: officer.id, operation: 'begin-walk-up', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await this.walkUps.begin(tx, { order: body, personId, officer }),
    }));
    return this.queries.walkUp(id);
  }

  @Post('walk-ups/:id/evidence')
  @Answers('The draft with a photo from the camera or a paper that was shown.', WalkUp)
  async photo(
    @Param('id', applicationId) id: string,
    @Req() request: FastifyRequest,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<WalkUp> {
    try {
      await this.walkUps.rules(id, officer);
      await this.walkUps.addPaper({ id, officer, key, form: await readUploadForm(request) });
    } catch (error) {
      discardRest(request);
      throw error;
    }
    return this.queries.walkUp(id);
  }

  @Post('walk-ups/:id/issue')
  @HttpCode(200)
  @Answers('Handed in, decided, badge and card at once; without a badge the state says why.', WalkUpIssued)
  async issue(
    @Param('id', applicationId) id: string,
    @Body(valid(IssueWalkUp)) body: IssueWalkUp,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<WalkUpIssued> {
    const call = { key, caller: officer.id, operation: 'issue-walk-up', body: { id, body } };
    await this.idempotency.once(call, async (tx) => {
      await this.walkUps.issue(tx, { id, officer, order: body });
      return { id };
    });
    return this.queries.issued(id);
  }

  @Post('badges/:id/print')
  @Answers('The card of a living badge that has none; its PDF goes to the printer beside the desk.', BadgePrint)
  async print(
    @Param('id', badgeId) id: string,
    @Body(valid(PrintAtDesk)) body: PrintAtDesk,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<BadgePrint> {
    const call = { key, caller: officer.id, operation: 'print-at-desk', body: { id, body } };
    const made = await this.idempotency.once(call, async (tx) => ({
      id: await this.prints.atDesk(tx, { badgeId: id, format: body.format, officer }),
    }));
    return this.printsOf.print(made.id);
  }

  @Post('badges/:id/reprint')
  @Answers('A new serial on a new card; the old serial answers "replaced" at the doors.', BadgePrint)
  async again(
    @Param('id', badgeId) id: string,
    @Body(valid(ReprintAtDesk)) body: ReprintAtDesk,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<BadgePrint> {
    const call = { key, caller: officer.id, operation: 'reprint-badge', body: { id, body } };
    const made = await this.idempotency.once(call, (tx) => this.reprint.within(tx, { badgeId: id, officer, ...body }));
    return this.printsOf.print(made.printId);
  }

  @Get('prints/:id/pdf')
  @Answers('One card as a PDF for the printer beside the desk.')
  async pdf(
    @Param('id', printId) id: string,
    @CallerParam() officer: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.printsOf.cardPdf(id, officer);
    await reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', `attachment; filename="badge-${id.slice(-8)}.pdf"`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }
}

function requireOfficer(officer: Caller, editionId: string): void {
  if (!hasRole(officer, 'accreditation-officer', editionId)) throw roleNeeded();
}
