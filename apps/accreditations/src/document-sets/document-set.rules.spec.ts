import type { CategoryRow } from '#libs/contracts';
import {
  belongsTo,
  digestOf,
  missingFor,
  nameOf,
  plusMonths,
  translationOf,
  warningsOf,
} from './document-set.rules.js';

const label = { kk: 'x', ru: 'x', en: 'x' };
const foreign = { not: { field: 'country', is: ['KZ', ''] } };
const field = (id: string, more: object = {}) => ({ id, label, kind: 'text', required: true, maxLength: 80, ...more });
const CATEGORY = {
  id: 'press',
  sets: ['badge', 'foreign-ministry', 'visa'],
  form: [
    field('name', { sets: ['badge'] }),
    field('country', { sets: ['foreign-ministry', 'visa'] }),
    field('passport-number', { sets: ['foreign-ministry', 'visa'], when: foreign }),
    field('visa', { kind: 'yes-no', sets: ['visa'], when: foreign }),
  ],
} as unknown as CategoryRow;

const checked = (values: Record<string, string>, more: object = {}) =>
  warningsOf({
    kind: 'visa',
    values,
    papers: [],
    rules: { visaLeadDays: 14, passportMonths: 6 },
    today: '2019-08-28',
    lastDay: '2019-09-20',
    ...more,
  }).map((warning) => warning.code);

describe('a document set', () => {
  it('takes who its fields ask: a foreigner for the ministry, and for a visa only who needs one', () => {
    const home = { name: 'A', country: 'KZ' };
    const guest = { name: 'B', country: 'FR', 'passport-number': '1', visa: 'yes' };
    const kinds = ['badge', 'foreign-ministry', 'visa'] as const;
    const of = (answers: Record<string, string>) => kinds.filter((kind) => belongsTo(CATEGORY, kind, answers));
    expect(of(home)).toEqual(['badge']);
    expect(of(guest)).toEqual(['badge', 'foreign-ministry', 'visa']);
    expect(of({ ...guest, visa: 'no' })).toEqual(['badge', 'foreign-ministry']);
    expect(missingFor(CATEGORY, 'visa', { country: 'FR', visa: 'yes' })).toEqual(['passport-number']);
  });

  it('warns under 14 days before the arrival, and not on the fourteenth', () => {
    expect(checked({ arrival: '2019-09-11' })).toEqual([]);
    expect(checked({ arrival: '2019-09-10' })).toEqual(['visa-too-late']);
    expect(checked({ arrival: '2019-09-10' }, { kind: 'foreign-ministry' })).toEqual([]);
  });

  it('warns of a passport that ends within six months after the departure, or has ended', () => {
    const stay = { departure: '2019-09-21' };
    expect(checked({ ...stay, 'passport-expires': '2020-03-21' })).toEqual([]);
    expect(checked({ ...stay, 'passport-expires': '2020-03-20' })).toEqual(['passport-ends-early']);
    expect(checked({ ...stay, 'passport-expires': '2019-08-28' })).toEqual(['passport-expired']);
    expect(checked({ 'passport-expires': '2020-03-19' })).toEqual(['passport-ends-early']);
    expect([plusMonths('2019-08-31', 6), plusMonths('2019-12-31', 2)]).toEqual(['2020-02-29', '2020-02-29']);
  });

  it('warns of a paper whose kind asks for a certified translation and has no word of one', () => {
    const rule = { translation: true } as Parameters<typeof translationOf>[0];
    expect([true, false, null].map((said) => translationOf(rule, said))).toEqual([true, false, false]);
    expect(translationOf(undefined, null)).toBeNull();
    const paper = { kind: 'letter', name: label, sha256: '', issuedOn: null, translation: false };
    expect(checked({}, { papers: [paper] })).toEqual(['translation-missing']);
    expect(checked({}, { papers: [{ ...paper, translation: null }] })).toEqual([]);
  });

  it('writes names as the passport does, and digests content whatever the order of its keys', () => {
    expect(nameOf({ 'passport-surname': 'ÖZTÜRK', 'passport-given': 'AYŞE', name: 'Айше' })).toBe('ÖZTÜRK AYŞE');
    expect(nameOf({ name: 'Айше' })).toBe('Айше');
    expect(digestOf({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(digestOf({ b: [{ d: 3, c: 2 }], a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
  });
});
