import { existsSync, readFileSync } from 'node:fs';
import { mayLeave } from '../../apps/notifications/src/deliveries/delivery.rules.js';
import type { LetterFacts } from '../../apps/notifications/src/letters/letter.rules.js';
import { triggersOf } from '../../apps/notifications/src/triggers/trigger.rules.js';
import type { Trigger } from '../../apps/notifications/src/triggers/trigger-row.rules.js';

export interface LetterExample {
  data: unknown;
  facts: LetterFacts;
}

const SITE = 'https://festival.example';

/** Where the golden example of a row is: of a fact beside the contracts, of anything else beside the templates. */
export function exampleFile(trigger: Trigger): string {
  return trigger.type
    ? `libs/contracts/examples/${trigger.type}.json`
    : `apps/notifications/examples/${trigger.template}.json`;
}

function read(file: string): { data: unknown; gathers?: string[] } {
  return JSON.parse(readFileSync(file, 'utf8')) as { data: unknown; gathers?: string[] };
}

/**
 * A letter's example with what its owner would have answered; undefined where there is none.
 * @param root the repository
 */
export function letterExample(trigger: Trigger, root = '.'): LetterExample | undefined {
  const file = `${root}/${exampleFile(trigger)}`;
  if (!existsSync(file)) return undefined;
  const { data, gathers } = read(file);
  const facts: LetterFacts = {
    link: trigger.attachments === 'none' ? SITE : `${SITE}/orders/K7QF-2M9T`,
    ...(trigger.attachments === 'badge' && { shortCode: 'K7Q4 MX9D' }),
    ...(trigger.attachments === 'application' && {
      message: 'Редакциядан жаңа хат керек: қазіргісі 2018 жылғы.\nЖарияланымдарға сілтемелер де жетеді.',
      reason: 'Бұл басылымнан бір адам аккредиттелген.',
    }),
    ...(trigger.attachments === 'member' && {
      delegation: 'Казахфильм · Қазақфильм',
      dueAt: '2019-09-10T12:00:00.000Z',
    }),
    ...(gathers && {
      gathered: gathers.map((type) => ({
        template: triggersOf(type)[0]?.template ?? '',
        data: read(`${root}/libs/contracts/examples/${type}.json`).data,
      })),
    }),
    ...(mayLeave(trigger.deliveryClass) && { unsubscribe: `${SITE}/api/notifications/unsubscribe/example` }),
  };
  return { data, facts };
}
