import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AnnounceExtra, DecideExtra, ExtraDraw, ExtraRequests, MyExtras } from '#libs/contracts';
import { Database } from '#libs/persistence';
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
import { Bibs } from './bibs.js';
import { extraUnknown } from './extra.refusals.js';
import { Extras } from './extras.js';
import { ExtrasQueries } from './extras.queries.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => extraUnknown() });

/** Places that are counted beside the badge: who may stand at the red carpet. */
@Controller('editions/:id/extras')
export class ExtrasController {
  constructor(
    private readonly extras: Extras,
    private readonly queries: ExtrasQueries,
    private readonly bibs: Bibs,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Access('person')
  @Answers('Extras of the edition and how my requests stand.', MyExtras)
  async mine(@Param('id') editionId: string, @CallerParam() caller: Caller): Promise<MyExtras> {
    return { extras: await this.queries.mine(editionId, caller.id) };
  }

  @Post()
  @Access('accreditation-officer')
  @Answers('Extras of the edition with the one that was announced; the digest of its seed is out at once.', MyExtras)
  async announce(
    @Param('id') editionId: string,
    @Body(valid(AnnounceExtra)) body: AnnounceExtra,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<MyExtras> {
    requireOfficer(officer, editionId);
    const call = { key, caller: officer.id, operation: 'announce-extra', body: { editionId, body } };
    await this.idempotency.once(call, (tx) => this.extras.announce(tx, { editionId, order: body, officer }));
    return { extras: await this.queries.mine(editionId, officer.id) };
  }

  @Post(':extra/request')
  @HttpCode(200)
  @Access('person')
  @Answers('Extras of the edition, this one asked for; asking twice is asking once.', MyExtras)
  async ask(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<MyExtras> {
    const call = { key, caller: caller.id, operation: 'ask-extra', body: { editionId, extraId } };
    await this.idempotency.once(call, (tx) => this.extras.ask(tx, { editionId, extraId, personId: caller.id }));
    return { extras: await this.queries.mine(editionId, caller.id) };
  }

  @Delete(':extra/request')
  @Access('person')
  @Answers('Extras of the edition, this one given up.', MyExtras)
  async giveUp(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @CallerParam() caller: Caller,
  ): Promise<MyExtras> {
    await this.database.transaction((tx) => this.extras.giveUp(tx, { editionId, extraId, personId: caller.id }));
    return { extras: await this.queries.mine(editionId, caller.id) };
  }

  @Get(':extra/requests')
  @Access('accreditation-officer')
  @Answers('Who asked, and for whom it was decided.', ExtraRequests)
  async requests(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @CallerParam() officer: Caller,
  ): Promise<ExtraRequests> {
    requireOfficer(officer, editionId);
    return this.queries.requests(editionId, extraId);
  }

  @Post(':extra/draw')
  @HttpCode(200)
  @Access('accreditation-officer')
  @Answers('Who asked, drawn; a second draw changes nothing.', ExtraRequests)
  async drawNow(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<ExtraRequests> {
    requireOfficer(officer, editionId);
    const call = { key, caller: officer.id, operation: 'draw-extra', body: { editionId, extraId } };
    await this.idempotency.once(call, (tx) => this.extras.draw(tx, { editionId, extraId, officer }));
    return this.queries.requests(editionId, extraId);
  }

  @Get(':extra/draw')
  @Access('public')
  @Answers('Seed, digest and order of the draw, so that anybody can draw again.', ExtraDraw)
  draw(@Param('id') editionId: string, @Param('extra') extraId: string): Promise<ExtraDraw> {
    return this.queries.draw(editionId, extraId);
  }

  @Post(':extra/requests/:request/decision')
  @HttpCode(200)
  @Access('accreditation-officer')
  @Answers('Who asked, with this one decided.', ExtraRequests)
  async decide(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @Param('request', uuid) requestId: string,
    @Body(valid(DecideExtra)) { granted }: DecideExtra,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<ExtraRequests> {
    requireOfficer(officer, editionId);
    const call = { key, caller: officer.id, operation: 'decide-extra', body: { requestId, granted } };
    await this.idempotency.once(call, (tx) =>
      this.extras.decide(tx, { editionId, extraId, requestId, granted, officer }),
    );
    return this.queries.requests(editionId, extraId);
  }

  @Get(':extra/bibs.pdf')
  @Access('accreditation-officer')
  @Answers('Numbers to be worn, one A5 sheet for each who has a place.')
  async bibsPdf(
    @Param('id') editionId: string,
    @Param('extra') extraId: string,
    @CallerParam() officer: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireOfficer(officer, editionId);
    const pdf = await this.bibs.pdf(editionId, extraId);
    await reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', 'attachment; filename="bibs.pdf"')
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }
}

function requireOfficer(officer: Caller, editionId: string): void {
  if (!hasRole(officer, 'accreditation-officer', editionId)) throw roleNeeded();
}
