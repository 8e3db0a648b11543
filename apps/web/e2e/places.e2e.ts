import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

/** A small hall of which the house keeps all but two seats. */
const SCREENING = 'aff19-0916-1500-arman2';

interface Mail {
  id: string;
  to: string | string[];
}

describe('somebody who waits, and somebody who is invited', () => {
  const run = house();
  let browser: Browser;
  let manager: APIRequestContext;
  let admin: APIRequestContext;
  let free: string[];
  const email = `waits-${randomUUID().slice(0, 8)}@example.kz`;
  const guestEmail = `guest-${randomUUID().slice(0, 8)}@example.kz`;

  const headers = () => ({ Origin: run.web, 'Idempotency-Key': randomUUID() });
  const staff = async (role: string) => {
    const context = await browser.newContext();
    const answer = await context.request.post(`${run.web}/api/session/sign-in`, {
      data: run.logins[role],
      headers: headers(),
    });
    expect(answer.status()).toBe(200);
    return context.request;
  };
  const post = async <T>(who: APIRequestContext, path: string, data: object = {}): Promise<T> => {
    const answer = await who.post(`${run.web}/api/tickets${path}`, { data, headers: headers() });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    const text = await answer.text();
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const freeSeats = async () => {
    const map = await (await manager.get(`${run.web}/api/tickets/screenings/${SCREENING}/seats`)).json();
    const plan = await (
      await manager.get(`${run.web}/api/screenings/seat-plans/${map.planId}/versions/${map.planVersion}`)
    ).json();
    const seats = (plan.zones as { rows: { seats: [string, string, number, number, number, number][] }[] }[]).flatMap(
      (zone) => zone.rows.flatMap((row) => row.seats),
    );
    return seats.filter((seat, index) => map.states[index] === 'f' && seat[5] === 0).map((seat) => seat[0]);
  };
  const linkIn = async (to: string, pattern: RegExp): Promise<string> => {
    let found: string | undefined;
    await until(async () => {
      const mails = (await (await fetch(`${run.mail}/messages`)).json()) as Mail[];
      for (const mail of mails.filter((one) => [one.to].flat().some((address) => address.includes(to)))) {
        const text = await (await fetch(`${run.mail}/messages/${mail.id}.eml`)).text();
        found = pattern.exec(text.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '='))?.[0];
      }
      return found !== undefined;
    });
    return found!;
  };

  beforeAll(async () => {
    browser = await launch();
    [manager, admin] = [await staff('house-manager'), await staff('admin')];
    const seats = await freeSeats();
    free = seats.slice(0, 2);
    await post(manager, `/screenings/${SCREENING}/blocks`, {
      purpose: 'house',
      seats: seats.slice(2, 502),
      minutesBefore: 30,
    });
  });
  afterAll(() => browser?.close());

  it('joins the line on the screening’s page, is offered seats by mail and takes them', async () => {
    const buyer = await browser.newContext();
    const hold = await post<{ token: string }>(buyer.request, '/holds', { screeningId: SCREENING, seats: free });
    const order = await post<{ id: string }>(buyer.request, '/orders', {
      holds: [hold.token],
      buyer: { email: 'never-pays@example.kz' },
      language: 'en',
      consent: { terms: true, version: '2019-09' },
    });
    const { page, complaints } = await person(browser, { language: 'ru', size: 'phone' });
    page.setDefaultTimeout(45_000);
    await page.goto(`${run.web}/screenings/${SCREENING}`);
    await page
      .getByRole('button', { name: /встать в очередь/i })
      .first()
      .waitFor();
    await shown(page);
    await picture(page, '70-waitlist-phone-ru');
    await page.getByLabel(/почт|e-mail/i).fill(email);
    await page
      .getByRole('button', { name: /встать в очередь/i })
      .first()
      .click();
    await page.getByText(/перед вами/i).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await post(admin, `/dev/orders/${order.id}/age`);
    const link = await linkIn(email, /\/offers\/[0-9a-f-]{36}\?key=[\w-]{22}/);
    await offered(page, link);
    expect(complaints).toEqual([]);
  });

  it('answers an invitation by its personal link', async () => {
    const now = (await (await fetch(`${run.web}/api/festival-clock`)).json()) as { now: string };
    await post(manager, `/screenings/${SCREENING}/invitation-lists`, {
      name: `Guests ${randomUUID().slice(0, 8)}`,
      respondBy: new Date(Date.parse(now.now) + 6 * 3_600_000).toISOString(),
      invitees: [{ name: 'Гүлнәр Қонақбаева', email: guestEmail, places: 2, language: 'kk' }],
    });
    const link = await linkIn(guestEmail, /\/invitations\/[0-9a-f-]{36}\?key=[\w-]{22}/);
    const { page, complaints } = await person(browser, { language: 'kk', size: 'phone' });
    page.setDefaultTimeout(45_000);
    await page.goto(run.web + link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await shown(page);
    await picture(page, '72-invitation-phone-kk');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('textbox').first().fill('Дана Серікқызы');
    await page.locator('button[type=submit]').click();
    await page.getByRole('status').or(page.getByRole('alert')).first().waitFor();
    await picture(page, '73-invitation-accepted-phone-kk');
    expect(complaints).toEqual([]);
  });

  async function offered(page: Page, link: string): Promise<void> {
    await page.goto(run.web + link);
    await page.getByRole('timer').waitFor();
    await shown(page);
    await picture(page, '71-offer-phone-ru');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button').filter({ hasText: '₸' }).click();
    await page.waitForURL(/\/checkout/);
    await page.getByRole('timer').waitFor();
  }
});
