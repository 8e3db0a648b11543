import { conflictOf, sellableSeconds } from './lease.rules.js';

const END = new Date('2019-09-14T12:00:00Z');

describe('a lease', () => {
  it.each([
    ['an hour before its end', '2019-09-14T11:00:00Z', 3_480],
    ['three minutes before', '2019-09-14T11:57:00Z', 60],
    ['two minutes and a bit before', '2019-09-14T11:57:59.100Z', 0],
    ['two minutes before', '2019-09-14T11:58:00Z', 0],
    ['after its end', '2019-09-14T12:30:00Z', 0],
  ])('lets a counter sell, %s, for as long as leaves two minutes', (_, now, seconds) => {
    expect(sellableSeconds(END, new Date(now))).toBe(seconds);
  });

  it.each([
    ['lease-over', { state: 'released' }, 'released'],
    ['lease-over', { state: 'returned' }, 'returned'],
    ['lease-over', { state: 'cancelled' }, 'screening-cancelled'],
    ['leased-seat-sold', {}, 'seat-sold'],
    ['shift-closed', {}, 'shift-closed'],
    ['not-on-sale', {}, 'screening-cancelled'],
    ['request-in-flight', {}, undefined],
  ])('whose sale is refused with %s %o has the conflict %s', (code, facts, reason) => {
    expect(conflictOf({ code, facts })).toBe(reason);
  });
});
