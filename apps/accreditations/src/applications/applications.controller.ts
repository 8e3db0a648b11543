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
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AnswerRequest,
  Appeal,
  Application,
  ApplicationList,
  ChangeApplication,
  HandIn,
  SaveApplication,
  StartApplication,
} from '#libs/contracts';
import { preferredLanguage } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import {
  Access,
  Answers,
  type Caller,
  CallerParam,
  Idempotency,
  IdempotencyKey,
  requiredVersion,
  seenVersion,
  valid,
} from '#libs/service-defaults';
import { ruleFor } from '../evidence/evidence.rules.js';
import { AcceptOffer } from './accept-offer.js';
import { AddEvidence } from './add-evidence.js';
import { AppealApplication } from './appeal-application.js';
import { applicationUnknown } from './application.refusals.js';
import { ApplicationSteps } from './application-steps.js';
import { ApplicationsQueries } from './applications.queries.js';
import { BeginApplication } from './begin-application.js';
import { ChangeApplication as ChangeApproved } from './change-application.js';
import { SaveApplication as KeepAnswers } from './save-application.js';
import { SubmitApplication } from './submit-application.js';
import { discardRest, readUploadForm } from './upload-form.js';
import { WithdrawApplication } from './withdraw-application.js';

const applicationId = new ParseUUIDPipe({ exceptionFactory: () => applicationUnknown() });

/** What an applicant does with the own applications; another person's are not there. */
@Controller('applications')
@Access('person')
export class ApplicationsController {
  constructor(
    private readonly applications: ApplicationsQueries,
    private readonly begin: BeginApplication,
    private readonly keep: KeepAnswers,
    private readonly addEvidence: AddEvidence,
    private readonly hand: SubmitApplication,
    private readonly takeBack: WithdrawApplication,
    private readonly appealing: AppealApplication,
    private readonly accepting: AcceptOffer,
    private readonly changing: ChangeApproved,
    private readonly steps: ApplicationSteps,
    private readonly idempotency: Idempotency,
  ) {}

  @Get()
  @Answers('My applications, newest first.', ApplicationList)
  mine(@CallerParam() caller: Caller): Promise<ApplicationList> {
    return this.applications.mine(caller.id);
  }

  @Post()
  @Answers('A draft in a category; there is one open application per category.', Application)
  async start(
    @Body(valid(StartApplication)) body: StartApplication,
    @Headers('accept-language') languages: string | undefined,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Application> {
    const language = preferredLanguage(languages);
    const call = { key, caller: caller.id, operation: 'begin-application', body };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await this.begin.within(tx, { ...body, personId: caller.id, language }),
    }));
    return this.applications.one(id, caller.id);
  }

  @Get(':id')
  @Answers('My application; its ETag is needed to save it.', Application)
  async one(
    @Param('id', applicationId) id: string,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Application> {
    return tagged(await this.applications.one(id, caller.id), reply);
  }

  @Put(':id')
  @Answers('My application with the answers saved; refused when it changed since it was read (If-Match).', Application)
  async save(
    @Param('id', applicationId) id: string,
    @Body(valid(SaveApplication)) answers: SaveApplication,
    @Headers('if-match') match: string | undefined,
    @CallerParam() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Application> {
    await this.keep.execute({ id, personId: caller.id, version: requiredVersion(match), answers });
    return tagged(await this.applications.one(id, caller.id), reply);
  }

  @Post(':id/evidence')
  @Answers(
    'My application with the paper added; a form with "kind", perhaps "issuedOn" and "translation", and one "file".',
    Application,
  )
  async upload(
    @Param('id', applicationId) id: string,
    @Req() request: FastifyRequest,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<Application> {
    try {
      await this.take(id, request, caller, key);
    } catch (error) {
      discardRest(request);
      throw error;
    }
    return this.applications.one(id, caller.id);
  }

  @Delete(':id/evidence/:evidenceId')
  @Answers('My application without the paper.', Application)
  async remove(
    @Param('id', applicationId) id: string,
    @Param('evidenceId', applicationId) evidenceId: string,
    @CallerParam() caller: Caller,
  ): Promise<Application> {
    await this.addEvidence.remove({ applicationId: id, personId: caller.id, evidenceId });
    return this.applications.one(id, caller.id);
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Answers('My application, handed in; else everything that is missing, by field.', Application)
  submit(
    @Param('id', applicationId) id: string,
    @Body(valid(HandIn)) body: HandIn,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    return this.once('submit-application', { id, caller, key, match, body }, (tx) =>
      this.hand.within(tx, { id, personId: caller.id, consent: body.consent?.version }),
    );
  }

  @Post(':id/answer')
  @HttpCode(200)
  @Answers('My application, under review again after what was asked for was given.', Application)
  answer(
    @Param('id', applicationId) id: string,
    @Body(valid(AnswerRequest)) body: AnswerRequest,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    return this.once('answer-request', { id, caller, key, match, body }, (tx) =>
      this.hand.answer(tx, { id, personId: caller.id, message: body.message ?? null }),
    );
  }

  @Post(':id/appeal')
  @HttpCode(200)
  @Answers('My application, to be looked at by another officer; once, within the days of its category.', Application)
  appeal(
    @Param('id', applicationId) id: string,
    @Body(valid(Appeal)) body: Appeal,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    return this.once('appeal-application', { id, caller, key, match, body }, (tx) =>
      this.appealing.within(tx, { id, personId: caller.id, message: body.message }),
    );
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Answers('My application, accredited by the place that became free, or once its fee is paid.', Application)
  accept(
    @Param('id', applicationId) id: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    return this.once('accept-offer', { id, caller, key, match, body: null }, (tx) =>
      this.accepting.within(tx, { id, personId: caller.id }),
    );
  }

  @Post(':id/change')
  @HttpCode(200)
  @Answers('My application, changed after its approval (If-Match); under review again where that matters.', Application)
  change(
    @Param('id', applicationId) id: string,
    @Body(valid(ChangeApplication)) body: ChangeApplication,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    const version = requiredVersion(match);
    return this.once('change-application', { id, caller, key, match: undefined, body }, (tx) =>
      this.changing.within(tx, { id, personId: caller.id, version, change: body }),
    );
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Answers('My application, withdrawn; a badge that it had no longer opens doors.', Application)
  withdraw(
    @Param('id', applicationId) id: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<Application> {
    return this.once('withdraw-application', { id, caller, key, match, body: null }, (tx) =>
      this.takeBack.within(tx, { id, personId: caller.id }),
    );
  }

  private async take(id: string, request: FastifyRequest, caller: Caller, key: string): Promise<void> {
    const rules = await this.addEvidence.rules(id, caller.id);
    const form = await readUploadForm(request);
    const limit = form.early === undefined ? undefined : ruleFor(rules, form.early).maxBytes;
    await this.addEvidence.execute(
      { applicationId: id, personId: caller.id, key, fileName: form.fileName, file: form.file, told: form.finish },
      limit,
    );
  }

  private async once(
    operation: string,
    call: { id: string; caller: Caller; key: string; match: string | undefined; body: unknown },
    work: (tx: Tx) => Promise<void>,
  ): Promise<Application> {
    const { id, caller, key, match, body } = call;
    const seen = seenVersion(match);
    await this.idempotency.once({ key, caller: caller.id, operation, body: { id, body } }, async (tx) => {
      await work(tx);
      await this.steps.requireSeen(tx, id, seen);
      return { id };
    });
    return this.applications.one(id, caller.id);
  }
}

function tagged(view: Application, reply: FastifyReply): Application {
  void reply.header('ETag', `"${view.version}"`);
  return view;
}
