import { isId } from '#libs/kernel';
import { saleIdOf, saleState } from './counter-sale.rules.js';

const state = (order: Parameters<typeof saleState>[0]['order'], attempts: string[] = [], voided = false) =>
  saleState({ order, attempts, voided });

describe('a sale at the counter', () => {
  it('is done when it is paid, and at no other time', () => {
    expect(state('paid', ['paid'])).toBe('done');
    for (const order of ['awaiting-payment', 'expiring'] as const)
      for (const attempts of [[], ['closed'], ['opening'], ['open'], ['unknown'], ['paid']])
        expect(state(order, attempts)).not.toBe('done');
  });

  it('is unknown while a terminal has not answered, whatever came before', () => {
    expect(state('awaiting-payment', ['closed', 'unknown'])).toBe('unknown');
    expect(state('expiring', ['unknown'])).toBe('unknown');
  });

  it('can be paid otherwise once every try has ended', () => {
    expect(state('awaiting-payment', ['opening'])).toBe('paying');
    expect(state('awaiting-payment', ['closed'])).toBe('declined');
    expect(state('awaiting-payment')).toBe('declined');
  });

  it('says whether its end cost money', () => {
    expect([state('expired'), state('cancelled')]).toEqual(['given-up', 'given-up']);
    expect([state('refund-due'), state('refunded'), state('review')]).toEqual(Array(3).fill('returning'));
    expect(state('refunded', ['refunded'], true)).toBe('voided');
  });

  it('is found again by its shift and key alone', () => {
    expect(saleIdOf('a', 'key')).toBe(saleIdOf('a', 'key'));
    expect(new Set([saleIdOf('a', 'key'), saleIdOf('b', 'key'), saleIdOf('a', 'yek')]).size).toBe(3);
    expect(isId(saleIdOf('a', 'key'))).toBe(true);
  });
});
