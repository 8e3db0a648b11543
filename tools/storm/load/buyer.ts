import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import { Asker, type OrderBody } from './asker.js';
import { type Answer, press } from './http.js';

export interface PlacedOrder extends OrderBody {
  /** Who asks for it. */
  email: string;
}

/** How long one looks at a page that says "waiting for the bank". */
const PATIENCE_MS = 10_000;
const CONSENT = { terms: true, version: '2019-09' };
/** One buyer at a browser. */
export class Buyer extends Asker {
  readonly email = `${this.name}@storm.example`;

  think(leastMs: number, mostMs: number): Promise<void> {
    return wait(this.dice.between(leastMs, mostMs));
  }

  /** The letters of the seats, in the plan's order; undefined while the map can't be had. */
  async look(sale: Sale): Promise<string | undefined> {
    const answer = await this.once({ deed: 'look', screening: sale.id }, () =>
      this.browser.get(`/tickets/screenings/${sale.id}/seats`),
    );
    if (answer.status !== 200) return undefined;
    return (answer.body as { states: string }).states;
  }

  /** The token of a hold, or why there is none. */
  async hold(sale: Sale, seats: string[], key = this.dice.uuid()): Promise<{ token?: string; code?: string }> {
    const answer = await this.insist({ deed: 'hold', key, screening: sale.id, seats }, () =>
      this.browser.post('/tickets/holds', { screeningId: sale.id, seats }, { 'Idempotency-Key': key }),
    );
    return answer.status === 201 ? { token: (answer.body as { token: string }).token } : { code: answer.code };
  }

  async extend(token: string): Promise<void> {
    await this.insist({ deed: 'extend' }, () => this.browser.post('/tickets/holds/x/extend', { token }));
  }

  async drop(token: string): Promise<void> {
    await this.insist({ deed: 'drop' }, () =>
      this.browser.delete(`/tickets/holds/x?token=${encodeURIComponent(token)}`),
    );
  }

  async order(token: string, key = this.dice.uuid()): Promise<{ order?: PlacedOrder; code?: string }> {
    return this.placed(await this.insist({ deed: 'order', key, email: this.email }, () => this.askOrder(token, key)));
  }

  /** The same order asked for many times at the same moment. */
  async orderAtOnce(token: string, times: number, key = this.dice.uuid()): Promise<Answer[]> {
    return Promise.all(
      Array.from({ length: times }, () =>
        this.once({ deed: 'order', key, email: this.email }, () => this.askOrder(token, key)),
      ),
    );
  }

  /** The provider's page; undefined when the order can't be paid any more. */
  async openPayment(order: PlacedOrder): Promise<string | undefined> {
    const answer = await this.insist({ deed: 'open-payment', order: order.id }, () =>
      this.browser.post(`/tickets/orders/${order.id}/payments?key=${order.key}`, { provider: 'freedompay' }),
    );
    return answer.status === 201 ? (answer.body as { redirectUrl: string }).redirectUrl : undefined;
  }

  pay(order: PlacedOrder, page: string, action = 'pay'): Promise<Answer> {
    return this.once({ deed: 'pay', order: order.id }, () => press(page, action));
  }

  /** Back from the provider: the order as it stands. */
  async returned(order: PlacedOrder): Promise<OrderBody | undefined> {
    const answer = await this.insist({ deed: 'returned', order: order.id }, () =>
      this.browser.post(`/tickets/orders/${order.id}/payments/returned?key=${order.key}`, {}),
    );
    return answer.status === 200 ? (answer.body as OrderBody) : undefined;
  }

  async see(order: PlacedOrder): Promise<OrderBody | undefined> {
    const answer = await this.insist({ deed: 'see', order: order.id }, () =>
      this.browser.get(`/tickets/orders/${order.id}?key=${order.key}`),
    );
    return answer.status === 200 ? (answer.body as OrderBody) : undefined;
  }

  /** Looks at the order until it is neither waiting for money nor for its end, as long as one is patient. */
  async settled(order: PlacedOrder): Promise<OrderBody | undefined> {
    const until = Math.min(this.shop.closesAt, Date.now() + PATIENCE_MS);
    let last = await this.returned(order);
    while (Date.now() < until && (!last || /awaiting|expiring|refund-due/.test(last.state))) {
      await wait(400);
      last = (await this.see(order)) ?? last;
    }
    return last;
  }

  async giveBack(order: PlacedOrder, lines: number[]): Promise<Answer> {
    return this.insist({ deed: 'give-back', order: order.id }, () =>
      this.browser.post(`/tickets/orders/${order.id}/returns?key=${order.key}`, { lines, expectedFee: 0 }),
    );
  }

  async exchange(
    order: PlacedOrder,
    lines: number[],
    token: string,
    key = this.dice.uuid(),
  ): Promise<{ order?: PlacedOrder; code?: string }> {
    const asked = { deed: 'exchange' as const, key, order: order.id, email: this.email };
    return this.placed(
      await this.insist(asked, () =>
        this.browser.post(
          `/tickets/orders/${order.id}/exchanges?key=${order.key}`,
          { lines, holds: [token] },
          { 'Idempotency-Key': key },
        ),
      ),
    );
  }

  async cancel(order: PlacedOrder): Promise<void> {
    await this.insist({ deed: 'cancel', order: order.id }, () =>
      this.browser.post(`/tickets/orders/${order.id}/cancel?key=${order.key}`, {}),
    );
  }

  /** At a gate, with its device. */
  async scan(sale: Sale, code: string, device: string, scan = this.dice.uuid()): Promise<string | undefined> {
    const answer = await this.insist({ deed: 'scan', code, scan, screening: sale.id }, () =>
      this.browser.post(
        '/tickets/door/scans',
        { scanId: scan, screeningId: sale.id, code, at: new Date().toISOString() },
        { 'X-Device-Token': device },
      ),
    );
    return answer.status === 200 ? (answer.body as { verdict: string }).verdict : undefined;
  }

  private askOrder(token: string, key: string): Promise<Answer> {
    return this.browser.post(
      '/tickets/orders',
      { holds: [token], buyer: { email: this.email }, language: 'en', consent: CONSENT },
      { 'Idempotency-Key': key },
    );
  }

  private placed(answer: Answer): { order?: PlacedOrder; code?: string } {
    if (answer.status !== 201) return { code: answer.code };
    return { order: { ...(answer.body as OrderBody), email: this.email } };
  }
}
