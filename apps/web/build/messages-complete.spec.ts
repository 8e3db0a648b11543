import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageProblems } from './messages-complete';

const COMMON = 'src/i18n/common';
const SHOP = 'src/areas/shop/words';

describe('the messages', () => {
  it('are complete in kk, ru and en, and each is used', () => {
    expect(messageProblems(join(__dirname, '..'))).toEqual([]);
  });

  function messages(files: Record<string, string | Record<string, string>>): string[] {
    const root = mkdtempSync(join(tmpdir(), 'messages-'));
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), typeof content === 'string' ? content : JSON.stringify(content));
    }
    return messageProblems(root).sort();
  }
  const inAll = (folder: string, keys: Record<string, string>) =>
    Object.fromEntries(['kk', 'ru', 'en'].map((language) => [`${folder}/${language}.json`, keys]));

  it('fail for a missing key, a missing plural form and a key that nobody wrote', () => {
    expect(
      messages({
        [`${COMMON}/kk.json`]: { 'a.a': 'а', 'a.n_one': '{{n}}' },
        [`${COMMON}/ru.json`]: { 'a.a': 'а', 'a.n_one': '{{n}}', 'a.n_few': '{{n}}' },
        [`${COMMON}/en.json`]: { 'a.n_one': '{{n}}', 'a.n_many': '{{n}}' },
        'src/page.tsx': "t('a.a'); count('a.n', 1); t('b.c')",
      }),
    ).toEqual(['b.c is used in src/page.tsx and nowhere written', 'en: a.a is missing', 'ru: a.n_many is missing']);
  });

  it('fail for a key that nobody uses, but not for one whose end is computed or that stands in a table', () => {
    expect(
      messages({
        ...inAll(COMMON, { 'state.new': '', 'state.old': '', 'word.here': '', 'left.over': '' }),
        'src/page.tsx': `t(\`state.$\{state}\`); const words = { here: 'word.here' }`,
      }),
    ).toEqual(['left.over is used nowhere']);
  });

  it('fail for a word of one area that another uses', () => {
    expect(
      messages({
        ...inAll(SHOP, { 'shop.buy': '' }),
        'src/areas/shop/page.tsx': "t('shop.buy')",
        'src/areas/door/page.tsx': "t('shop.buy')",
      }),
    ).toEqual(['shop.buy is used in src/areas/door/page.tsx and nowhere written']);
  });
});
