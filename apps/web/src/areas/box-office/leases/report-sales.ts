import type { LeasedSaleReported } from '#libs/contracts';
import { ApiProblem } from '../../../api/problem';
import type { LeasedSale } from './leased-sale.rules';

export interface Reporting {
  report(leaseId: string, body: LeasedSale['body'], key: string): Promise<LeasedSaleReported>;
  told(key: string, answer: Pick<LeasedSale, 'state' | 'number' | 'reason'>): Promise<void>;
}

/** A service in trouble, a first try that is still at work, a session that is over: the same report is made again later. */
function comesLater(error: unknown): boolean {
  if (!(error instanceof ApiProblem)) return true;
  return error.status >= 500 || error.status === 401 || error.status === 429 || error.code === 'request-in-flight';
}

/**
 * Tells the service what was sold, in the order in which it was. One that the service refuses for itself stands on the
 * list and holds nobody up; where no answer comes the rest waits.
 * @returns whether everything that waited has its answer
 */
export async function reportSales(sales: readonly LeasedSale[], { report, told }: Reporting): Promise<boolean> {
  for (const sale of sales) {
    if (sale.state !== 'waiting') continue;
    try {
      const answer = await report(sale.leaseId, sale.body, sale.key);
      await told(
        sale.key,
        answer.sale
          ? { state: 'sold', number: answer.sale.number }
          : { state: 'conflict', reason: answer.conflict?.reason ?? 'released' },
      );
    } catch (error) {
      if (comesLater(error)) return false;
      await told(sale.key, { state: 'refused', reason: (error as ApiProblem).code });
    }
  }
  return true;
}
