import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AccreditationFile } from '#libs/contracts';
import { termsOf, USUAL_TERMS, whyShut, withFunction } from './category.rules.js';
import { problemsOfFile } from './category-file.rules.js';
import { quotaId, quotaPlaces } from './quota.rules.js';

const almaty = (): AccreditationFile =>
  JSON.parse(readFileSync(resolve('data/almaty-2019/accreditation.json'), 'utf8')) as AccreditationFile;
const press = (file: AccreditationFile) => file.categories.find((one) => one.id === 'press')!;
const codes = (change: (file: AccreditationFile) => void) => {
  const file = almaty();
  change(file);
  return problemsOfFile(file).map((one) => `${one.field} ${one.code}`);
};

describe('the accreditation file of an edition', () => {
  it('of Almaty is right, and says of every row that it is invented', () => {
    const file = almaty();
    expect(problemsOfFile(file)).toEqual([]);
    for (const row of [...file.functions, ...file.categories, ...file.outlets])
      expect([row.invented, 'id' in row ? row.id : row.name]).toEqual([true, expect.any(String)]);
    expect(file.categories.map((row) => row.id)).toEqual(
      expect.arrayContaining(
        'press photo publicist industry market student guest talent jury vip staff volunteer interpreter'.split(' '),
      ),
    );
    const media = press(file).form.find((field) => field.id === 'medium')!.choices!;
    expect(media.map((one) => one.id)).toEqual(['print', 'online', 'radio', 'tv', 'agency']);
  });

  it.each([
    [
      'a function that is not in the table',
      (f) => (press(f).function = 'pigeon'),
      'categories/0/function row-function',
    ],
    [
      'a condition on a field that stands behind',
      (f) => (press(f).form[0]!.when = { field: 'outlet', is: ['x'] }),
      'categories/0/form/0/when row-condition',
    ],
    [
      'a condition of a paper on a field that is not there',
      (f) => (press(f).evidence[0]!.when = { not: { field: 'pigeon', is: ['x'] } }),
      'categories/0/evidence/0/when row-condition',
    ],
    [
      'a quota by outlet and medium without a medium',
      (f) => {
        press(f).form = press(f).form.filter((field) => field.id !== 'medium');
        for (const field of press(f).form) delete field.when;
      },
      'categories/0/quotas/2/of row-quota-field',
    ],
    [
      'a quota by country where the country is any text',
      (f) => (press(f).form.find((field) => field.id === 'country')!.kind = 'text'),
      'categories/0/quotas/3/of row-quota-field',
    ],
    [
      'dates the wrong way round',
      (f) => (press(f).closesAt = '2019-01-01T00:00:00Z'),
      'categories/0/closesAt row-dates',
    ],
    [
      'a choice without choices',
      (f) => delete press(f).form[2]!.choices,
      'categories/0/form/2/choices row-choices-missing',
    ],
    [
      'a required kind of no files',
      (f) => (press(f).evidence[0]!.minCount = 0),
      'categories/0/evidence/0/minCount row-count',
    ],
    ['two functions of one name', (f) => (f.functions[1]!.id = 'press'), 'functions/1/id row-repeated'],
    [
      'an outlet of a category that counts none',
      (f) => (f.outlets[0]!.category = 'jury'),
      'outlets/0/category row-category',
    ],
  ] as [string, (file: AccreditationFile) => unknown, string][])('names the row of %s', (_name, change, expected) => {
    expect(codes((file) => void change(file))).toContain(expected);
  });

  it('is the one table from category to function to rights', () => {
    const file = almaty();
    const of = file.functions.find((row) => row.id === 'student')!;
    const category = withFunction(file.categories.find((row) => row.id === 'student')!, of);
    expect(category).toMatchObject({
      functionName: of.name,
      classes: ['industry'],
      areas: ['A'],
      rights: { dailyQuota: 2, warnings: 1, blockHours: 48 },
    });
  });

  it('gives days where a category names them, and the usual ones where not', () => {
    expect(termsOf({})).toBe(USUAL_TERMS);
    const dates = { opensAt: '2019-09-01T00:00:00Z', closesAt: '2019-09-10T00:00:00Z' };
    const at = (day: string) => whyShut(dates, new Date(`${day}T00:00:00Z`));
    expect([at('2019-08-31'), at('2019-09-01'), at('2019-09-09'), at('2019-09-10')]).toEqual([
      'not-open-yet',
      undefined,
      undefined,
      'closed',
    ]);
    expect(whyShut({}, new Date())).toBeUndefined();
  });

  it('counts an application by whatever it says, and not by what it does not say', () => {
    const file = almaty();
    const category = withFunction(press(file), file.functions[0]!);
    const row = { ...file.outlets[0]!, capacity: 9, media: { tv: 2 } };
    const outlet = { key: 'dala review', name: 'Дала Ревью', row };
    const places = (medium?: string, country?: string) =>
      quotaPlaces('e', category, { outlet, medium, country }).map((one) => [one.id, one.subject, one.capacity]);
    expect(places('tv', 'DE')).toEqual([
      ['e/press/dala review', 'Dala Review', 9],
      ['e/press', null, 150],
      ['e/press/dala review#tv', 'Dala Review, tv', 2],
      ['e/press@DE', 'DE', 120],
    ]);
    expect(places().map(([id]) => id)).toEqual(['e/press/dala review', 'e/press']);
    expect(quotaPlaces('e', category, { outlet: undefined, medium: 'tv', country: undefined })).toHaveLength(1);
    expect(quotaId('e', 'press', 'country', { country: 'KZ' })).toBe('e/press@KZ');
  });
});
