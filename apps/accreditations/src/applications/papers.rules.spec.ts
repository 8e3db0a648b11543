import type { EvidenceRule } from '#libs/contracts';
import { askedPapers, problemsOfPapers } from './papers.rules.js';

const name = { kk: 'Хат', ru: 'Письмо', en: 'Letter' };
const rule = (more: Partial<EvidenceRule> = {}): EvidenceRule => ({
  kind: 'letter',
  name,
  required: true,
  minCount: 1,
  maxCount: 3,
  maxBytes: 1_048_576,
  types: ['application/pdf'],
  ...more,
});
const TODAY = '2019-09-12';
const codes = (rules: EvidenceRule[], papers: { kind: string; issuedOn: string | null }[], answers = {}) =>
  problemsOfPapers(rules, answers, papers, TODAY).map((one) => one.code);
const dated = (issuedOn: string | null) => ({ kind: 'letter', issuedOn });

describe('the papers of an application', () => {
  it('are missing until there are enough of a required kind', () => {
    expect(codes([rule({ minCount: 2 })], [dated(null)])).toEqual(['evidence-missing']);
    expect(codes([rule({ minCount: 2 })], [dated(null), dated(null)])).toEqual([]);
    expect(codes([rule({ required: false, minCount: 0 })], [])).toEqual([]);
  });

  it('are asked for by conditions', () => {
    const passport = rule({ kind: 'passport', when: { not: { field: 'country', is: ['KZ', ''] } } });
    expect(codes([passport], [], { country: 'KZ' })).toEqual([]);
    expect(codes([passport], [], { country: 'DE' })).toEqual(['evidence-missing']);
    expect(askedPapers([rule(), passport], { country: 'KZ' }).map((one) => one.kind)).toEqual(['letter']);
  });

  it.each([
    ['2019-06-12', []],
    ['2019-06-11', ['evidence-too-old']],
    ['2019-09-12', []],
    ['2019-09-13', ['evidence-from-the-future']],
    [null, ['evidence-undated']],
  ])('of at most 92 days, dated %s: %j', (issuedOn, expected) => {
    expect(codes([rule({ maxAgeDays: 92 })], [dated(issuedOn)])).toEqual(expected);
  });

  it('need no date where their age does not matter', () => {
    expect(codes([rule()], [dated(null)])).toEqual([]);
  });
});
