import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LetterLanguage, LetterTemplates } from '#libs/contracts';
import { defineRefusal, type Language } from '#libs/kernel';
import { Access, Answers, valid } from '#libs/service-defaults';
import type { LetterFacts } from '../letters/letter.rules.js';
import { LETTER_EXAMPLES } from '../letters/letter-examples.generated.js';
import { writeLetter } from '../letters/write-letter.js';

const letterUnknown = defineRefusal('letter-unknown', 'not-found', {
  kk: 'Мұндай хат жоқ.',
  ru: 'Такого письма нет.',
  en: 'There is no such letter.',
});

interface Example {
  template: string;
  deliveryClass: string;
  channels: readonly LetterTemplates['letters'][number]['channels'][number][];
  from: string;
  data: unknown;
  facts: LetterFacts;
}
const EXAMPLES = LETTER_EXAMPLES as unknown as readonly Example[];

/** Letters as they are written, by the very function that writes them, from examples that name nobody. */
@Controller('letters')
@Access('admin')
export class LettersController {
  private listed: LetterTemplates | undefined;

  @Get()
  @Answers('Every letter, what sets it off and its subject', LetterTemplates)
  list(): LetterTemplates {
    this.listed ??= {
      letters: EXAMPLES.map(({ template, deliveryClass, channels, from, data, facts }) => {
        const subject = (language: Language) => writeLetter(template, language, data, facts).subject;
        return {
          template,
          class: deliveryClass,
          channels: [...channels],
          from,
          subject: { kk: subject('kk'), ru: subject('ru'), en: subject('en') },
        };
      }),
    };
    return this.listed;
  }

  @Get(':template/preview')
  @Answers('The letter in a language, written from its example')
  preview(
    @Param('template') template: string,
    @Query(valid(LetterLanguage)) { language }: LetterLanguage,
    @Res() reply: FastifyReply,
  ): void {
    const example = EXAMPLES.find((one) => one.template === template);
    if (!example) throw letterUnknown();
    const { html } = writeLetter(template, language, example.data, example.facts);
    void reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Cache-Control', 'no-store')
      // A mail's own styles are inline; scripts, forms and fetching it has none of.
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .send(html);
  }
}
