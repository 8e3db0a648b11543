import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import { type PaymentSandbox, startPaymentSandbox } from './payment-sandbox.js';
import type { Payment } from './payments.js';
import { type Fields, isSigned, signed } from './signature.js';
import { readForm, readXml, writeForm, writeXml } from './wire.js';

const SECRET = 'a-secret-of-this-spec';
const MERCHANT = '500001';

/** A merchant that writes down what it is told and answers as the test wants. */
class FakeMerchant {
  told: { script: string; fields: Fields; signed: boolean }[] = [];
  answers: Record<string, () => Fields | undefined> = {};
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const script = request.url?.split('/').at(-1) ?? '';
      const fields = readForm(Buffer.concat(chunks).toString());
      this.told.push({ script, fields, signed: isSigned(script, fields, SECRET) });
      const answer = (this.answers[script] ?? (() => ({ pg_status: 'ok' })))();
      if (!answer) return response.writeHead(503).end();
      response.end(writeXml(signed(script, answer, SECRET)));
    });
  });

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  start = () => new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  stop = () => new Promise((resolve) => this.server.close(resolve));
  /** Results of one payment: another's retry may arrive at any time. */
  results = (id: string) => this.told.filter((one) => one.script === 'result' && one.fields.pg_payment_id === id);
}

describe('the payment sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seans-sandbox-'));
  const merchant = new FakeMerchant();
  let sandbox: PaymentSandbox;
  let now: Date | undefined;
  let orders = 0;

  const open = () =>
    startPaymentSandbox({
      merchantId: MERCHANT,
      secret: SECRET,
      file: join(folder, 'payments.jsonl'),
      port: 0,
      slowMs: 40,
      retryMs: 40,
      now: () => now ?? new Date(),
    });
  const call = async (script: string, fields: Record<string, string>, secret = SECRET) => {
    const body = writeForm(signed(script, { pg_merchant_id: MERCHANT, ...fields }, secret) as Record<string, string>);
    const response = await fetch(`${sandbox.url}/${script}`, { method: 'POST', body });
    const text = await response.text();
    return { text, fields: readXml(text) ?? {} };
  };
  const init = async (more: Record<string, string> = {}) => {
    const { fields } = await call('init_payment.php', {
      pg_order_id: `attempt-${++orders}`,
      pg_amount: '5000',
      pg_currency: 'KZT',
      pg_description: 'Билеттер',
      pg_language: 'kz',
      pg_lifetime: '600',
      pg_check_url: `${merchant.origin}/payments/check`,
      pg_result_url: `${merchant.origin}/payments/result`,
      pg_success_url: `${merchant.origin}/paid`,
      pg_failure_url: `${merchant.origin}/failed`,
      ...more,
    });
    return fields.pg_payment_id ?? '';
  };
  const choose = (id: string, action: string) =>
    fetch(`${sandbox.url}/pay/${id}`, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' });
  const control = (body: object) => fetch(`${sandbox.url}/control`, { method: 'POST', body: JSON.stringify(body) });
  const seen = async (id: string) =>
    (await (await fetch(`${sandbox.url}/control/payments/${id}`)).json()) as Payment & { refunded: number };
  const status = async (id: string) => (await call('get_status3.php', { pg_payment_id: id })).fields;

  beforeAll(() => merchant.start());
  beforeEach(async () => {
    merchant.told = [];
    merchant.answers = {};
    now = undefined;
    sandbox = await open();
  });
  afterEach(() => sandbox.stop());
  afterAll(async () => {
    await merchant.stop();
    rmSync(folder, { recursive: true });
  });

  it('asks before it takes money, then tells, then sends the buyer back', async () => {
    const id = await init();
    const answer = await choose(id, 'pay');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${merchant.origin}/paid\\?.*pg_payment_id=${id}`));
    expect(
      merchant.told.filter((one) => one.fields.pg_payment_id === id).map((one) => [one.script, one.signed]),
    ).toEqual([
      ['check', true],
      ['result', true],
    ]);
    expect(merchant.results(id)[0]?.fields).toMatchObject({
      pg_result: '1',
      pg_amount: '5000',
      pg_can_reject: '1',
      pg_captured: '1',
    });
    expect(await status(id)).toMatchObject({ pg_payment_status: 'success', pg_captured: '1', pg_refund_amount: '0' });
  });

  it('signs its answers', async () => {
    const { fields } = await call('get_status3.php', { pg_payment_id: await init() });
    expect(isSigned('get_status3.php', fields, SECRET)).toBe(true);
  });

  it.each([
    ['a wrong signature', () => call('init_payment.php', { pg_order_id: 'x', pg_amount: '1' }, 'wrong'), '9998'],
    ['another merchant', () => call('init_payment.php', { pg_merchant_id: '1' }), '101'],
    ['a missing amount', () => call('init_payment.php', { pg_order_id: 'x' }), '340'],
    ['an unknown payment', () => call('get_status3.php', { pg_payment_id: '9' }), '340'],
  ])('refuses %s', async (_, ask, code) => {
    expect((await ask()).fields).toMatchObject({ pg_status: 'error', pg_error_code: code });
  });

  it('refuses a page that would live less than five minutes', async () => {
    expect(await init({ pg_lifetime: '299' })).toBe('');
  });

  it('takes nothing when check_url says rejected', async () => {
    merchant.answers.check = () => ({ pg_status: 'rejected', pg_description: 'gone' });
    const id = await init();
    const answer = await choose(id, 'pay');
    expect(answer.headers.get('location')).toContain('/failed');
    expect((await seen(id)).captured).toBe(0);
  });

  it('takes nothing when check_url gives no answer', async () => {
    merchant.answers.check = () => undefined;
    const id = await init();
    await choose(id, 'pay');
    expect(await seen(id)).toMatchObject({ state: 'error', captured: 0 });
  });

  it('gives the money back when the first telling is answered with rejected', async () => {
    merchant.answers.result = () => ({ pg_status: 'rejected' });
    const id = await init();
    await choose(id, 'pay');
    expect(await seen(id)).toMatchObject({ captured: 500_000, refunded: 500_000 });
    expect(await status(id)).toMatchObject({ pg_refund_amount: '5000' });
  });

  it('tells again until it is heard, without the right to reject', async () => {
    let calls = 0;
    merchant.answers.result = () => (++calls < 3 ? undefined : { pg_status: 'ok' });
    const id = await init();
    await choose(id, 'pay');
    await eventually(() => expect(merchant.results(id)).toHaveLength(3));
    expect(merchant.results(id).map((one) => one.fields.pg_can_reject)).toEqual(['1', '0', '0']);
  });

  it('tells a declined card and takes nothing', async () => {
    const id = await init();
    const answer = await choose(id, 'decline');
    expect(answer.headers.get('location')).toContain('/failed');
    expect(merchant.results(id)[0]?.fields).toMatchObject({ pg_result: '0', pg_captured: '0' });
    expect((await seen(id)).captured).toBe(0);
  });

  it('keeps a slow payment pending and tells it later', async () => {
    const id = await init();
    const page = await choose(id, 'slow');
    expect([page.status, (await status(id)).pg_payment_status]).toEqual([200, 'pending']);
    await eventually(() => expect(merchant.results(id)).toHaveLength(1));
    expect((await status(id)).pg_payment_status).toBe('success');
  });

  it('takes the money once however often the button is pressed', async () => {
    const id = await init();
    await Promise.all([choose(id, 'pay'), choose(id, 'pay'), choose(id, 'pay')]);
    await choose(id, 'pay');
    expect(merchant.results(id)).toHaveLength(1);
  });

  it('lets a page die at its time', async () => {
    const id = await init();
    now = new Date(Date.now() + 601_000);
    const page = await choose(id, 'pay');
    expect([page.status, (await status(id)).pg_payment_status]).toEqual([410, 'error']);
    expect(merchant.told.some((one) => one.fields.pg_payment_id === id)).toBe(false);
  });

  it('returns part of the money, then the rest, never more', async () => {
    const id = await init();
    await choose(id, 'pay');
    const revoke = async (amount: string) =>
      (await call('revoke.php', { pg_payment_id: id, pg_refund_amount: amount })).fields.pg_status;
    expect([await revoke('2000'), await revoke('3001'), await revoke('3000'), await revoke('1')]).toEqual([
      'ok',
      'error',
      'ok',
      'error',
    ]);
    expect((await seen(id)).refunded).toBe(500_000);
  });

  it('returns once for one idempotency key', async () => {
    const id = await init();
    await choose(id, 'pay');
    const revoke = () => call('revoke.php', { pg_payment_id: id, pg_refund_amount: '1000', pg_idempotency_key: 'k' });
    await revoke();
    await revoke();
    expect((await seen(id)).refunded).toBe(100_000);
  });

  it('lists the returns in the status, signed', async () => {
    const id = await init();
    await choose(id, 'pay');
    await call('revoke.php', { pg_payment_id: id, pg_refund_amount: '1000' });
    const { text } = await call('get_status3.php', { pg_payment_id: id });
    expect(text).toMatch(/<pg_refund_payments><item>.*<pg_amount>1000<\/pg_amount>.*<\/item><\/pg_refund_payments>/);
  });

  it('answers init with the same payment for the same idempotency key', async () => {
    expect(await init({ pg_idempotency_key: 'same' })).toBe(await init({ pg_idempotency_key: 'same' }));
  });

  describe('misbehaves on demand:', () => {
    it('duplicate tellings', async () => {
      await control({ next: { duplicateCallbacks: 2 } });
      const id = await init();
      await choose(id, 'pay');
      expect(merchant.results(id)).toHaveLength(3);
    });

    it('a forged telling before the honest one', async () => {
      merchant.answers.result = () => (merchant.told.at(-1)?.signed ? { pg_status: 'ok' } : undefined);
      await control({ next: { forgeSignature: true } });
      const id = await init();
      await choose(id, 'pay');
      await eventually(() => expect(merchant.results(id).map((one) => one.signed)).toEqual([false, true]));
    });

    it('another amount', async () => {
      await control({ next: { wrongAmount: 4999 } });
      const id = await init();
      await choose(id, 'pay');
      expect(merchant.results(id)[0]?.fields.pg_amount).toBe('4999');
      expect((await seen(id)).captured).toBe(499_900);
    });

    it('a telling that never comes', async () => {
      const id = await init();
      await control({ paymentId: id, dropCallback: true });
      await choose(id, 'pay');
      expect([merchant.results(id).length, (await status(id)).pg_payment_status]).toEqual([0, 'success']);
    });

    it('tellings in the wrong order', async () => {
      await control({ next: { reorder: true } });
      const first = await init();
      const second = await init();
      await choose(first, 'pay');
      await choose(second, 'pay');
      const order = () =>
        merchant.told.map((one) => one.fields.pg_payment_id).filter((id) => id === first || id === second);
      // Both were asked about first, then told in the other order.
      await eventually(() => expect(order()).toEqual([first, second, second, first]));
    });

    it('a payment that was made but not answered', async () => {
      await control({ next: { timeoutInit: 400 } });
      const body = signed(
        'init_payment.php',
        { pg_merchant_id: MERCHANT, pg_order_id: 'unknown', pg_amount: '1', pg_description: 'x' },
        SECRET,
      );
      const asked = fetch(`${sandbox.url}/init_payment.php`, {
        method: 'POST',
        body: writeForm(body as Record<string, string>),
        signal: AbortSignal.timeout(100),
      });
      await expect(asked).rejects.toThrow();
      expect((await call('get_status3.php', { pg_order_id: 'unknown' })).fields.pg_payment_status).toBe('pending');
    });

    it('refuses a fault that it does not know', async () => {
      expect((await control({ next: { explode: true } })).status).toBe(422);
    });
  });

  it('keeps payments, and what is still to be told, over a restart', async () => {
    const id = await init();
    await choose(id, 'slow');
    await sandbox.stop();
    sandbox = await open();
    await eventually(async () => expect(await seen(id)).toMatchObject({ state: 'success', captured: 500_000 }));
  });

  it('shows a page in the buyer’s language with three choices and no script', async () => {
    const page = await fetch(`${sandbox.url}/pay/${await init()}`);
    const html = await page.text();
    expect(html).toContain('<html lang="kk">');
    expect(html.match(/<button /g)).toHaveLength(3);
    expect(html).not.toContain('<script');
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${merchant.origin}`);
  });
});
