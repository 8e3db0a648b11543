import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fields } from './signature.js';
import { intentOf, returned, type StripeBank, type StripeSession, shape } from './stripe-bank.js';
import { readForm } from './wire.js';

interface Answer {
  status: number;
  body: unknown;
  /** The request was carried out and its answer is held back for so long. */
  silentForMs?: number;
}

const HALF_AN_HOUR = 1_800;
const A_DAY = 86_400;

class Refused extends Error {
  constructor(
    message: string,
    readonly status = 400,
    readonly type = 'invalid_request_error',
    readonly code?: string,
  ) {
    super(message);
  }
}

/** Stripe's API and hosted page on loopback: as much of it as a Checkout needs. */
export class StripeDoor {
  constructor(
    readonly bank: StripeBank,
    private readonly origin: () => string,
  ) {}

  /** `/v1/…`: the API that Stripe's own library speaks. */
  async api(request: IncomingMessage, response: ServerResponse, path: string[], body: string): Promise<void> {
    const answer = this.answer(request, path, body);
    if (answer.silentForMs) await wait(answer.silentForMs);
    response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Request-Id': 'req_sandbox' });
    response.end(JSON.stringify(answer.body));
  }

  /** `/stripe/pay/…`: the hosted page. */
  async page(request: IncomingMessage, response: ServerResponse, id: string, body: string): Promise<void> {
    const session = this.bank.get(id);
    if (!session) {
      response.writeHead(404).end();
      return;
    }
    const outcome =
      request.method === 'POST'
        ? await this.bank.choose(session, String(readForm(body).action ?? ''))
        : session.paid
          ? 'paid'
          : session.status === 'open'
            ? 'open'
            : 'over';
    if (outcome === 'paid' || outcome === 'failed') {
      const target = outcome === 'paid' ? session.successUrl : session.cancelUrl;
      response.writeHead(303, { Location: target, 'Cache-Control': 'no-store' }).end();
      return;
    }
    const origins = [...new Set([session.successUrl, session.cancelUrl].map((url) => new URL(url).origin))];
    response.writeHead(outcome === 'over' ? 410 : 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; style-src 'self'; form-action 'self' ${origins.join(' ')}`,
    });
    response.end(stripePage(session, outcome));
  }

  private answer(request: IncomingMessage, path: string[], body: string): Answer {
    try {
      if (!this.bank.isKey(request.headers.authorization ?? ''))
        throw new Refused('Invalid API Key provided', 401, 'invalid_request_error');
      const fields = readForm(body);
      const key = request.headers['idempotency-key'];
      const print = `${path.join('/')} ${body}`;
      const route = `${request.method} ${path.slice(0, 2).join('/')}`;
      if (route === 'POST checkout/sessions' && path.length === 2)
        return this.once(
          String(key ?? ''),
          print,
          () => this.open(fields),
          (id) => this.session(id, fields),
        );
      if (route === 'POST checkout/sessions' && path[3] === 'expire') return this.expire(path[2] ?? '');
      if (route === 'GET checkout/sessions') return { status: 200, body: this.session(path[2] ?? '', {}) };
      if (route.startsWith('GET payment_intents/')) return { status: 200, body: this.intent(path[1] ?? '') };
      if (route === 'POST refunds')
        return this.once(
          String(key ?? ''),
          print,
          () => this.refund(fields),
          (id) => this.refundOf(id),
        );
      throw new Refused(`Unrecognized request URL (${request.method}: /v1/${path.join('/')})`, 404);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { message, type, code } = error;
      return { status: error.status, body: { error: { message, type, ...(code && { code }) } } };
    }
  }

  /** The same key in the same words gets the same thing; in other words it is refused, as Stripe does. */
  private once(
    key: string,
    print: string,
    make: () => { id: string; silentForMs?: number },
    show: (id: string) => unknown,
  ): Answer {
    const before = this.bank.before(key || undefined, print);
    if (before === 'other')
      throw new Refused(
        'Keys for idempotent requests can only be used with the same parameters',
        400,
        'idempotency_error',
      );
    if (before) return { status: 200, body: show(before.id) };
    const made = make();
    this.bank.remember(key || undefined, print, made.id);
    return { status: 200, body: show(made.id), silentForMs: made.silentForMs };
  }

  private open(fields: Fields): { id: string; silentForMs?: number } {
    const item = nested(fields, 'line_items', '0');
    const price = nested(item, 'price_data');
    const amount = Number(price.unit_amount) * Number(item.quantity);
    if (fields.mode !== 'payment' || !Number.isInteger(amount) || amount <= 0)
      throw new Refused('Invalid integer: unit_amount', 400, 'invalid_request_error', 'parameter_invalid_integer');
    const now = Math.floor(Date.now() / 1_000);
    const expiresAt = fields.expires_at === undefined ? now + A_DAY : Number(fields.expires_at);
    if (!(expiresAt >= now + HALF_AN_HOUR && expiresAt <= now + A_DAY))
      throw new Refused('The `expires_at` timestamp must be between 30 minutes and 24 hours from now');
    const session = this.bank.open({
      reference: String(fields.client_reference_id ?? ''),
      attempt: String(nested(nested(fields, 'payment_intent_data'), 'metadata').attempt ?? ''),
      amount,
      currency: String(price.currency),
      name: String(nested(price, 'product_data').name ?? ''),
      locale: String(fields.locale ?? 'auto'),
      successUrl: String(fields.success_url),
      cancelUrl: String(fields.cancel_url),
      expiresAt,
    });
    return { id: session.id, silentForMs: session.faults.timeoutInit };
  }

  private session(id: string, _fields: Fields): Record<string, unknown> {
    const session = this.bank.get(id);
    if (!session)
      throw new Refused(`No such checkout.session: '${id}'`, 404, 'invalid_request_error', 'resource_missing');
    return shape(session, true, this.origin());
  }

  private intent(id: string): Record<string, unknown> {
    const session = this.bank.all().find((one) => one.intent === id);
    if (!session)
      throw new Refused(`No such payment_intent: '${id}'`, 404, 'invalid_request_error', 'resource_missing');
    return intentOf(session);
  }

  private expire(id: string): Answer {
    const session = this.bank.get(id);
    if (!session)
      throw new Refused(`No such checkout.session: '${id}'`, 404, 'invalid_request_error', 'resource_missing');
    if (session.status !== 'open') throw new Refused('Only Checkout Sessions with a status in ["open"] can be expired');
    session.status = 'expired';
    this.bank.save();
    return { status: 200, body: shape(session, true, this.origin()) };
  }

  private refund(fields: Fields): { id: string } {
    const session = this.bank.all().find((one) => one.intent === fields.payment_intent && one.paid);
    if (!session) throw new Refused(`No such payment_intent: '${String(fields.payment_intent)}'`, 404);
    const amount = fields.amount === undefined ? session.captured - returned(session) : Number(fields.amount);
    const refund = this.bank.refund(session, amount);
    if (!refund) throw new Refused('Refund amount is greater than unrefunded amount on charge');
    return refund;
  }

  private refundOf(id: string): Record<string, unknown> {
    const refund = this.bank
      .all()
      .flatMap((session) => session.refunds)
      .find((one) => one.id === id);
    return { id, object: 'refund', amount: refund?.amount, status: 'succeeded' };
  }
}

function nested(fields: Fields, ...path: string[]): Fields {
  let at: Fields = fields;
  for (const part of path) {
    const next = at[part];
    at = typeof next === 'object' ? next : {};
  }
  return at;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function stripePage(session: StripeSession, state: 'open' | 'waiting' | 'over'): string {
  const name = session.name.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
  const says = { open: '', waiting: 'The bank has not answered yet.', over: 'This page is over. No money was taken.' }[
    state
  ];
  const buttons =
    state === 'open'
      ? `<form method="post"><button name="action" value="pay">Pay</button><button name="action" value="decline">Decline the card</button><button name="action" value="slow">Bank is slow</button></form>`
      : `<p>${says}</p>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Payment</title><link rel="stylesheet" href="/style.css">
<main><h1>Payment</h1><p>Test page in place of Stripe: no real money is taken.</p><p>${name}</p><p><strong>${(session.amount / 100).toFixed(2)} ${session.currency.toUpperCase()}</strong></p>${buttons}</main></html>`;
}
