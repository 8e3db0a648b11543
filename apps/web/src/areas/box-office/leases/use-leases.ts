import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { CounterLease } from '#libs/contracts';
import { MINUTE, newId, SECOND } from '#libs/kernel';
import { readLease, renewLease, reportLeasedSale, returnLease } from '../../../api/counter-leases.api';
import { ApiProblem } from '../../../api/problem';
import { type Book, type KeptLease, leaseBook } from './lease-book';
import { type Clocks, leaseStanding } from './lease-clock.rules';
import { reportSales } from './report-sales';

const PAGE = newId();
const TICK_MS = 2 * SECOND;
/** How often the device is told that somebody looked at the clocks. */
const WRITE_DOWN_MS = 30 * SECOND;
const RENEW_MS = 2 * MINUTE;

export const clocksNow = (): Clocks => ({ wall: Date.now(), mono: performance.now(), page: PAGE });

export function useLeaseBook(): Book | undefined {
  return useSyncExternalStore(leaseBook.listen, leaseBook.read);
}

/** A lease as the service told it, by the clocks of before it was asked. */
export function keptFrom(lease: CounterLease, asked: Clocks): KeptLease {
  return { lease, clock: { sellForMs: lease.sellForSeconds * SECOND, asked, seen: clocksNow() } };
}

/** Looks at the clocks: a lease that may not be sold from any more is over from now on. */
async function look(kept: KeptLease): Promise<void> {
  if (kept.over || kept.lease.state !== 'open') return;
  const now = clocksNow();
  const standing = leaseStanding(kept.clock, now);
  if (!standing.sells) await leaseBook.keepLease({ ...kept, over: standing.why });
  else if (now.wall - kept.clock.seen.wall >= WRITE_DOWN_MS)
    await leaseBook.keepLease({ ...kept, clock: { ...kept.clock, seen: now } });
}

/** With a line: new time for what still runs, the rest of what does not goes back, and what is over is read once more. */
async function settle(kept: KeptLease): Promise<void> {
  const asked = clocksNow();
  const { id, state } = kept.lease;
  if (state !== 'open' && state !== 'revoked') return;
  if (!kept.over && asked.wall - kept.clock.asked.wall < RENEW_MS) return;
  try {
    await leaseBook.keepLease(keptFrom(await renewLease(id), asked));
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'lease-over') throw error;
    const now = await readLease(id);
    const ended = now.state === 'revoked' || now.state === 'open' ? await returnLease(id) : now;
    await leaseBook.keepLease({ ...keptFrom(ended, asked), over: 'time' });
  }
}

/** Keeps what this till has leased and sold in order, on whatever page of the counter one is. */
export function useLeaseKeeper(shiftId: string): void {
  const busy = useRef(false);
  useEffect(() => {
    async function keep() {
      const book = leaseBook.read();
      if (!book || busy.current) return;
      busy.current = true;
      try {
        const own = book.leases.filter(({ lease }) => lease.shiftId === shiftId);
        for (const kept of own) await look(kept);
        if (!navigator.onLine) return;
        const ids = new Set(own.map(({ lease }) => lease.id));
        const sales = book.sales.filter((sale) => ids.has(sale.leaseId));
        const told = await reportSales(sales, { report: reportLeasedSale, told: leaseBook.told });
        if (told) for (const kept of leaseBook.read()?.leases ?? []) if (ids.has(kept.lease.id)) await settle(kept);
      } catch {
        // No answer, or a service in trouble: everything is kept, and tried again.
      } finally {
        busy.current = false;
      }
    }
    const timer = setInterval(() => void keep(), TICK_MS);
    void keep();
    return () => clearInterval(timer);
  }, [shiftId]);
}
