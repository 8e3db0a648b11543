import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Faults } from './payments.js';

/** A hosted page of Checkout, with the payment that it led to. */
export interface StripeSession {
  id: string;
  reference: string;
  amount: number;
  currency: string;
  name: string;
  locale: string;
  successUrl: string;
  cancelUrl: string;
  status: 'open' | 'complete' | 'expired';
  paid: boolean;
  /** What was really taken; differs from the amount where the sandbox is told to take another one. */
  captured: number;
  intent: string;
  attempt: string;
  expiresAt: number;
  refunds: { id: string; amount: number }[];
  /** The payer's bank took money back. */
  dispute?: { id: string; amount: number; status: 'needs_response' | 'won' | 'lost' };
  /** What was told to the merchant and what it answered. */
  callbacks: { type: string; at: string; forged: boolean; status: number }[];
  faults: Faults;
}

interface Kept {
  sessions: StripeSession[];
  /** Answers by idempotency key. */
  answers: Record<string, { print: string; id: string }>;
}

export interface StripeOptions {
  secretKey: string;
  webhookSecret: string;
  /** Where the merchant listens; nothing is told while it is absent. */
  webhookUrl?: string;
  file?: string;
  slowMs?: number;
  retryMs?: number;
}

/** Stripe tells again for days; a test needs not more than this. */
const RETRIES = 4;
const PATIENCE_MS = 10_000;

/** Takes and returns money as Stripe's Checkout does, and tells the merchant by signed webhooks. */
export class StripeBank {
  nextFaults: Faults = {};
  webhookUrl: string | undefined;
  private readonly kept: Kept;
  private readonly timers = new Set<NodeJS.Timeout>();
  private heldBack: (() => void)[] = [];

  constructor(private readonly options: StripeOptions) {
    this.webhookUrl = options.webhookUrl;
    this.kept =
      options.file && existsSync(options.file)
        ? (JSON.parse(readFileSync(options.file, 'utf8')) as Kept)
        : { sessions: [], answers: {} };
  }

  isKey(authorization: string): boolean {
    return authorization === `Bearer ${this.options.secretKey}`;
  }

  all(): readonly StripeSession[] {
    return this.kept.sessions;
  }

  get(id: string): StripeSession | undefined {
    const session = this.kept.sessions.find((one) => one.id === id || one.reference === id);
    if (session?.status === 'open' && session.expiresAt * 1_000 <= Date.now()) session.status = 'expired';
    return session;
  }

  /** What was made under this key before; `other` when it was asked in other words. */
  before(key: string | undefined, print: string): { id: string } | 'other' | undefined {
    const known = key === undefined ? undefined : this.kept.answers[key];
    if (!known) return undefined;
    return known.print === print ? { id: known.id } : 'other';
  }

  remember(key: string | undefined, print: string, id: string): void {
    if (key !== undefined) this.kept.answers[key] = { print, id };
    this.save();
  }

  open(
    page: Omit<StripeSession, 'id' | 'intent' | 'status' | 'paid' | 'captured' | 'refunds' | 'callbacks' | 'faults'>,
  ) {
    const no = this.kept.sessions.length + 1;
    const session: StripeSession = {
      ...page,
      id: `cs_test_${String(no).padStart(12, '0')}`,
      intent: `pi_test_${String(no).padStart(12, '0')}`,
      status: 'open',
      paid: false,
      captured: 0,
      refunds: [],
      callbacks: [],
      faults: this.nextFaults,
    };
    this.nextFaults = {};
    this.kept.sessions.push(session);
    this.save();
    return session;
  }

  async choose(session: StripeSession, action: string): Promise<'paid' | 'failed' | 'waiting' | 'over'> {
    if (this.get(session.id)?.status !== 'open') return session.paid ? 'paid' : 'over';
    if (action === 'decline') return 'failed';
    if (action === 'slow') {
      this.later(this.options.slowMs ?? 15_000, () => this.take(session));
      return 'waiting';
    }
    await this.take(session);
    return 'paid';
  }

  refund(session: StripeSession, amount: number): { id: string; amount: number } | undefined {
    const left = session.captured - returned(session);
    if (amount <= 0 || amount > left) return undefined;
    const refund = { id: `re_${session.intent.slice(3)}_${session.refunds.length + 1}`, amount };
    session.refunds.push(refund);
    this.save();
    return refund;
  }

  save(): void {
    const { file } = this.options;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify(this.kept));
    renameSync(`${file}.part`, file);
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async take(session: StripeSession): Promise<void> {
    if (session.paid) return;
    const { wrongAmount, dropCallback, delayMs, reorder } = session.faults;
    session.paid = true;
    session.status = 'complete';
    session.captured = wrongAmount === undefined ? session.amount : Math.round(wrongAmount * 100);
    this.save();
    if (dropCallback) return;
    if (!reorder && !delayMs) return this.tellAll(session);
    const tell = once(() => this.tellAll(session));
    this.later(delayMs ?? 5_000, tell);
    if (reorder) this.heldBack.push(() => void tell());
  }

  private async tellAll(session: StripeSession): Promise<void> {
    const times = 1 + (session.faults.duplicateCallbacks ?? 0);
    if (session.faults.forgeSignature) await this.tell(session, true, 0);
    for (let i = 0; i < times; i++) await this.tell(session, false, RETRIES);
    const waiting = this.heldBack;
    this.heldBack = [];
    for (const hurry of waiting) hurry();
  }

  /** The payer's bank takes money back, or says how that ended. */
  async disputes(session: StripeSession, told: { amount?: number; outcome?: 'won' | 'lost' }): Promise<void> {
    session.dispute ??= {
      id: `dp_${session.intent.slice(3)}`,
      amount: told.amount ?? session.captured,
      status: 'needs_response',
    };
    if (told.outcome) session.dispute.status = told.outcome;
    this.save();
    const { dispute, intent, currency } = session;
    const object = { ...dispute, object: 'dispute', payment_intent: intent, currency };
    const type = told.outcome ? 'charge.dispute.closed' : 'charge.dispute.created';
    await this.send(session, type, object, false, RETRIES);
  }

  private tell(session: StripeSession, forged: boolean, retries: number): Promise<void> {
    return this.send(session, 'checkout.session.completed', shape(session, false), forged, retries);
  }

  private async send(
    session: StripeSession,
    type: string,
    object: object,
    forged: boolean,
    retries: number,
  ): Promise<void> {
    if (!this.webhookUrl) return;
    const payload = JSON.stringify({
      id: `evt_${session.id.slice(8)}`,
      object: 'event',
      type,
      created: Math.floor(Date.now() / 1_000),
      data: { object },
    });
    const at = Math.floor(Date.now() / 1_000);
    const secret = forged ? 'somebody else' : this.options.webhookSecret;
    const signature = createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex');
    const status = await fetch(this.webhookUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'Stripe-Signature': `t=${at},v1=${signature}` },
      body: payload,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
      .then((answer) => answer.status)
      .catch(() => 0);
    session.callbacks.push({ type, at: new Date().toISOString(), forged, status });
    this.save();
    if (!forged && retries > 0 && (status < 200 || status > 299))
      this.later(this.options.retryMs ?? 3_000, () => this.send(session, type, object, false, retries - 1));
  }

  private later(ms: number, work: () => Promise<unknown>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work().catch((error: Error) => process.stderr.write(`stripe: ${error.message}\n`));
    }, ms);
    this.timers.add(timer);
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

export function returned(session: StripeSession): number {
  return session.refunds.reduce((sum, refund) => sum + refund.amount, 0);
}

/** A Session as Stripe's API writes it; only what a merchant of ours reads. */
export function shape(session: StripeSession, expanded: boolean, origin = ''): Record<string, unknown> {
  const intent = intentOf(session);
  return {
    id: session.id,
    object: 'checkout.session',
    mode: 'payment',
    status: session.status,
    payment_status: session.paid ? 'paid' : 'unpaid',
    amount_total: session.paid ? session.captured : session.amount,
    currency: session.currency,
    client_reference_id: session.reference,
    metadata: { attempt: session.attempt },
    payment_intent: session.paid ? (expanded ? intent : session.intent) : null,
    expires_at: session.expiresAt,
    url: session.status === 'open' ? `${origin}/stripe/pay/${session.id}` : null,
  };
}

/** The payment behind a page. */
export function intentOf(session: StripeSession): Record<string, unknown> {
  const charge = { id: `ch_${session.intent.slice(3)}`, object: 'charge', amount_refunded: returned(session) };
  return {
    id: session.intent,
    object: 'payment_intent',
    status: session.paid ? 'succeeded' : 'requires_payment_method',
    metadata: { attempt: session.attempt },
    latest_charge: session.paid ? charge : null,
  };
}
