import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A card terminal's small contract, as the counter speaks it. A payment is known by the caller's own reference: asked for
 * twice, it is one payment.
 *
 * - `POST /payments {reference, till, amount, currency}` begins; the answer may still be `waiting`.
 * - `GET /payments/:reference` tells how it stands; 404 when the terminal never heard of it.
 * - `POST /payments/:reference/cancel` ends what is not approved; a reference that comes later is refused.
 * - `POST /payments/:reference/refunds {upto}` sends back as much as makes `upto` in all.
 */
export interface TerminalPayment {
  reference: string;
  till: string;
  amount: number;
  currency: string;
  state: 'waiting' | 'approved' | 'declined' | 'cancelled';
  refunded: number;
}

/** What the next payments meet; each holds for so many of them. */
export interface TerminalFaults {
  /** The card is declined. */
  decline?: number;
  /** The terminal takes the money, and the line breaks before it says so. */
  silent?: number;
  /** The person is still at the terminal; `settle` ends it. */
  late?: number;
  /** Nothing is answered at all, whatever is asked. */
  away?: number;
}

const FAULTS = ['decline', 'silent', 'late', 'away'] as const;

/** A terminal on loopback, and its misbehaviour on demand under `/control`. */
export class TerminalDoor {
  readonly payments = new Map<string, TerminalPayment>();
  faults: TerminalFaults = {};

  /** @param path what stands behind the prefix under which the terminal is mounted */
  async handle(request: IncomingMessage, response: ServerResponse, path: string, text: string): Promise<void> {
    const [area, reference = '', deed] = path.split('/').filter(Boolean);
    const body = request.method === 'POST' && text ? (JSON.parse(text) as Record<string, unknown>) : {};
    if (area === 'control') return this.control(request, response, body);
    if (area !== 'payments') return answer(response, 404, { code: 'not-found' });
    if (this.takes('away')) {
      response.destroy();
      return;
    }
    if (request.method === 'GET') {
      const known = this.payments.get(reference);
      return known ? answer(response, 200, known) : answer(response, 404, { code: 'reference-unknown' });
    }
    if (!reference) return this.begin(response, body);
    if (deed === 'cancel') return this.cancel(response, reference);
    if (deed === 'refunds') return this.refund(response, reference, Number(body.upto));
    answer(response, 404, { code: 'not-found' });
  }

  /** The person at the terminal makes up their mind. */
  settle(reference: string, state: 'approved' | 'declined'): void {
    const payment = this.payments.get(reference);
    if (payment?.state === 'waiting') payment.state = state;
  }

  private async begin(
    response: ServerResponse,
    { reference, till, amount, currency }: Record<string, unknown>,
  ): Promise<void> {
    const wrong = typeof reference !== 'string' || typeof till !== 'string' || typeof currency !== 'string';
    if (wrong || typeof amount !== 'number' || !Number.isInteger(amount) || amount <= 0)
      return answer(response, 422, { code: 'payment-malformed' });
    const known = this.payments.get(reference);
    if (known && known.amount !== 0 && known.amount !== amount)
      return answer(response, 409, { code: 'amount-differs' });
    if (known) return answer(response, 200, known);
    const late = this.takes('late');
    const state = late ? 'waiting' : this.takes('decline') ? 'declined' : 'approved';
    const payment: TerminalPayment = { reference, till, amount, currency, state, refunded: 0 };
    this.payments.set(reference, payment);
    if (this.takes('silent')) response.destroy();
    else answer(response, 200, payment);
  }

  private async cancel(response: ServerResponse, reference: string): Promise<void> {
    const payment = this.payments.get(reference) ?? {
      reference,
      till: '',
      amount: 0,
      currency: '',
      state: 'cancelled' as const,
      refunded: 0,
    };
    if (payment.state === 'waiting') payment.state = 'cancelled';
    this.payments.set(reference, payment);
    answer(response, 200, payment);
  }

  private async refund(response: ServerResponse, reference: string, upto: number): Promise<void> {
    const payment = this.payments.get(reference);
    if (payment?.state !== 'approved') return answer(response, 409, { code: 'nothing-taken' });
    if (!Number.isInteger(upto) || upto > payment.amount) return answer(response, 422, { code: 'refund-too-large' });
    payment.refunded = Math.max(payment.refunded, upto);
    answer(response, 200, payment);
  }

  private async control(
    request: IncomingMessage,
    response: ServerResponse,
    body: Record<string, unknown>,
  ): Promise<void> {
    if (request.method === 'GET') return answer(response, 200, [...this.payments.values()]);
    const { settle, ...faults } = body as { settle?: { reference: string; state: 'approved' | 'declined' } };
    const unknown = Object.keys(faults).find((name) => !(FAULTS as readonly string[]).includes(name));
    if (unknown) return answer(response, 422, { code: 'fault-unknown', fault: unknown });
    if (settle) {
      // Without a reference: whoever stands at a terminal now.
      for (const { reference } of [...this.payments.values()].filter(({ state }) => state === 'waiting'))
        if (!settle.reference || settle.reference === reference) this.settle(reference, settle.state);
    } else this.faults = faults as TerminalFaults;
    answer(response, 200, this.faults);
  }

  private takes(fault: keyof TerminalFaults): boolean {
    const left = this.faults[fault] ?? 0;
    if (left > 0) this.faults[fault] = left - 1;
    return left > 0;
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
