import type { CategoryRow } from '#libs/contracts';
import { paperCount } from './paper-count.rules.js';

const category = {
  form: [{ id: 'visa' }],
  evidence: [
    { kind: 'letter', required: true, minCount: 1 },
    { kind: 'clippings', required: true, minCount: 2 },
    { kind: 'passport', required: true, minCount: 1, when: { field: 'visa', is: ['yes'] } },
    { kind: 'card', required: false, minCount: 0 },
  ],
} as unknown as CategoryRow;

describe('the papers of an application', () => {
  it('count those that are needed with its answers', () => {
    expect(paperCount(category, {}, ['letter', 'card'])).toEqual({ asked: 2, given: 1 });
    expect(paperCount(category, { visa: 'yes' }, ['letter', 'passport'])).toEqual({ asked: 3, given: 2 });
  });

  it('are there only once there are enough of them', () => {
    expect(paperCount(category, {}, ['letter', 'clippings']).given).toBe(1);
    expect(paperCount(category, {}, ['letter', 'clippings', 'clippings']).given).toBe(2);
  });
});
