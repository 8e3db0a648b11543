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
});
