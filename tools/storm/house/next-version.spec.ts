import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../local-stack/index.js';
import { TELLS_BOTH, TELLS_NEXT } from './next-version.js';
import { changed } from './workshop.js';

describe('the next version of an event', () => {
  it.each([
    ['told beside the old one', TELLS_BOTH],
    ['told alone', TELLS_NEXT],
  ])('is written into the product as it is, %s', (_, patches) => {
    const sources = new Map<string, string>();
    for (const patch of patches) {
      const before = sources.get(patch.file) ?? readFileSync(join(REPOSITORY, patch.file), 'utf8');
      sources.set(patch.file, changed(before, patch));
    }
    expect([...sources.values()].join('\n')).toContain('tickets.order.paid.v2');
  });
});
