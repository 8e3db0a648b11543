import { randomBytes } from 'node:crypto';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { decimalAmount, type Language, type Money, minorUnits } from '#libs/kernel';
import {
  type FreedomPayFields,
  type FreedomPayMessage,
  type FreedomPayValue,
  freedomPaySignature,
  isSignedBy,
} from './freedom-pay.signature.js';
import type { OpenedPage, PageRequest, PaymentAttempt, PaymentProvider, ProviderStatus } from './payment-provider.js';

export interface FreedomPaySettings {
  url: string;
  merchantId: string;
  secret: string;
  timeoutMs: number;
  /** Freedom Pay's code of the positions' tax. */
  taxType?: string;
}

const LANGUAGES: Record<Language, string> = { kk: 'kz', ru: 'ru', en: 'en' };
/** Declarations and entities are not read at all: an answer has no use for a DTD. */
const parser = new XMLParser({ processEntities: false, parseTagValue: false, ignoreDeclaration: true });
const builder = new XMLBuilder({});

/** Freedom Pay's Merchant API: form-encoded POST, XML answers, both signed. */
export class FreedomPay implements PaymentProvider {
  readonly name = 'freedompay';

  constructor(private readonly settings: FreedomPaySettings) {}

  async open(request: PageRequest): Promise<OpenedPage> {
    const answer = await this.call('init_payment.php', {
      pg_order_id: request.id,
      pg_amount: decimalAmount(request.amount),
      pg_currency: request.amount.currency,
      pg_description: request.description,
      pg_language: LANGUAGES[request.language],
      pg_lifetime: String(request.lifeSeconds),
      pg_result_url: request.urls.result,
      ...(request.urls.check && { pg_check_url: request.urls.check }),
      pg_success_url: request.urls.success,
      pg_failure_url: request.urls.failure,
      pg_request_method: 'POST',
      pg_success_url_method: 'GET',
      pg_failure_url_method: 'GET',
      pg_auto_clearing: '1',
      ...(request.positions && {
        pg_receipt_positions: request.positions.map(({ name, amount }) => ({
          count: '1',
          name,
          tax_type: this.settings.taxType ?? '0',
          price: decimalAmount({ amount, currency: request.amount.currency }),
        })),
      }),
      // The same attempt asked for twice is the same page.
      pg_idempotency_key: request.id,
    });
    if (!answer) return { outcome: 'unknown' };
    if (answer.pg_status === 'ok' && answer.pg_payment_id && answer.pg_redirect_url)
      return { outcome: 'open', providerPaymentId: answer.pg_payment_id, redirectUrl: answer.pg_redirect_url };
    return { outcome: 'refused', reason: answer.pg_error_code ?? 'no code' };
  }

  async status(attempt: PaymentAttempt): Promise<ProviderStatus> {
    const answer = await this.call('get_status3.php', which(attempt));
    if (!answer) return { outcome: 'unknown' };
    if (answer.pg_status !== 'ok') return { outcome: 'failed' };
    if (answer.pg_payment_status === 'success') {
      const amount = minorUnits(answer.pg_amount ?? '');
      if (amount === undefined) return { outcome: 'unknown' };
      return {
        outcome: 'paid',
        amount: { amount, currency: answer.pg_currency ?? attempt.amount.currency },
        refunded: minorUnits((answer.pg_refund_amount ?? '0').replace('-', '')) ?? 0,
      };
    }
    return answer.pg_payment_status === 'error' ? { outcome: 'failed' } : { outcome: 'pending' };
  }

  /** An unpaid page can't be cancelled: it is closed when its life is over and the status is not success. */
  async close(attempt: PaymentAttempt, now: Date) {
    const status = await this.status(attempt);
    if (status.outcome === 'paid') return status;
    if (status.outcome === 'unknown') return { outcome: 'unknown' as const };
    return now >= attempt.livesUntil ? { outcome: 'closed' as const } : { outcome: 'unknown' as const };
  }

  async refund(attempt: PaymentAttempt, amount: number, upto: number): Promise<'accepted' | 'unknown'> {
    const money: Money = { amount, currency: attempt.amount.currency };
    const answer = await this.call('revoke.php', {
      ...which(attempt),
      pg_refund_amount: decimalAmount(money),
      pg_idempotency_key: `refund-${attempt.id}-${upto}`,
    });
    return answer?.pg_status === 'ok' ? 'accepted' : 'unknown';
  }

  /** The fields of a callback, when its signature is genuine. `script` is the last part of our own URL. */
  read(script: 'check' | 'result', form: string): FreedomPayFields | undefined {
    const fields = Object.fromEntries(new URLSearchParams(form));
    if (fields.pg_merchant_id && fields.pg_merchant_id !== this.settings.merchantId) return undefined;
    return isSignedBy(script, fields, this.settings.secret) ? fields : undefined;
  }

  /** Our signed XML answer to a callback. */
  answer(script: 'check' | 'result', status: 'ok' | 'rejected' | 'error', description: string): string {
    const fields: FreedomPayFields = { pg_status: status, pg_description: description, pg_salt: salt() };
    fields.pg_sig = freedomPaySignature(script, fields, this.settings.secret);
    return `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ response: fields })}`;
  }

  /** Undefined when there was no answer in time, or one that is not theirs. */
  private async call(script: string, body: FreedomPayMessage): Promise<FreedomPayFields | undefined> {
    const fields: FreedomPayMessage = { ...body, pg_merchant_id: this.settings.merchantId, pg_salt: salt() };
    fields.pg_sig = freedomPaySignature(script, fields, this.settings.secret);
    try {
      const response = await fetch(`${this.settings.url}/${script}`, {
        method: 'POST',
        body: new URLSearchParams(flattened(fields)),
        signal: AbortSignal.timeout(this.settings.timeoutMs),
      });
      if (!response.ok) return undefined;
      const { response: message } = parser.parse(await response.text()) as { response?: unknown };
      const answer = decoded(message);
      if (typeof answer === 'string' || Array.isArray(answer) || !isSignedBy(script, answer, this.settings.secret))
        return undefined;
      return Object.fromEntries(
        Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    } catch {
      return undefined;
    }
  }
}

function which(attempt: PaymentAttempt): FreedomPayFields {
  return attempt.providerPaymentId ? { pg_payment_id: attempt.providerPaymentId } : { pg_order_id: attempt.id };
}

function salt(): string {
  return randomBytes(8).toString('hex');
}

/** Nested lists as a form writes them: `pg_receipt_positions[0][name]`, in the order in which they are signed. */
function flattened(fields: FreedomPayMessage): [string, string][] {
  const walk = (name: string, value: FreedomPayValue): [string, string][] =>
    typeof value === 'string'
      ? [[name, value]]
      : Object.entries(value).flatMap(([inner, part]) => walk(`${name}[${inner}]`, part));
  return Object.entries(fields).flatMap(([name, value]) => walk(name, value));
}

/** The message with its texts as they were meant. */
function decoded(value: unknown): FreedomPayValue {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, decoded(inner)]));
  return decodeEntities(String(value ?? ''));
}

/** The five entities that XML itself has. */
function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
