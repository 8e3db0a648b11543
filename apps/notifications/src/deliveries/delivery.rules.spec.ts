import { canStep } from '#libs/kernel';
import { DELIVERY_CYCLE, expiryOf, maskedAddress, retryDelay } from './delivery.rules.js';

describe('a delivery', () => {
  it('is tried again after twice as long, at most ten minutes, never in step with others', () => {
    expect([1, 2, 3, 4].map((attempts) => retryDelay(attempts, 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(retryDelay(40, 1)).toBe(600_000);
    expect(retryDelay(3, 0)).toBe(2_000);
  });

  it('ends where nothing follows; a mail that was sent may still come back', () => {
    for (const end of ['failed', 'bounced', 'suppressed', 'expired', 'withheld'] as const)
      expect(DELIVERY_CYCLE[end]).toEqual([]);
    expect(DELIVERY_CYCLE.sent).toEqual(['bounced']);
    expect(canStep(DELIVERY_CYCLE, 'awaiting-contact', 'queued')).toBe(true);
  });

  it('of a login link is worth sending for ten minutes', () => {
    const at = new Date('2019-09-12T04:00:00Z');
    expect(expiryOf('login', at).toISOString()).toBe('2019-09-12T04:10:00.000Z');
  });

  it('shows an address without giving it away', () => {
    expect(maskedAddress('aigerim.s@example.kz')).toBe('a…@example.kz');
    expect(maskedAddress('broken')).toBe('…');
  });
});
