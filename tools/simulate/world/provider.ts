import type {
  OpenedPage,
  PageRequest,
  PaymentAttempt,
  PaymentProvider,
  ProviderStatus,
} from '../../../apps/tickets/src/sale/payments/payment-provider.js';
import type { Plant } from '../twin/planted.js';
import type { Reach } from '../twin/twin-inventory.js';

interface Page {
  id: string;
  amount: number;
  currency: string;
  livesUntil: number;
  captured: number;
  refunded: number;
  refundKeys: Set<string>;
}

/** The acquirer: pages that cannot be taken back, payments that come late, refunds that are asked for twice. */
export class ProviderDouble {
  readonly pages = new Map<string, Page>();

  constructor(
    private readonly now: () => number,
    private readonly plants: ReadonlySet<Plant>,
  ) {}

  /**
   * The buyer's money is taken, unless the page is over or paid.
   * @param graceMs how long after the page's end a bank may still say yes
   */
  capture(attempt: string, amount: number, graceMs: number): boolean {
    const page = this.pages.get(attempt);
    if (!page || page.captured > 0 || this.now() >= page.livesUntil + graceMs) return false;
    page.captured = amount;
    return true;
  }

  /** "rejected" was answered: what was captured goes back in full. */
  reverse(attempt: string): void {
    const page = this.pages.get(attempt);
    if (page) page.refunded = page.captured;
  }

  /** How one process speaks with it; a call that is lost either way is "unknown" and never a no. */
  adapter(reach: Reach): PaymentProvider {
    const silent = { outcome: 'unknown' } as const;
    const status = (attempt: PaymentAttempt) =>
      reach('status', attempt.id, () => this.status(attempt)).catch((): ProviderStatus => silent);
    return {
      name: 'freedompay',
      open: (request) =>
        reach('open', request.id, () => this.open(request)).catch((): OpenedPage => {
          return this.plants.has('timeout-is-no') ? { outcome: 'refused', reason: 'silence' } : silent;
        }),
      status,
      close: async (attempt, now) => {
        const told = await status(attempt);
        if (told.outcome === 'paid') return told;
        if (told.outcome === 'unknown') return silent;
        return now >= attempt.livesUntil ? { outcome: 'closed' } : silent;
      },
      refund: (attempt, amount, upto) =>
        reach('refund', `${attempt.id} ${amount}`, () => this.refund(attempt, amount, upto)).catch(
          (): 'unknown' => 'unknown',
        ),
    };
  }

  private open(request: PageRequest): OpenedPage {
    const page: Page = this.pages.get(request.id) ?? {
      id: `page-${request.id}`,
      amount: request.amount.amount,
      currency: request.amount.currency,
      livesUntil: this.now() + request.lifeSeconds * 1_000,
      captured: 0,
      refunded: 0,
      refundKeys: new Set(),
    };
    this.pages.set(request.id, page);
    return { outcome: 'open', providerPaymentId: page.id, redirectUrl: `https://pay.test/${page.id}` };
  }

  private status(attempt: PaymentAttempt): ProviderStatus {
    const page = this.pages.get(attempt.id);
    if (!page) return { outcome: 'failed' };
    if (page.captured === 0) return { outcome: 'pending' };
    return { outcome: 'paid', amount: { amount: page.captured, currency: page.currency }, refunded: page.refunded };
  }

  private refund(attempt: PaymentAttempt, amount: number, upto: number): 'accepted' | 'unknown' {
    const page = this.pages.get(attempt.id);
    const key = `refund-${attempt.id}-${upto}`;
    if (!page || page.captured === 0) return 'unknown';
    if (!page.refundKeys.has(key)) {
      if (page.refunded + amount > page.captured) return 'unknown';
      page.refundKeys.add(key);
      page.refunded += amount;
    }
    return 'accepted';
  }
}
