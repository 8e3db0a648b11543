import type { CounterLease, LeasedSeat } from '#libs/contracts';
import { leasedSale, leasedTotal, together, unsold } from './leased-sale.rules';

const price = (amount: number) => ({ amount, currency: 'KZT' });
const full = { kind: 'full', name: null, price: price(250_000), proof: null };
const child = { kind: 'child', name: { kk: 'Бала', ru: 'Детский', en: 'Child' }, price: price(123_400), proof: null };
const seat = (line: number, row: string, number: string, soldAs: string | null = null): LeasedSeat => ({
  line,
  row,
  seat: number,
  category: 'A',
  code: `code-${line}`,
  shortCode: `S${line}`,
  kinds: [full, child],
  soldAs,
});
const lease = {
  id: 'lease',
  cashStep: 5,
  seats: [seat(1, 'A', '4'), seat(2, 'A', '5', 'order'), seat(3, 'A', '6'), seat(4, 'B', '1'), seat(5, 'B', '2')],
} as CounterLease;
const given = { tendered: 1_000_000, soldAt: new Date('2019-09-14T12:00:00Z'), language: 'ru' as const };

describe('a sale without a line', () => {
  it('is of seats that neither the service nor this till has sold', () => {
    const sold = leasedSale('key', lease, [{ seat: lease.seats[3]!, kind: full }], given);
    expect(unsold(lease, [sold]).map(({ line }) => line)).toEqual([1, 3, 5]);
    expect(unsold(lease, [{ ...sold, leaseId: 'another' }]).map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect(unsold(lease, [{ ...sold, state: 'conflict' }]).map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it.each([
    [2, [4, 5]],
    [1, [1]],
    [3, [1, 3, 4]],
    [9, [1, 3, 4, 5]],
  ])('of %i takes seats beside one another where there are such', (count, lines) => {
    expect(together(unsold(lease, []), count).map(({ line }) => line)).toEqual(lines);
  });

  it('costs its kinds, rounded as cash is', () => {
    const chosen = [
      { seat: lease.seats[0]!, kind: full },
      { seat: lease.seats[2]!, kind: child },
    ];
    expect(leasedTotal(chosen, 5)).toEqual({ due: price(373_500), roundedBy: price(100) });
    expect(leasedSale('key', lease, chosen, given).body).toEqual({
      lines: [
        { line: 1, kind: 'full' },
        { line: 3, kind: 'child' },
      ],
      total: 373_500,
      tendered: 1_000_000,
      soldAt: '2019-09-14T12:00:00.000Z',
      language: 'ru',
    });
  });
});
