import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** How the sandbox misbehaves for one payment. */
export interface Faults {
  /** The result is told this many times more. */
  duplicateCallbacks?: number;
  /** The result is told this much later. */
  delayMs?: number;
  /** The result is held back until another payment's result was told. */
  reorder?: boolean;
  /** The first telling bears a wrong signature. */
  forgeSignature?: boolean;
  /** Another amount is taken and told, in tenge. */
  wrongAmount?: number;
  /** The result is never told; only asking finds it. */
  dropCallback?: boolean;
  /** init_payment.php makes the payment and keeps silent for this long. */
  timeoutInit?: number;
  /** check_url is not asked. */
  checkUrlSkip?: boolean;
  /** The money is taken in another currency. */
  wrongCurrency?: boolean;
  /** So many tries on the page are declined before one may succeed. */
  declineFirst?: number;
  /** So many answers of the merchant to the result get lost on their way. */
  loseAnswers?: number;
  /** So many returns are refused before one is taken. */
  refuseRefunds?: number;
}

/** One message to the merchant and what it said. */
export interface Callback {
  kind: 'check' | 'result';
  at: string;
  canReject: boolean;
  forged: boolean;
  /** A try that was declined while the page lived on. */
  failedTry?: boolean;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** `ok`, `rejected`, or why it counts for nothing: `no-answer`, `unsigned`. */
  answer: string;
}

export interface Refund {
  id: string;
  /** Tiyn. */
  amount: number;
  at: string;
  reason: 'revoke' | 'rejected';
  idempotencyKey?: string;
}

export interface Payment {
  id: string;
  orderId: string;
  /** Tiyn, as asked for. */
  amount: number;
  currency: string;
  description: string;
  language: string;
  email?: string;
  checkUrl?: string;
  resultUrl?: string;
  successUrl?: string;
  failureUrl?: string;
  idempotencyKey?: string;
  createdAt: string;
  /** The page dies then. */
  deadline: string;
  /** `processing`: the buyer has paid and the bank is slow. */
  state: 'pending' | 'processing' | 'success' | 'error';
  failure?: string;
  /** Tiyn that were really taken. */
  captured: number;
  refunds: Refund[];
  callbacks: Callback[];
  /** Tellings of the result still to come. */
  tellAt?: string;
  retriesLeft: number;
  faults: Faults;
}

/** Tiyn of a decimal text; undefined unless it is a positive amount with at most two decimals. */
export function tiyn(decimal: string): number | undefined {
  const match = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(decimal.trim());
  if (!match) return undefined;
  const amount = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return amount > 0 ? amount : undefined;
}

export function decimal(amount: number): string {
  return amount % 100 === 0 ? String(amount / 100) : (amount / 100).toFixed(2);
}

export function refunded(payment: Payment): number {
  return payment.refunds.reduce((sum, refund) => sum + refund.amount, 0);
}

/** Payments in memory and in a file of JSON lines; each change appends the payment, the last line of one counts. */
export class PaymentBook {
  private readonly payments = new Map<string, Payment>();

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      try {
        const payment = JSON.parse(line) as Payment;
        this.payments.set(payment.id, payment);
      } catch {
        // The last line of a process that was killed while writing.
      }
    }
    const lines = [...this.payments.values()].map((payment) => `${JSON.stringify(payment)}\n`);
    writeFileSync(`${file}.part`, lines.join(''));
    renameSync(`${file}.part`, file);
  }

  nextId(): string {
    return String(1_000_001 + this.payments.size);
  }

  save(payment: Payment): void {
    this.payments.set(payment.id, payment);
    appendFileSync(this.file, `${JSON.stringify(payment)}\n`);
  }

  get(id: string): Payment | undefined {
    return this.payments.get(id);
  }

  /** The newest payment of an order: a failed try may stand before it. */
  ofOrder(orderId: string): Payment | undefined {
    return this.all().findLast((payment) => payment.orderId === orderId);
  }

  byIdempotencyKey(key: string): Payment | undefined {
    return this.all().find((payment) => payment.idempotencyKey === key);
  }

  all(): Payment[] {
    return [...this.payments.values()];
  }
}
