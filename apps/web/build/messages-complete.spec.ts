import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageProblems } from './messages-complete';

describe('the messages', () => {
  it('are complete in kk, ru and en', () => {
    expect(messageProblems(join(__dirname, '..'))).toEqual([]);
  });

  it('fail for a missing key, a missing plural form and a key that nobody wrote', () => {
    const root = mkdtempSync(join(tmpdir(), 'messages-'));
    mkdirSync(join(root, 'src/i18n'), { recursive: true });
    const write = (language: string, keys: Record<string, string>) =>
      writeFileSync(join(root, `src/i18n/${language}.json`), JSON.stringify(keys));
    write('kk', { a: 'а', n_one: '{{n}}' });
    write('ru', { a: 'а', n_one: '{{n}}', n_few: '{{n}}' });
    write('en', { n_one: '{{n}}', n_many: '{{n}}' });
    writeFileSync(join(root, 'src/page.tsx'), "t('a'); count('n', 1); t('b.c')");
    expect(messageProblems(root).sort()).toEqual([
      'b.c is used in src/page.tsx and nowhere written',
      'en: a is missing',
      'ru: n_many is missing',
    ]);
  });
});
