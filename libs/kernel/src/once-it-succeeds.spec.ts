import { onceItSucceeds } from './once-it-succeeds.js';

describe('what is made once', () => {
  it('is made by the first who asks, for all', async () => {
    let tries = 0;
    const get = onceItSucceeds(async () => ++tries);
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    expect(await get()).toBe(1);
  });

  it('fails those who waited, and is tried again by the next', async () => {
    let tries = 0;
    const get = onceItSucceeds(async () => {
      if (++tries === 1) throw new Error('not yet');
      return tries;
    });
    const first = await Promise.allSettled([get(), get()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await get()).toBe(2);
  });
});
