import { isDoorRoute, isProviderCallback } from './paths.js';
import { tooBusy } from './routing.refusals.js';

/** Whoever is in the middle of something is served as long as there are not so many times more. */
const IN_THE_MIDDLE = 4;
const COME_AGAIN_MS = 2_000;
const LOOKS = new Set(['GET', 'HEAD']);
const HOLDS = /^\/api\/tickets\/holds(\?|$)/;

/**
 * How many calls are under way to the services. Beyond what they can answer soon, whoever only begins is told so at once:
 * a queue that nobody sees makes everybody wait. Gates and providers of payments are never turned away.
 */
export class Crush {
  private underWay = 0;

  constructor(private readonly most: number) {}

  /** The call is under way until the answer is called. @throws too-busy */
  enter({ method, url }: { method: string; url: string }): () => void {
    if (this.underWay >= this.mostFor(method, url)) throw tooBusy({}, { retryAfterMs: COME_AGAIN_MS });
    this.underWay += 1;
    let left = false;
    return () => {
      if (!left) this.underWay -= 1;
      left = true;
    };
  }

  private mostFor(method: string, url: string): number {
    if (isDoorRoute(url) || isProviderCallback(url)) return Number.POSITIVE_INFINITY;
    const begins = (LOOKS.has(method) && !url.startsWith('/api/tickets/orders/')) || HOLDS.test(url);
    return begins ? this.most : this.most * IN_THE_MIDDLE;
  }
}
