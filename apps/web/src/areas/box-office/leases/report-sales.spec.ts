import type { LeasedSaleReported } from '#libs/contracts';
import { ApiProblem, NoAnswer } from '../../../api/problem';
import type { LeasedSale } from './leased-sale.rules';
import { type Reporting, reportSales } from './report-sales';

const sale = (key: string, state: LeasedSale['state'] = 'waiting'): LeasedSale => ({
  key,
  leaseId: 'lease',
  state,
  seats: [],
  body: { lines: [], total: 0, tendered: 0, soldAt: '', language: 'ru' },
});
const sold = (number: string) =>
  ({ outcome: 'sold', sale: { number }, conflict: null }) as unknown as LeasedSaleReported;
const conflict = { outcome: 'conflict', sale: null, conflict: { reason: 'released' } } as unknown as LeasedSaleReported;
const problem = (status: number, code: string) => new ApiProblem(status, { code });

/** Answers each report by its key, and writes down what was asked and what was kept. */
function service(
  answers: Record<string, LeasedSaleReported | Error>,
): Reporting & { asked: string[]; kept: unknown[] } {
  const asked: string[] = [];
  const kept: unknown[] = [];
  return {
    asked,
    kept,
    async report(_lease, _body, key) {
      asked.push(key);
      const answer = answers[key];
      if (!answer) throw new Error(`nobody expected ${key}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    async told(key, answer) {
      kept.push({ key, ...answer });
    },
  };
}

describe('sales that were made without a line', () => {
  it('are reported in their order, each until it has its answer and never again', async () => {
    const asked = service({ a: sold('7'), c: conflict });
    expect(await reportSales([sale('a'), sale('b', 'sold'), sale('c')], asked)).toBe(true);
    expect(asked.asked).toEqual(['a', 'c']);
    expect(asked.kept).toEqual([
      { key: 'a', state: 'sold', number: '7' },
      { key: 'c', state: 'conflict', reason: 'released' },
    ]);
  });

  it.each<[string, Error]>([
    ['no answer', new NoAnswer()],
    ['a service in trouble', problem(503, 'part-unavailable')],
    ['a first try that is still at work', problem(409, 'request-in-flight')],
    ['a session that is over', problem(401, 'not-signed-in')],
  ])('wait, and those after them too, on %s', async (_, error) => {
    const asked = service({ a: error });
    expect(await reportSales([sale('a'), sale('b')], asked)).toBe(false);
    expect([asked.asked, asked.kept]).toEqual([['a'], []]);
  });

  it('of which one is refused for itself hold nobody up', async () => {
    const asked = service({ a: problem(422, 'leased-seat-unknown'), b: sold('8') });
    expect(await reportSales([sale('a'), sale('b')], asked)).toBe(true);
    expect(asked.kept).toEqual([
      { key: 'a', state: 'refused', reason: 'leased-seat-unknown' },
      { key: 'b', state: 'sold', number: '8' },
    ]);
  });
});
