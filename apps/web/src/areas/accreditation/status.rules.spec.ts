import { aheadOf } from './status.rules';

describe('what is still to come', () => {
  it('is a decision and a badge while somebody reads', () => {
    expect(aheadOf({ state: 'under-review', fee: null })).toEqual(['decision', 'badge']);
  });
  it('has the fee before the badge where there is one', () => {
    expect(aheadOf({ state: 'submitted', fee: { amount: 1, currency: 'KZT' } })).toEqual([
      'reading',
      'decision',
      'fee',
      'badge',
    ]);
  });
  it('is nothing once the way has ended', () => {
    expect(aheadOf({ state: 'withdrawn', fee: null })).toEqual([]);
  });
});
