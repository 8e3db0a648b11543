import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown } from './browser';

/** A free screening: its orders are paid the moment they are placed. */
const SCREENING = 'aff19-0914-1100-arman1';
const DOORS_OPEN = '2019-09-14T04:40:00.000Z';
const GATE = 'house walk';

/** Whoever runs the house on an evening when one gate had no line. */
describe('the house', () => {
  const run = house();
  let browser: Browser;
  let manager: { context: BrowserContext; page: Page; complaints: string[] };
  let admin: { context: BrowserContext; page: Page };
  let found: string;
  let code: string;
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);
  const headers = { Origin: run.web };

  beforeAll(async () => {
    browser = await launch();
    manager = await person(browser, { language: 'ru', size: 'desktop' });
    admin = await person(browser, { language: 'ru', size: 'desktop' });
    for (const { page } of [manager, admin]) page.setDefaultTimeout(45_000);
    await signIn(manager.page, 'house-manager');
    await signIn(admin.page, 'admin');
    const clock = (await (await fetch(`${run.web}/api/festival-clock`)).json()) as { now: string };
    found = clock.now;
  });
  afterAll(async () => {
    await setClock(found);
    await browser?.close();
  });

  async function signIn(page: Page, role: string): Promise<void> {
    const answer = await page.request.post(`${run.web}/api/session/sign-in`, { data: run.logins[role], headers });
    expect(answer.ok()).toBe(true);
  }
  async function setClock(now: string): Promise<void> {
    const data = { editionId: 'almaty-2019', now };
    expect((await admin.page.request.post(`${run.web}/api/dev/festival-clock`, { data, headers })).status()).toBe(200);
  }
  async function post(path: string, data: object, token?: string): Promise<Record<string, string>> {
    const answer = await manager.page.request.post(`${run.web}/api/tickets/door${path}`, {
      data,
      headers: { ...headers, 'Idempotency-Key': randomUUID(), ...(token && { 'X-Device-Token': token }) },
    });
    expect(answer.ok()).toBe(true);
    return answer.status() === 204 ? {} : ((await answer.json()) as Record<string, string>);
  }
  /** A scanner without a browser: its key, its session. */
  async function gate(name: string): Promise<string> {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = (text: string) =>
      createSign('sha256').update(text).sign({ key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    const { pairingCode } = await post('/devices', { editionId: 'almaty-2019', name: `${GATE} ${name}`, gate: name });
    const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' });
    const { deviceId } = await post('/pair', {
      pairingCode,
      publicKey: { kty, crv, x, y },
      proof: signed(pairingCode!),
    });
    const { challenge } = await post('/challenges', { deviceId });
    return (await post('/sessions', { deviceId, challenge, signature: signed(challenge!) })).token!;
  }
  const uploaded = (at: Date) => ({
    scans: [
      {
        scanId: randomUUID(),
        screeningId: SCREENING,
        code,
        at: at.toISOString(),
        verdict: 'ok',
        admitted: true,
      },
    ],
  });

  it('has a ticket that two gates let in, one of them without a line', async () => {
    const guest = await person(browser, { language: 'en', size: 'phone' });
    const { page } = guest;
    page.setDefaultTimeout(45_000);
    await page.goto(`${run.web}/screenings/${SCREENING}`);
    await page.getByRole('radio', { name: '1', exact: true }).check();
    await page.getByRole('button', { name: 'Find the best seats' }).click();
    await page.getByRole('button', { name: 'To payment' }).click();
    await page.getByLabel('E-mail').fill('house-walk@example.kz');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: /Take the ticket/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Your tickets are ready' }).waitFor();
    code = (await page.locator('svg[data-code]').getAttribute('data-code')) ?? '';
    await guest.context.close();
    await setClock(DOORS_OPEN);
    for (const name of ['1', '2']) await post('/uploads', uploaded(new Date(Date.now() - 60_000)), await gate(name));
  });

  it('lists the screenings of these hours with what does not fit', async () => {
    const { page } = manager;
    await page.goto(`${run.web}/office/door`);
    await page.getByRole('heading', { level: 1, name: 'Ход входа' }).waitFor();
    await page.getByText('1 расхождение').first().waitFor();
    await shown(page);
    await picture(page, '60-house-list-ru');
    await clean(page);
    await page.locator(`a[href="/office/door/screenings/${SCREENING}"]`).click();
  });

  it('shows the clash with both gates, and settles it with a note', async () => {
    const { page } = manager;
    await page.getByRole('heading', { name: 'По одному коду вошли дважды' }).waitFor();
    await page.getByText('без сети').first().waitFor();
    await shown(page);
    await picture(page, '61-house-page-ru');
    await clean(page);
    await page.getByLabel('Как решили').fill('Второй гость ушёл в кассу');
    await page.getByRole('button', { name: 'Решено', exact: true }).click();
    await page.getByText('Всё сходится', { exact: false }).waitFor();
  });

  it('closes the doors only after asking, and opens them again', async () => {
    const { page } = manager;
    await page.getByRole('button', { name: 'Закрыть двери' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Закрыть двери' }).click();
    await page.getByText(/Двери закрыты в/).waitFor();
    await page.getByRole('button', { name: 'Открыть двери снова' }).click();
    await page.getByText(/Двери закрыты в/).waitFor({ state: 'detached' });
  });

  it('prints a list without names', async () => {
    const { page } = manager;
    await page.getByRole('link', { name: 'Бумажный список' }).click();
    await page.getByText(/^ряд /).first().waitFor();
    expect(await page.locator('main').textContent()).not.toContain('house-walk');
    await shown(page);
    await picture(page, '62-house-paper-ru');
    await clean(page);
    expect(manager.complaints).toEqual([]);
  });
});
