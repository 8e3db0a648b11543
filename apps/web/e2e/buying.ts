import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser } from 'playwright-core';
import { house, until } from './browser';

export interface Bought {
  id: string;
  key: string;
  email: string;
  seats: { id: string; row: string; number: string }[];
}

const CONSENT = { terms: true, version: '2019-09' };

/** What a buyer's browser asks of the API, without a page. */
export class Buyer {
  private readonly web = house().web;

  private constructor(private readonly request: APIRequestContext) {}

  static async of(browser: Browser): Promise<Buyer> {
    return new Buyer((await browser.newContext()).request);
  }

  async post<T>(path: string, data: object = {}): Promise<T> {
    const headers = { Origin: this.web, 'Idempotency-Key': randomUUID() };
    const answer = await this.request.post(`${this.web}/api/tickets${path}`, { data, headers });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  holdSeats(screeningId: string, seats: string[]) {
    return this.post<{ token: string }>('/holds', { screeningId, seats });
  }

  /** The best seats of a screening, ordered and not yet paid for. */
  async places(screeningId: string, count: number, language = 'en'): Promise<Bought> {
    const email = `buyer-${randomUUID().slice(0, 8)}@example.kz`;
    const hold = await this.post<{ token: string; seats: Bought['seats'] }>('/holds', { screeningId, best: { count } });
    const order = await this.post<{ id: string; key: string }>('/orders', {
      holds: [hold.token],
      buyer: { email },
      language,
      consent: CONSENT,
    });
    return { ...order, email, seats: hold.seats };
  }

  /** The best seats of a screening, paid for at the sandbox. */
  async buys(screeningId: string, count: number, language = 'en'): Promise<Bought> {
    const order = await this.places(screeningId, count, language);
    const page = await this.post<{ redirectUrl: string }>(`/orders/${order.id}/payments?key=${order.key}`);
    await fetch(page.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ choice: 'pay', action: 'pay' }),
      redirect: 'manual',
    });
    await until(async () => {
      const answer = await this.request.get(`${this.web}/api/tickets/orders/${order.id}?key=${order.key}`);
      return ((await answer.json()) as { state: string }).state === 'paid';
    });
    return order;
  }
}

/** What a mail to somebody says that looks like this; waits for it. */
export async function inMail(to: string, pattern: RegExp): Promise<string> {
  const { mail } = house();
  let found: string | undefined;
  await until(async () => {
    const mails = (await (await fetch(`${mail}/messages`)).json()) as { id: string; to: string | string[] }[];
    for (const one of mails.filter(({ to: all }) => [all].flat().some((address) => address.includes(to)))) {
      const text = await (await fetch(`${mail}/messages/${one.id}.eml`)).text();
      found ??= pattern.exec(text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))?.[0];
    }
    return found !== undefined;
  });
  return found!;
}
