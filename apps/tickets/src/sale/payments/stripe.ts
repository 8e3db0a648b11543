import type Stripe from 'stripe';
import { type Language, type Money, onceItSucceeds } from '#libs/kernel';
import type { OpenedPage, PageRequest, PaymentAttempt, PaymentProvider, ProviderStatus } from './payment-provider.js';

export interface StripeSettings {
  secretKey: string;
  webhookSecret: string;
  /** Where it is not api.stripe.com. */
  url?: string;
  timeoutMs: number;
  now?: () => Date;
}

/** Stripe closes a page no sooner than 30 minutes after it opened; ours is closed by us when its own time is over. */
const LEAST_LIFE_SECONDS = 1_800;
const MARGIN_SECONDS = 60;
/** Kazakh is not among the languages of Stripe's page. */
const LOCALES: Record<Language, Stripe.Checkout.SessionCreateParams.Locale> = { kk: 'ru', ru: 'ru', en: 'en' };

/** What a genuine webhook says; `other` is nothing of ours. */
export type StripeNews =
  | { about: 'page'; attempt: string; session: string; paid: Money | undefined }
  /** The payer's bank takes money back; `outcome` once that is over. */
  | { about: 'dispute'; intent: string; amount: number; reference: string; outcome: 'won' | 'lost' | undefined }
  | { about: 'other' };

/** Stripe's hosted Checkout through its own library, pinned; one attempt is one Session. */
export class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';
  private readonly now: () => Date;
  /** The library weighs 35 MB, so it is loaded when somebody first pays this way. */
  private readonly stripe = onceItSucceeds(() => this.load());

  constructor(private readonly settings: StripeSettings) {
    this.now = settings.now ?? (() => new Date());
  }

  async open(request: PageRequest): Promise<OpenedPage> {
    const life = Math.max(request.lifeSeconds, LEAST_LIFE_SECONDS) + MARGIN_SECONDS;
    const currency = request.amount.currency.toLowerCase();
    try {
      const session = await (await this.stripe()).checkout.sessions.create(
        {
          mode: 'payment',
          client_reference_id: request.id,
          metadata: { attempt: request.id },
          payment_intent_data: { metadata: { attempt: request.id }, description: request.description },
          line_items: [
            {
              quantity: 1,
              price_data: { currency, unit_amount: request.amount.amount, product_data: { name: request.description } },
            },
          ],
          locale: LOCALES[request.language],
          success_url: request.urls.success,
          cancel_url: request.urls.failure,
          expires_at: Math.floor(this.now().getTime() / 1_000) + life,
        },
        { idempotencyKey: `open-${request.id}` },
      );
      if (!session.url) return { outcome: 'unknown' };
      return { outcome: 'open', providerPaymentId: session.id, redirectUrl: session.url };
    } catch (error) {
      return refusal(error) ? { outcome: 'refused', reason: refusal(error) ?? '' } : { outcome: 'unknown' };
    }
  }

  /** A page whose time is over is closed on the way: Stripe would take money on it for longer than we keep the seats. */
  async status(attempt: PaymentAttempt): Promise<ProviderStatus> {
    // Nobody was ever sent to a page whose opening stayed unanswered, so nobody can pay on it.
    if (!attempt.providerPaymentId) return { outcome: 'pending' };
    try {
      const session = await this.session(attempt.providerPaymentId);
      if (session.status === 'open' && this.now() >= attempt.livesUntil)
        return told(await (await this.stripe()).checkout.sessions.expire(session.id, EXPANDED));
      return told(session);
    } catch {
      return { outcome: 'unknown' };
    }
  }

  async close(attempt: PaymentAttempt) {
    if (!attempt.providerPaymentId) return { outcome: 'closed' as const };
    const status = await this.closed(attempt.providerPaymentId);
    if (status.outcome === 'paid') return status;
    return status.outcome === 'failed' ? { outcome: 'closed' as const } : { outcome: 'unknown' as const };
  }

  async refund(attempt: PaymentAttempt, amount: number, upto: number): Promise<'accepted' | 'unknown'> {
    if (!attempt.providerPaymentId) return 'unknown';
    try {
      const session = await this.session(attempt.providerPaymentId);
      const intent = session.payment_intent;
      if (!intent || typeof intent === 'string') return 'unknown';
      const refund = await (await this.stripe()).refunds.create(
        { payment_intent: intent.id, amount },
        { idempotencyKey: `refund-${attempt.id}-${upto}` },
      );
      return refund.status === 'failed' || refund.status === 'canceled' ? 'unknown' : 'accepted';
    } catch {
      return 'unknown';
    }
  }

  /** Undefined unless the signature over these very bytes is ours and fresh, and it speaks of a payment page. */
  async read(bytes: Buffer, signature: string): Promise<StripeNews | undefined> {
    let event: Stripe.Event;
    try {
      event = (await this.stripe()).webhooks.constructEvent(bytes, signature, this.settings.webhookSecret);
    } catch {
      return undefined;
    }
    const told = event.data.object as { object?: string };
    if (told.object === 'dispute') return disputed(event.data.object as Stripe.Dispute);
    const session = told as Partial<Stripe.Checkout.Session>;
    if (session.object !== 'checkout.session' || !session.client_reference_id || !session.id) return { about: 'other' };
    const paid =
      session.payment_status === 'paid' && typeof session.amount_total === 'number' && session.currency
        ? { amount: session.amount_total, currency: session.currency.toUpperCase() }
        : undefined;
    return { about: 'page', attempt: session.client_reference_id, session: session.id, paid };
  }

  /** The attempt that a payment was made for; undefined when it is not ours or nobody answers. */
  async attemptOf(intent: string): Promise<string | undefined> {
    try {
      return (await (await this.stripe()).paymentIntents.retrieve(intent)).metadata.attempt;
    } catch {
      return undefined;
    }
  }

  /** Ends the page where it is still open; what it answers is the word that counts. */
  private async closed(id: string): Promise<ProviderStatus> {
    try {
      return told(await (await this.stripe()).checkout.sessions.expire(id, EXPANDED));
    } catch {
      try {
        return told(await this.session(id));
      } catch {
        return { outcome: 'unknown' };
      }
    }
  }

  private async load(): Promise<Stripe> {
    const { default: Library } = await import('stripe');
    const url = this.settings.url ? new URL(this.settings.url) : undefined;
    return new Library(this.settings.secretKey, {
      timeout: this.settings.timeoutMs,
      // The library repeats with the same idempotency key: a time-out that was a success is found, not doubled.
      maxNetworkRetries: 1,
      telemetry: false,
      ...(url && {
        host: url.hostname,
        port: url.port || (url.protocol === 'https:' ? 443 : 80),
        protocol: url.protocol === 'https:' ? ('https' as const) : ('http' as const),
      }),
    });
  }

  private async session(id: string): Promise<Stripe.Checkout.Session> {
    return (await this.stripe()).checkout.sessions.retrieve(id, EXPANDED);
  }
}

const EXPANDED = { expand: ['payment_intent.latest_charge'] };

function told(session: Stripe.Checkout.Session): ProviderStatus {
  if (session.payment_status === 'paid' && typeof session.amount_total === 'number' && session.currency)
    return {
      outcome: 'paid',
      amount: { amount: session.amount_total, currency: session.currency.toUpperCase() },
      refunded: returned(session),
    };
  return session.status === 'expired' ? { outcome: 'failed' } : { outcome: 'pending' };
}

function returned(session: Stripe.Checkout.Session): number {
  const intent = session.payment_intent;
  const charge = intent && typeof intent !== 'string' ? intent.latest_charge : null;
  return charge && typeof charge !== 'string' ? charge.amount_refunded : 0;
}

/** An inquiry that was closed took nothing. */
const OUTCOMES: ReadonlyMap<string, 'won' | 'lost'> = new Map([
  ['won', 'won'],
  ['warning_closed', 'won'],
  ['lost', 'lost'],
]);

function disputed(dispute: Stripe.Dispute): StripeNews {
  const intent = typeof dispute.payment_intent === 'string' ? dispute.payment_intent : dispute.payment_intent?.id;
  if (!intent) return { about: 'other' };
  const outcome = OUTCOMES.get(dispute.status);
  return { about: 'dispute', intent, amount: dispute.amount, reference: dispute.id, outcome };
}

/** Kinds of the library's errors after which no page exists, and asking again in the same words helps nothing. */
const REFUSALS = new Set(['StripeInvalidRequestError', 'StripeAuthenticationError', 'StripePermissionError']);

/** Why Stripe says no for good; undefined for everything after which the page may exist. */
function refusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return undefined;
  if (!REFUSALS.has(error.type)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.type;
}
