import type { Language, Money } from '#libs/kernel';

/** One try to pay one order; the provider knows it by this id. */
export interface PaymentAttempt {
  id: string;
  orderId: string;
  /** Name of the provider that opened it. */
  provider: string;
  amount: Money;
  providerPaymentId: string | undefined;
  livesUntil: Date;
}

export interface PageRequest extends PaymentAttempt {
  description: string;
  language: Language;
  /** For the acquirer's fiscal receipt; they sum to the amount. Absent where the acquirer makes none. */
  positions?: { name: string; amount: number }[];
  /** How long the page may live, seconds. */
  lifeSeconds: number;
  /** Where the provider calls us and where it sends the buyer back. */
  urls: { check: string | undefined; result: string; success: string; failure: string };
}

/** `unknown`: the provider did not answer in time. Never read as failed: the page may exist and take money. */
export type OpenedPage =
  | { outcome: 'open'; providerPaymentId: string; redirectUrl: string }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unknown' };

export type ProviderStatus =
  | { outcome: 'paid'; amount: Money; refunded: number }
  | { outcome: 'pending' }
  | { outcome: 'failed' }
  | { outcome: 'unknown' };

/** A hosted-page provider. Every call has an end, and a time-out is `unknown`. */
export interface PaymentProvider {
  readonly name: string;
  open(request: PageRequest): Promise<OpenedPage>;
  status(attempt: PaymentAttempt): Promise<ProviderStatus>;
  /** Makes sure that no money can come any more; `unknown` when that can't be said yet. */
  close(
    attempt: PaymentAttempt,
    now: Date,
  ): Promise<{ outcome: 'closed' } | { outcome: 'unknown' } | { outcome: 'paid'; amount: Money; refunded: number }>;
  /**
   * Sends minor units back; the word on what has gone back in all comes from `status`.
   * @param upto what has gone back in all when this has: asked for twice, it goes back once
   */
  refund(attempt: PaymentAttempt, amount: number, upto: number): Promise<'accepted' | 'unknown'>;
}

export const PAYMENT_PROVIDER = Symbol('payment-provider');
