import { Merchant } from './merchant.js';
import { type Faults, type Payment, PaymentBook, refunded } from './payments.js';

export interface BankOptions {
  merchantId: string;
  secret: string;
  file: string;
  /** How long the bank thinks after "bank is slow". */
  slowMs: number;
  /** Pause between tellings that were not accepted; a real provider waits half an hour. */
  retryMs: number;
  now?: () => Date;
}

/** A real provider calls again every 30 minutes for 2 hours. */
const RETRIES = 4;
const HELD_BACK_AT_MOST_MS = 5_000;

export type Choice = 'pay' | 'decline' | 'slow';
export type Outcome = 'paid' | 'failed' | 'waiting' | 'expired';

/** Takes and returns the money, and tells the merchant. */
export class Bank {
  readonly book: PaymentBook;
  /** How the next payment will misbehave. */
  nextFaults: Faults = {};
  private readonly merchant: Merchant;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly working = new Set<string>();
  private heldBack: (() => void)[] = [];

  constructor(private readonly options: BankOptions) {
    this.book = new PaymentBook(options.file);
    this.merchant = new Merchant(options.merchantId, options.secret);
    for (const payment of this.book.all()) {
      if (payment.state === 'processing') this.later(payment, () => this.take(payment));
      else if (payment.tellAt) this.later(payment, () => this.tell(payment));
    }
  }

  now(): Date {
    return this.options.now?.() ?? new Date();
  }

  open(
    payment: Omit<Payment, 'id' | 'state' | 'captured' | 'refunds' | 'callbacks' | 'faults' | 'retriesLeft'>,
  ): Payment {
    const faults = this.nextFaults;
    this.nextFaults = {};
    const opened: Payment = {
      ...payment,
      id: this.book.nextId(),
      state: 'pending',
      captured: 0,
      refunds: [],
      callbacks: [],
      retriesLeft: RETRIES,
      faults,
    };
    this.book.save(opened);
    return opened;
  }

  /** What the buyer chose on the page. Choosing again changes nothing. */
  async choose(payment: Payment, choice: Choice): Promise<Outcome> {
    if (payment.state === 'success') return 'paid';
    if (payment.state === 'error') return 'failed';
    if (payment.state === 'processing' || this.working.has(payment.id)) return 'waiting';
    if (this.now().getTime() > Date.parse(payment.deadline)) return 'expired';
    this.working.add(payment.id);
    try {
      if (choice === 'decline') return await this.fail(payment, 'The card was declined');
      if (!(await this.allowed(payment))) return await this.fail(payment, 'The merchant refused the payment');
      if (this.takeFault(payment, 'declineFirst')) {
        // The page lives on: the buyer may try another card.
        const told = await this.merchant.tell(payment, { canReject: false, forged: false });
        payment.callbacks.push({ ...told, failedTry: true });
        this.book.save(payment);
        return 'failed';
      }
      if (choice === 'pay') return await this.take(payment);
      payment.state = 'processing';
      payment.tellAt = new Date(Date.now() + this.options.slowMs).toISOString();
      this.book.save(payment);
      this.later(payment, () => this.take(payment));
      return 'waiting';
    } finally {
      this.working.delete(payment.id);
    }
  }

  private async allowed(payment: Payment): Promise<boolean> {
    if (!payment.checkUrl || payment.faults.checkUrlSkip) return true;
    const callback = await this.merchant.check(payment);
    payment.callbacks.push(callback);
    this.book.save(payment);
    return callback.answer === 'ok';
  }

  private async take(payment: Payment): Promise<Outcome> {
    const { wrongAmount } = payment.faults;
    payment.state = 'success';
    payment.captured = wrongAmount === undefined ? payment.amount : Math.round(wrongAmount * 100);
    if (payment.faults.wrongCurrency) payment.currency = 'USD';
    await this.announce(payment);
    return 'paid';
  }

  private async fail(payment: Payment, failure: string): Promise<Outcome> {
    payment.state = 'error';
    payment.failure = failure;
    await this.announce(payment);
    return 'failed';
  }

  /** Tells the result as the faults say: at once, later, after another one, several times, or never. */
  private async announce(payment: Payment): Promise<void> {
    const { dropCallback, delayMs, reorder } = payment.faults;
    payment.tellAt = undefined;
    if (!payment.resultUrl || dropCallback) return this.book.save(payment);
    if (reorder || delayMs) {
      payment.tellAt = new Date(Date.now() + (delayMs ?? HELD_BACK_AT_MOST_MS)).toISOString();
      this.book.save(payment);
      this.later(payment, () => this.tell(payment));
      if (reorder) this.heldBack.push(() => this.hurry(payment));
      return;
    }
    this.book.save(payment);
    await this.tell(payment);
  }

  private hurry(payment: Payment): void {
    if (!payment.tellAt) return;
    payment.tellAt = new Date().toISOString();
    this.later(payment, () => this.tell(payment));
  }

  /** One telling, its duplicates, and a later one when it was not accepted. */
  async tell(payment: Payment): Promise<void> {
    payment.tellAt = undefined;
    const results = payment.callbacks.filter((callback) => callback.kind === 'result' && !callback.failedTry);
    const first = results.length === 0;
    // A forgery is somebody else's telling: the provider's own first one is still to come.
    const honestFirst = results.every((callback) => callback.forged);
    const forged = first && payment.faults.forgeSignature === true;
    const callback = await this.merchant.tell(payment, { canReject: honestFirst && !forged, forged });
    payment.callbacks.push(callback);
    if (callback.canReject && callback.answer === 'rejected' && !payment.faults.loseAnswers)
      this.giveBack(payment, payment.captured, 'rejected');
    if (this.takeFault(payment, 'loseAnswers')) callback.answer = 'no-answer';
    const accepted = callback.answer === 'ok' || callback.answer === 'rejected';
    if (!accepted && payment.retriesLeft > 0) {
      payment.retriesLeft--;
      payment.tellAt = new Date(Date.now() + this.options.retryMs).toISOString();
      this.later(payment, () => this.tell(payment));
    }
    this.book.save(payment);
    if (first) {
      for (let more = payment.faults.duplicateCallbacks ?? 0; more > 0; more--) {
        payment.callbacks.push(await this.merchant.tell(payment, { canReject: false, forged: false }));
        this.book.save(payment);
      }
    }
    const waiting = this.heldBack;
    this.heldBack = [];
    for (const hurry of waiting) hurry();
  }

  /** One use of a fault that is counted. */
  takeFault(payment: Payment, fault: 'declineFirst' | 'loseAnswers' | 'refuseRefunds'): boolean {
    const left = payment.faults[fault] ?? 0;
    if (left > 0) payment.faults[fault] = left - 1;
    return left > 0;
  }

  /** Returns money; the whole rest when no amount is named. Undefined when that much was not taken. */
  revoke(payment: Payment, amount: number | undefined, idempotencyKey?: string): number | undefined {
    const earlier = idempotencyKey && payment.refunds.find((refund) => refund.idempotencyKey === idempotencyKey);
    if (earlier) return earlier.amount;
    const left = payment.captured - refunded(payment);
    const wanted = amount ?? left;
    if (payment.state !== 'success' || wanted <= 0 || wanted > left) return undefined;
    this.giveBack(payment, wanted, 'revoke', idempotencyKey);
    this.book.save(payment);
    return wanted;
  }

  private giveBack(payment: Payment, amount: number, reason: 'revoke' | 'rejected', idempotencyKey?: string): void {
    const id = `${payment.id}-${payment.refunds.length + 1}`;
    payment.refunds.push({ id, amount, at: new Date().toISOString(), reason, idempotencyKey });
  }

  private later(payment: Payment, work: () => Promise<unknown>): void {
    clearTimeout(this.timers.get(payment.id));
    const delay = Math.max(0, Date.parse(payment.tellAt ?? '') - Date.now()) || 0;
    const timer = setTimeout(() => {
      this.timers.delete(payment.id);
      work().catch((error: Error) => process.stderr.write(`payment ${payment.id}: ${error.message}\n`));
    }, delay);
    this.timers.set(payment.id, timer);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
