import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { FiscalDoor } from '../fiscal-sandbox/fiscal-sandbox.js';
import { FiscalOperator } from '../fiscal-sandbox/operator.js';
import { Bank, type Choice } from './bank.js';
import { MerchantApi } from './merchant-api.js';
import { type PageState, paymentPage, stylesheet } from './page.js';
import { type Faults, type Payment, refunded } from './payments.js';
import { scriptOf, signed } from './signature.js';
import { returned, StripeBank, type StripeOptions } from './stripe-bank.js';
import { StripeDoor } from './stripe-door.js';
import { TerminalDoor } from './terminal-door.js';
import { readForm, writeForm } from './wire.js';

export interface SandboxOptions {
  merchantId: string;
  secret: string;
  /** JSON lines; payments outlive a restart. */
  file: string;
  /** 0 takes a free port. */
  port: number;
  host?: string;
  /** Where buyers reach it, when that is not the address it listens on. */
  publicOrigin?: string;
  slowMs?: number;
  retryMs?: number;
  now?: () => Date;
  /** Stripe's contract beside Freedom Pay's, under `/v1`. */
  stripe?: Pick<StripeOptions, 'secretKey' | 'webhookSecret' | 'webhookUrl'>;
  /** Where the fiscal operator under `/fiscal` keeps its book. */
  fiscalFile?: string;
}

export interface PaymentSandbox {
  url: string;
  bank: Bank;
  stripe: StripeBank;
  fiscal: FiscalDoor;
  terminal: TerminalDoor;
  stop(): Promise<void>;
}

const LARGEST_BODY = 64 * 1024;
const CHOICES: readonly string[] = ['pay', 'decline', 'slow'] satisfies Choice[];
const FAULTS: Record<keyof Faults, 'number' | 'boolean'> = {
  duplicateCallbacks: 'number',
  delayMs: 'number',
  reorder: 'boolean',
  forgeSignature: 'boolean',
  wrongAmount: 'number',
  dropCallback: 'boolean',
  timeoutInit: 'number',
  checkUrlSkip: 'boolean',
  wrongCurrency: 'boolean',
  declineFirst: 'number',
  loseAnswers: 'number',
  refuseRefunds: 'number',
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

class Sandbox {
  constructor(
    private readonly bank: Bank,
    private readonly api: MerchantApi,
    private readonly secret: string,
    private readonly stripe: StripeDoor,
    private readonly fiscal: FiscalDoor,
    private readonly terminal: TerminalDoor,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox');
    const [area = '', id = '', more] = pathname.split('/').filter(Boolean);
    if (request.method === 'POST' && this.api.knows(area) && !id) {
      const { xml, silentForMs } = this.api.answer(area, await read(request));
      if (silentForMs > 0) await wait(silentForMs);
      return this.send(response, 200, 'application/xml; charset=utf-8', xml);
    }
    if (area === 'fiscal') return this.fiscal.handle(request, response, `/${id}`);
    if (area === 'terminal')
      return this.terminal.handle(request, response, pathname.slice('/terminal'.length), await read(request));
    if (area === 'v1')
      return this.stripe.api(request, response, pathname.split('/').filter(Boolean).slice(1), await read(request));
    if (area === 'stripe' && id === 'pay') return this.stripe.page(request, response, more ?? '', await read(request));
    if (area === 'pay') return this.page(request, response, this.bank.book.get(id));
    if (area === 'control') return this.control(request, response, id, more);
    if (area === 'style.css') return this.send(response, 200, 'text/css; charset=utf-8', stylesheet);
    if (area === 'livez') return this.json(response, 200, { status: 'alive' });
    if (area === '') return this.send(response, 200, 'text/html; charset=utf-8', welcome(this.bank.book.all().length));
    this.json(response, 404, { code: 'not-found' });
  }

  private async page(request: IncomingMessage, response: ServerResponse, payment: Payment | undefined): Promise<void> {
    if (!payment) return this.json(response, 404, { code: 'payment-unknown' });
    if (request.method !== 'POST') {
      if (payment.state === 'success') return this.redirect(response, payment, payment.successUrl);
      return this.show(response, payment, this.stateOf(payment));
    }
    const { action } = readForm(await read(request));
    if (typeof action !== 'string' || !CHOICES.includes(action))
      return this.json(response, 422, { code: 'action-unknown' });
    const outcome = await this.bank.choose(payment, action as Choice);
    if (outcome === 'paid') return this.redirect(response, payment, payment.successUrl);
    if (outcome === 'failed') return this.redirect(response, payment, payment.failureUrl);
    this.show(response, payment, outcome === 'expired' ? 'over' : 'waiting');
  }

  private stateOf(payment: Payment): PageState {
    if (payment.state === 'processing') return 'waiting';
    if (payment.state === 'error') return 'failed';
    return this.bank.now().getTime() > Date.parse(payment.deadline) ? 'over' : 'open';
  }

  private show(response: ServerResponse, payment: Payment, state: PageState): void {
    // A form's redirect must be allowed too: it leads to the merchant.
    const origins = [payment.successUrl, payment.failureUrl].flatMap((url) => (url ? [new URL(url).origin] : []));
    const policy = `default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${[...new Set(origins)].join(' ')}`;
    response.setHeader('Content-Security-Policy', policy.trim());
    this.send(response, state === 'over' ? 410 : 200, 'text/html; charset=utf-8', paymentPage(payment, state));
  }

  private redirect(response: ServerResponse, payment: Payment, target: string | undefined): void {
    if (!target) {
      this.show(response, payment, this.stateOf(payment));
      return;
    }
    const url = new URL(target);
    const fields = signed(scriptOf(target), { pg_payment_id: payment.id, pg_order_id: payment.orderId }, this.secret);
    url.search = writeForm({ ...Object.fromEntries(url.searchParams), ...(fields as Record<string, string>) });
    response.writeHead(303, { Location: url.href, 'Cache-Control': 'no-store' }).end();
  }

  private async control(request: IncomingMessage, response: ServerResponse, id: string, more?: string): Promise<void> {
    if (request.method === 'GET' && id === 'payments') {
      const list = [
        ...this.bank.book.all().map((payment) => ({ ...payment, refunded: refunded(payment) })),
        ...this.stripe.bank
          .all()
          .map((session) => ({ ...session, orderId: session.reference, refunded: returned(session) })),
      ];
      const found = more ? list.find((payment) => payment.id === more || payment.orderId === more) : list;
      return found ? this.json(response, 200, found) : this.json(response, 404, { code: 'payment-unknown' });
    }
    if (request.method !== 'POST' || id !== '') return this.json(response, 404, { code: 'not-found' });
    const { paymentId, next, ...faults } = JSON.parse(await read(request)) as Record<string, unknown>;
    const set = typeof next === 'object' && next !== null ? next : faults;
    const wrong = Object.entries(set).find(([name, value]) => FAULTS[name as keyof Faults] !== typeof value);
    if (wrong) return this.json(response, 422, { code: 'fault-unknown', field: wrong[0] });
    if (paymentId === undefined) {
      this.bank.nextFaults = set;
      this.stripe.bank.nextFaults = set;
      return this.json(response, 200, { next: set });
    }
    const session = this.stripe.bank.get(String(paymentId));
    if (session) {
      session.faults = set;
      return this.json(response, 200, { paymentId: session.id, faults: set });
    }
    const payment = this.bank.book.get(String(paymentId));
    if (!payment) return this.json(response, 404, { code: 'payment-unknown' });
    payment.faults = set;
    this.bank.book.save(payment);
    this.json(response, 200, { paymentId: payment.id, faults: set });
  }

  private json(response: ServerResponse, status: number, body: unknown): void {
    this.send(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
  }

  private send(response: ServerResponse, status: number, type: string, body: string): void {
    response.writeHead(status, {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  }
}

function welcome(count: number): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Payment sandbox</title><link rel="stylesheet" href="/style.css">
<main><h1>Payment sandbox</h1><p>Speaks Freedom Pay's Merchant API and Stripe's Checkout on this machine. No real money. ${count} payments so far: <a href="/control/payments">as JSON</a>.</p></main></html>`;
}

/** A payment provider on loopback: the contract that production speaks, and misbehaviour on demand. */
export async function startPaymentSandbox(options: SandboxOptions): Promise<PaymentSandbox> {
  const host = options.host ?? '127.0.0.1';
  const { merchantId, secret } = options;
  const bank = new Bank({ slowMs: 15_000, retryMs: 3_000, ...options });
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, host, resolve);
  });
  const url = options.publicOrigin ?? `http://${host}:${(server.address() as AddressInfo).port}`;
  const { slowMs, retryMs } = options;
  const stripe = new StripeBank({
    secretKey: 'sandbox-stripe-key',
    webhookSecret: 'sandbox-webhook-secret',
    ...options.stripe,
    file: options.file.replace(/(\.jsonl)?$/, '.stripe.json'),
    slowMs,
    retryMs,
  });
  const fiscal = new FiscalDoor(
    new FiscalOperator(options.fiscalFile, () => `${url}/fiscal`, options.now ?? (() => new Date())),
  );
  const terminal = new TerminalDoor();
  const sandbox = new Sandbox(
    bank,
    new MerchantApi(bank, { merchantId, secret, origin: url }),
    secret,
    new StripeDoor(stripe, () => url),
    fiscal,
    terminal,
  );
  server.on('request', (request, response) => {
    sandbox.handle(request, response).catch((error: Error) => {
      const malformed = error instanceof SyntaxError || /too large/.test(error.message);
      if (!malformed) process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
      if (!response.headersSent) response.writeHead(malformed ? 400 : 500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ code: malformed ? 'body-unreadable' : 'unexpected' }));
    });
  });
  return {
    url,
    bank,
    stripe,
    fiscal,
    terminal,
    stop: async () => {
      bank.stop();
      stripe.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
