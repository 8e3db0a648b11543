import type { OpenedPage, PageRequest, PaymentAttempt, PaymentProvider, ProviderStatus } from './payment-provider.js';

export const TERMINAL = 'terminal';

export interface TerminalSettings {
  url: string;
  timeoutMs: number;
}

interface TerminalAnswer {
  reference: string;
  state: 'waiting' | 'approved' | 'declined' | 'cancelled';
  amount: number;
  currency: string;
  refunded: number;
}

/**
 * The card terminals of the counter, behind the contract of tools/payment-sandbox/terminal-door.ts: a payment is known by
 * its attempt's id, and the till's name says which terminal. Whatever stays unanswered is `unknown`, never declined.
 */
export class CardTerminal implements PaymentProvider {
  readonly name = TERMINAL;

  constructor(private readonly settings: TerminalSettings) {}

  async open(request: PageRequest): Promise<OpenedPage> {
    const till = request.providerPaymentId ?? '';
    const { amount, currency } = request.amount;
    const told = await this.ask('POST', '/payments', { reference: request.id, till, amount, currency });
    if (told.outcome === 'away') return { outcome: 'unknown' };
    if (told.outcome === 'refused') return { outcome: 'refused', reason: told.reason };
    const { state } = told.payment;
    if (state === 'declined' || state === 'cancelled') return { outcome: 'refused', reason: state };
    return { outcome: 'open', providerPaymentId: till, redirectUrl: '' };
  }

  async status(attempt: PaymentAttempt): Promise<ProviderStatus> {
    const told = await this.ask('GET', `/payments/${attempt.id}`);
    if (told.outcome === 'away') return { outcome: 'unknown' };
    // The terminal never heard of it, yet the asking may still be on its way: only `close` makes an end of that.
    if (told.outcome === 'refused') return { outcome: 'pending' };
    const { state, amount, currency, refunded } = told.payment;
    if (state === 'approved') return { outcome: 'paid', amount: { amount, currency }, refunded };
    return { outcome: state === 'waiting' ? 'pending' : 'failed' };
  }

  async close(attempt: PaymentAttempt): ReturnType<PaymentProvider['close']> {
    const told = await this.ask('POST', `/payments/${attempt.id}/cancel`);
    if (told.outcome !== 'told') return { outcome: 'unknown' };
    const { state, amount, currency, refunded } = told.payment;
    if (state === 'approved') return { outcome: 'paid', amount: { amount, currency }, refunded };
    return { outcome: state === 'waiting' ? 'unknown' : 'closed' };
  }

  async refund(attempt: PaymentAttempt, _amount: number, upto: number): Promise<'accepted' | 'unknown'> {
    const told = await this.ask('POST', `/payments/${attempt.id}/refunds`, { upto });
    return told.outcome === 'told' && told.payment.refunded >= upto ? 'accepted' : 'unknown';
  }

  private async ask(
    method: string,
    path: string,
    body: object = {},
  ): Promise<
    { outcome: 'told'; payment: TerminalAnswer } | { outcome: 'refused'; reason: string } | { outcome: 'away' }
  > {
    try {
      const answer = await fetch(`${this.settings.url}${path}`, {
        method,
        signal: AbortSignal.timeout(this.settings.timeoutMs),
        ...(method === 'POST' && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      });
      const told: unknown = await answer.json();
      if (answer.ok && isPayment(told)) return { outcome: 'told', payment: told };
      if (answer.status >= 400 && answer.status < 500) return { outcome: 'refused', reason: `${answer.status}` };
      return { outcome: 'away' };
    } catch {
      return { outcome: 'away' };
    }
  }
}

const STATES: ReadonlySet<unknown> = new Set(['waiting', 'approved', 'declined', 'cancelled']);

function isPayment(told: unknown): told is TerminalAnswer {
  return (
    typeof told === 'object' &&
    told !== null &&
    'state' in told &&
    STATES.has(told.state) &&
    'amount' in told &&
    typeof told.amount === 'number' &&
    'refunded' in told &&
    typeof told.refunded === 'number'
  );
}
