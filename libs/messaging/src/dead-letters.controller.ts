import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DeadLetterFilter, DeadLetterList } from '#libs/contracts';
import { defineRefusal } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { Access, Answers, valid } from '#libs/service-defaults';
import { DeadLetters } from './dead-letters.js';

const letterNotWaiting = defineRefusal('dead-letter-not-waiting', 'conflict', {
  kk: 'Бұл хабар енді шешім күтпейді.',
  ru: 'Это сообщение уже не ждёт решения.',
  en: 'This letter no longer waits for a decision.',
});

/** What a service could not hear: an admin reads it, has it heard again, or gives it up. */
@Controller('dead-letters')
@Access('admin')
export class DeadLettersController {
  private readonly letters: DeadLetters;

  constructor(database: Database) {
    this.letters = new DeadLetters((sql, values) => database.query(sql, values));
  }

  @Get()
  @Answers('Letters that wait for a decision, or all of them', DeadLetterList)
  list(@Query(valid(DeadLetterFilter)) filter: DeadLetterFilter): Promise<DeadLetterList> {
    return this.listed(filter.all === true);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Answers('The letters as they stand: this one and those behind it are heard again', DeadLetterList)
  async replay(@Param('id') id: string): Promise<DeadLetterList> {
    if (!/^\d{1,18}$/.test(id) || (await this.letters.replay(id)) === 0) throw letterNotWaiting();
    return this.listed(false);
  }

  @Post(':id/drop')
  @HttpCode(200)
  @Answers('The letters as they stand: this one counts as heard', DeadLetterList)
  async drop(@Param('id') id: string): Promise<DeadLetterList> {
    if (!/^\d{1,18}$/.test(id) || !(await this.letters.drop(id))) throw letterNotWaiting();
    return this.listed(false);
  }

  private async listed(all: boolean): Promise<DeadLetterList> {
    const letters = await this.letters.list(all);
    return {
      letters: letters.map(({ consumer: _, fact: _fact, ended_at, at, ...letter }) => ({
        ...letter,
        at: at.toISOString(),
        endedAt: ended_at?.toISOString() ?? null,
      })),
    };
  }
}
