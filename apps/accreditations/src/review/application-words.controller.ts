import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApplicationWords, WordsOf } from '#libs/contracts';
import { Access, Answers, notFound, valid } from '#libs/service-defaults';
import { ApplicationWordsQueries } from './application-words.queries.js';

const uuid = new ParseUUIDPipe({ exceptionFactory: () => notFound() });

@Controller('internal/applications')
@Access('service')
export class ApplicationWordsController {
  constructor(private readonly words: ApplicationWordsQueries) {}

  @Get(':id/words')
  @Answers('What an officer wrote with that step, and the link to where it is answered.', ApplicationWords)
  one(@Param('id', uuid) id: string, @Query(valid(WordsOf)) { version }: WordsOf): Promise<ApplicationWords> {
    return this.words.one(id, version);
  }
}
