import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaymentSandbox, startPaymentSandbox } from '../../../../../tools/payment-sandbox/payment-sandbox.js';
import type { PageRequest } from './payment-provider.js';
import { StripeProvider } from './stripe.js';

const SECRET = 'sandbox-webhook-secret';

describe('Stripe', () => {
  let sandbox: PaymentSandbox;
  let folder: string;
  let count = 0;
  const provider = (changes: { secretKey?: string; url?: string; now?: () => Date } = {}) =>
    new StripeProvider({
      secretKey: 'sandbox-stripe-key',
      webhookSecret: SECRET,
      url: sandbox.url,
      timeoutMs: 1_000,
      ...changes,
    });
  const request = (): PageRequest => ({
    id: `0191f1d0-0000-7000-8000-${String(++count).padStart(12, '0')}`,
    orderId: 'order',
    provider: 'stripe',
    amount: { amount: 250_000, currency: 'KZT' },
    providerPaymentId: undefined,
    livesUntil: new Date(Date.now() + 600_000),
    description: 'Заказ K7QF-2M9T, мест: 1',
    language: 'ru',
    lifeSeconds: 600,
    urls: {
      check: undefined,
      result: '',
      success: 'https://seans.example/orders/1?payment=returned',
      failure: 'https://seans.example/orders/1?payment=failed',
    },
  });
  const opened = async (asked = request()) => {
    const page = await provider().open(asked);
    if (page.outcome !== 'open') throw new Error(`the page is ${page.outcome}`);
    return { attempt: { ...asked, providerPaymentId: page.providerPaymentId }, page };
  };
  const press = (url: string, action: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seans-stripe-'));
    sandbox = await startPaymentSandbox({
      merchantId: '500001',
      secret: 'sandbox-secret',
      file: join(folder, 'payments.jsonl'),
      port: 0,
    });
  });
  afterAll(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens one page for one attempt, is paid, and says so', async () => {
    const asked = request();
    const { attempt, page } = await opened(asked);
    expect(await provider().status(attempt)).toEqual({ outcome: 'pending' });
    const back = await press(page.redirectUrl, 'pay');
    expect([back.status, back.headers.get('location')]).toEqual([303, asked.urls.success]);
    expect(await provider().status(attempt)).toEqual({
      outcome: 'paid',
      amount: { amount: 250_000, currency: 'KZT' },
      refunded: 0,
    });
  });

  it('finds the page that was opened although the answer took too long', async () => {
    sandbox.stripe.nextFaults = { timeoutInit: 1_500 };
    const { attempt } = await opened();
    expect(sandbox.stripe.all().filter((session) => session.reference === attempt.id)).toHaveLength(1);
  });

  it('says unknown when nobody answers, and refused when the answer is no', async () => {
    expect((await provider({ url: 'http://127.0.0.1:1' }).open(request())).outcome).toBe('unknown');
    expect((await provider({ secretKey: 'another-key' }).open(request())).outcome).toBe('refused');
    const { attempt } = await opened();
    expect((await provider({ url: 'http://127.0.0.1:1' }).status(attempt)).outcome).toBe('unknown');
    expect((await provider({ url: 'http://127.0.0.1:1' }).close(attempt)).outcome).toBe('unknown');
  });

  it('closes a page so that no money can come any more; what was paid before stays paid', async () => {
    const one = await opened();
    expect(await provider().close(one.attempt)).toEqual({ outcome: 'closed' });
    expect((await press(one.page.redirectUrl, 'pay')).status).toBe(410);
    expect(await provider().close(one.attempt)).toEqual({ outcome: 'closed' });
    const two = await opened();
    await press(two.page.redirectUrl, 'pay');
    expect((await provider().close(two.attempt)).outcome).toBe('paid');
  });

  it('closes on the way a page whose time is over, because Stripe keeps it for half an hour', async () => {
    const { attempt, page } = await opened();
    const later = provider({ now: () => new Date(Date.now() + 601_000) });
    expect(await later.status(attempt)).toEqual({ outcome: 'failed' });
    expect((await press(page.redirectUrl, 'pay')).status).toBe(410);
  });

  it('gives back in parts and never twice', async () => {
    const { attempt, page } = await opened();
    await press(page.redirectUrl, 'pay');
    expect(await provider().refund(attempt, 100_000, 100_000)).toBe('accepted');
    expect(await provider().status(attempt)).toMatchObject({ refunded: 100_000 });
    expect(await provider().refund(attempt, 150_000, 250_000)).toBe('accepted');
    expect(await provider().refund(attempt, 1, 250_001)).toBe('unknown');
    expect(await provider().status(attempt)).toMatchObject({ refunded: 250_000 });
  });

  it.each([
    ['genuine', (body: string, at: number) => sign(body, at, SECRET), true],
    ['signed by somebody else', (body: string, at: number) => sign(body, at, 'other'), false],
    ['older than five minutes', (body: string, at: number) => sign(body, at - 400, SECRET), false],
    ['unsigned', () => '', false],
  ])('reads a webhook that is %s: %#', async (_, signature, genuine) => {
    const body = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'checkout.session.completed',
      data: {
        object: {
          object: 'checkout.session',
          id: 'cs_1',
          client_reference_id: 'attempt',
          payment_status: 'paid',
          amount_total: 250_000,
          currency: 'kzt',
        },
      },
    });
    const at = Math.floor(Date.now() / 1_000);
    const read = await provider().read(Buffer.from(body), signature(body, at));
    expect(read && 'paid' in read ? read.paid : undefined).toEqual(
      genuine ? { amount: 250_000, currency: 'KZT' } : undefined,
    );
    expect(await provider().read(Buffer.from(`${body} `), sign(body, at, SECRET))).toBeUndefined();
  });
});

/** `Stripe-Signature` as Stripe's documentation tells it: HMAC-SHA256 over the second, a dot and the bytes. */
function sign(body: string, at: number, secret: string): string {
  return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
}
