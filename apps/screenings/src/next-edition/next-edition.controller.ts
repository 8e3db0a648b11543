import { Body, Controller, Param, Post } from '@nestjs/common';
import { CopiedEdition, CopyEdition as CopyEditionBody } from '#libs/contracts';
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
import { CopyEdition } from './copy-edition.js';

@Controller('editions')
export class NextEditionController {
  constructor(
    private readonly copyEdition: CopyEdition,
    private readonly idempotency: Idempotency,
  ) {}

  @Post(':id/next')
  @Access('admin', 'programmer')
  @Answers('The new edition, and how much of the old one it took over.', CopiedEdition)
  copy(
    @Param('id') id: string,
    @Body(valid(CopyEditionBody)) body: CopyEditionBody,
    @IdempotencyKey() key: string,
    @CallerParam() caller: Caller,
  ): Promise<CopiedEdition> {
    if (!hasRole(caller, 'programmer', id)) throw roleNeeded({ edition: id });
    const call = { key, caller: caller.id, operation: `copy-edition ${id}`, body };
    return this.idempotency.once(call, (tx) => this.copyEdition.within(tx, id, body));
  }
}
