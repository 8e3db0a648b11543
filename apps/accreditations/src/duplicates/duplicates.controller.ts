import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  DismissDuplicates,
  DuplicateList,
  DuplicatesOf,
  MergeDuplicates as MergeBody,
  MergedApplications,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, Idempotency, IdempotencyKey, valid } from '#libs/service-defaults';
import { applicationUnknown } from '../applications/application.refusals.js';
import { FindDuplicates } from './find-duplicates.js';
import { MergeDuplicates } from './merge-duplicates.js';

const applicationId = new ParseUUIDPipe({ exceptionFactory: () => applicationUnknown() });

@Controller('review')
@Access('accreditation-officer')
export class DuplicatesController {
  constructor(
    private readonly find: FindDuplicates,
    private readonly merge: MergeDuplicates,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('duplicates')
  @Answers('Applications that may be one person’s, the likeliest first.', DuplicateList)
  async list(@Query(valid(DuplicatesOf)) of: DuplicatesOf, @CallerParam() officer: Caller): Promise<DuplicateList> {
    return { pairs: await this.find.execute(officer, of) };
  }

  @Post('duplicates/merge')
  @HttpCode(200)
  @Answers('One application goes on; what was merged into it stays readable.', MergedApplications)
  async mergeTwo(
    @Body(valid(MergeBody)) body: MergeBody,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<MergedApplications> {
    await this.idempotency.once({ key, caller: officer.id, operation: 'merge-duplicates', body }, async (tx) => {
      await this.merge.within(tx, officer, body);
      return { id: body.keep };
    });
    return this.merge.mergedInto(officer, body.keep);
  }

  @Post('duplicates/dismiss')
  @HttpCode(200)
  @Answers('Two people after all: the pair is not shown again.', DuplicateList)
  async dismiss(
    @Body(valid(DismissDuplicates)) body: DismissDuplicates,
    @CallerParam() officer: Caller,
    @IdempotencyKey() key: string,
  ): Promise<DuplicateList> {
    await this.idempotency.once({ key, caller: officer.id, operation: 'dismiss-duplicates', body }, async (tx) => {
      await this.merge.dismiss(tx, officer, body);
      return { id: body.first };
    });
    return { pairs: [] };
  }

  @Get('applications/:id/merged')
  @Answers('What was merged into an application, with its history.', MergedApplications)
  merged(@Param('id', applicationId) id: string, @CallerParam() officer: Caller): Promise<MergedApplications> {
    return this.merge.mergedInto(officer, id);
  }
}
