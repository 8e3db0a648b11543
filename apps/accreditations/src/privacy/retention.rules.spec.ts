import type { CategoryRow } from '#libs/contracts';
import { keptNoLonger } from './retention.rules.js';

const text = { kk: '', ru: '', en: '' };
const field = (id: string, keepDays?: number) => ({
  id,
  label: text,
  kind: 'text' as const,
  required: true,
  maxLength: 80,
  ...(keepDays !== undefined && { keepDays }),
});
const paper = (kind: string, keepDays?: number) => ({
  kind,
  name: text,
  required: true,
  minCount: 1,
  maxCount: 1,
  maxBytes: 1_024,
  types: ['application/pdf' as const],
  ...(keepDays !== undefined && { keepDays }),
});
const category: Pick<CategoryRow, 'form' | 'evidence' | 'keepDays'> = {
  form: [field('name'), field('passport-number', 0), field('phone', 30)],
  evidence: [paper('passport', 0), paper('commission-letter', 90)],
  keepDays: 365,
};

describe('retention', () => {
  const on = (today: string, of = category) => keptNoLonger(of, '2019-09-20', today);

  it('keeps everything until the edition is over, its last day included', () => {
    expect(on('2019-09-12')).toEqual({ fields: [], kinds: [], name: false });
    expect(on('2019-09-20')).toEqual({ fields: [], kinds: [], name: false });
  });

  it('goes by each field’s and paper’s own days', () => {
    expect(on('2019-09-21')).toEqual({ fields: ['passport-number'], kinds: ['passport'], name: false });
    expect(on('2019-10-20').fields).toEqual(['passport-number']);
    expect(on('2019-10-21').fields).toEqual(['passport-number', 'phone']);
    expect(on('2019-12-20').kinds).toEqual(['passport', 'commission-letter']);
  });

  it('ends with the category’s days for what has none of its own', () => {
    expect(on('2020-09-19').name).toBe(false);
    expect(on('2020-09-21')).toEqual({
      fields: ['name', 'passport-number', 'phone'],
      kinds: ['passport', 'commission-letter'],
      name: true,
    });
    expect(on('2030-01-01', { ...category, keepDays: undefined }).name).toBe(false);
  });

  it('of what the category does not know goes by the longest days of the edition’s categories', () => {
    const other = { form: [field('school', 10)], evidence: [paper('school-letter', 400)], keepDays: 200 };
    const found = { categories: [category, other], fields: ['school', 'phone'], kinds: ['school-letter', 'passport'] };
    const past = (days: number) => {
      const today = new Date(Date.UTC(2019, 8, 20 + days)).toISOString().slice(0, 10);
      return keptNoLonger(category, '2019-09-20', today, found);
    };
    expect([past(365).fields.includes('school'), past(366).fields.includes('school')]).toEqual([false, true]);
    expect([past(400).kinds.includes('school-letter'), past(401).kinds.includes('school-letter')]).toEqual([
      false,
      true,
    ]);
    const endless = { ...category, keepDays: undefined };
    const alone = keptNoLonger(endless, '2019-09-20', '2029-01-01', { ...found, categories: [endless] });
    expect([alone.fields.includes('school'), alone.kinds.includes('school-letter')]).toEqual([false, false]);
  });
});
