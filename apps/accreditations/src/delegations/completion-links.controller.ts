import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CompletionOpened, CompletionToken, MemberWords } from '#libs/contracts';
import { Access, Answers, valid } from '#libs/service-defaults';
import { CompletionLinks } from './completion-links.js';
import { memberUnknown } from './delegation.refusals.js';

const memberId = new ParseUUIDPipe({ exceptionFactory: () => memberUnknown() });

/** Between the services: what an invitation says, and whose session its link opens. */
@Controller('internal')
@Access('service')
export class CompletionLinksController {
  constructor(private readonly links: CompletionLinks) {}

  @Get('delegation-members/:id/words')
  @Answers('What the mail of an invitation says.', MemberWords)
  words(@Param('id', memberId) id: string): Promise<MemberWords> {
    return this.links.words(id);
  }

  @Post('completions')
  @HttpCode(200)
  @Answers('Whose application the link opens; it works once.', CompletionOpened)
  open(@Body(valid(CompletionToken)) { token }: CompletionToken): Promise<CompletionOpened> {
    return this.links.open(token);
  }
}
