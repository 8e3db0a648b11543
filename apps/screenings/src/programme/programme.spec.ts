import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planProgramme } from './plan-programme.js';
import { readProgramme } from './read-programme.js';

const folder = join(__dirname, '../../../../data/almaty-2019');
const names = [
  'documented.json',
  'demo.json',
  'plans.json',
  ...readdirSync(join(folder, 'plans')).map((n) => `plans/${n}`),
];
const files = (change: (name: string, text: string) => string = (_, text) => text) =>
  names.map((name) => ({ name, text: change(name, readFileSync(join(folder, name), 'utf8')) }));
const inDemo = (from: string | RegExp, to: string) =>
  files((name, text) => (name === 'demo.json' ? text.replace(from, to) : text));

function load(given: ReturnType<typeof files>) {
  const { rows, problems } = readProgramme(given);
  return problems.length > 0 ? { problems } : planProgramme(rows, 'almaty-2019');
}
const lineOf = (text: string) =>
  readFileSync(join(folder, 'demo.json'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

describe('the programme of 2019', () => {
  it('is sound: 12 films, 11 events, 36 screenings, every one with a price list and a hall', () => {
    const { planned, problems } = load(files()) as ReturnType<typeof planProgramme>;
    expect(problems).toEqual([]);
    expect(planned?.films).toHaveLength(12);
    expect(planned?.screenings).toHaveLength(36);
    const main = planned?.screenings.find((s) => s.id === 'aff19-0916-1930-mega');
    expect(main).toMatchObject({ state: 'on-sale', data: { title: { kk: 'Жарық болсын' }, ageRating: '16+' } });
    expect(main?.endsAt.toISOString()).toBe('2019-09-16T15:33:00.000Z');
    expect(main?.data.allocations.map((a) => a.capacity)).toEqual([302, 24, 20]);
  });

  it('says what was invented and lets nothing invented stand before what is documented', () => {
    const { rows } = readProgramme(inDemo('"Сары-Арқа", "ru": "Сары-Арка"', '"Сары-Арқа", "ru": "Другое"'));
    expect(rows.films.find((row) => row.value.id === 'adam')?.invented).toEqual([
      'title.kk',
      'directors.kk',
      'directors.ru',
      'ageRating',
    ]);
    expect(rows.venues.find((row) => row.value.id === 'sary-arka')?.value.name.ru).toBe('Сары-Арка');
  });

  it('names file, line and reason of a row that points nowhere', () => {
    const { problems } = load(inDemo('"filmId": "oleg"', '"filmId": "olga"'));
    expect(problems).toMatchObject([
      {
        file: 'demo.json',
        line: lineOf('aff19-0916-1500-arman2'),
        code: 'reference-unknown',
        pointer: expect.stringMatching(/^screenings\/\d+\/items\/0\/filmId$/),
      },
    ]);
  });

  it('refuses two shows at once in one hall, an hour too early for 21+, and a day outside', () => {
    const codes = (given: ReturnType<typeof files>) => load(given).problems.map((p) => p.code);
    expect(codes(inDemo('2019-09-16T12:30', '2019-09-16T18:30'))).toEqual(['hall-overlap']);
    expect(codes(inDemo('2019-09-16T22:15', '2019-09-16T21:15'))).toEqual(['hour-illegal']);
    expect(codes(inDemo('2019-09-16T22:15', '2019-10-16T22:15'))).toEqual(['outside-edition']);
    expect(codes(inDemo('2019-09-16T22:15', '2019-09-31T22:15'))).toEqual(['time-invalid']);
  });

  it('takes a hall without numbered seats from the file, and refuses a plan that is neither drawn nor counted', () => {
    const plan = (change: string) =>
      files((name, text) =>
        name === 'plans.json'
          ? text.replace(
              '"file":"plans/arman-2.json","wheelchair":["8-1","8-12"],"companions":{"8-2":"8-1","8-11":"8-12"}',
              change,
            )
          : text,
      );
    const { rows, problems } = readProgramme(plan('"capacity":120,"category":"A"'));
    expect(problems).toEqual([]);
    expect(rows.drawn.get('arman-2')?.plan).toMatchObject({ admission: 'general', categories: [{ name: 'A' }] });
    expect(readProgramme(plan('"capacity":120')).problems.map((p) => p.code)).toEqual(['plan-without-file']);
  });

  it('refuses an unknown field, a wrong type and a state that no file may set, each with its line', () => {
    const { problems } = load(
      inDemo(/"highlight": true, /, '"hilight": true, ').map((file) =>
        file.name === 'demo.json'
          ? { ...file, text: file.text.replace('"state": "on-sale"', '"state": "ended"') }
          : file,
      ),
    );
    expect(problems.map((p) => p.code).sort()).toEqual(['field-choice', 'field-unknown']);
    expect(problems.every((p) => p.file === 'demo.json' && p.line > 1)).toBe(true);
  });

  it('names the line on which a broken file breaks, and the seat that a broken plan repeats', () => {
    const broken = load(inDemo('"hallId": "arman-2"', '"hallId": "arman-2'));
    expect(broken.problems[0]).toMatchObject({
      file: 'demo.json',
      code: 'json-broken',
      line: lineOf('aff19-0916-1500-arman2'),
    });
    const twice = load(files((name, text) => (name === 'plans/arman-2.json' ? text.replace('"1-2"', '"1-1"') : text)));
    expect(twice.problems).toMatchObject([{ file: 'plans/arman-2.json', line: 3, code: 'seat-repeated' }]);
  });
});
