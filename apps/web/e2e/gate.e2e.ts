import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';
import { writeCameraClip } from './camera-clip';
import { type GateDevice, gateDevice, handheld, kill } from './gate-device';

/** Free screenings: an order is paid the moment it is placed. */
const HERE = 'aff19-0914-1100-arman1';
const ELSEWHERE = 'aff19-0916-1100-arman1';
const DOORS_OPEN = '2019-09-14T04:40:00.000Z';
const SHIFT_PIN = '2468';
const MANAGER_PIN = '13579';
/** Frame to verdict, on a CPU that is four times slower (issue 7). */
const BUDGET_MS = 150;
const SLOWER = 4;

/** An evening at one gate, each step after the one before. */
describe('the gate', () => {
  const run = house();
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  const clip = join(folder, 'camera.y4m');
  const phone = `Телефон ${randomUUID().slice(0, 4)}`;
  let browser: Browser;
  let office: { context: BrowserContext; page: Page };
  let gate: GateDevice;
  let found: string;
  let pairing: string;
  let tickets: string[];
  let foreign: string;
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);
  const verdict = () => gate.page.locator('[data-verdict]');

  beforeAll(async () => {
    browser = await launch();
    office = await person(browser, { language: 'en', size: 'desktop' });
    office.page.setDefaultTimeout(20_000);
    const buyer = await browser.newContext();
    await buyer.request.get(`${run.web}/api/session`);
    tickets = [...(await freeTickets(buyer.request, HERE, 4)), ...(await freeTickets(buyer.request, HERE, 4))];
    [foreign = ''] = await freeTickets(buyer.request, ELSEWHERE, 1);
    await buyer.close();
    // The last ticket is held up to the camera; everything before it is typed by a handheld scanner.
    writeCameraClip(clip, [
      { code: null, seconds: 3 },
      { code: tickets[7] ?? '', seconds: 2 },
    ]);
    found = ((await (await fetch(`${run.web}/api/festival-clock`)).json()) as { now: string }).now;
    gate = await gateDevice(folder, { language: 'kk', size: 'phone' });
  });
  afterAll(async () => {
    await setClock(found);
    await gate?.context.close().catch(() => undefined);
    await browser?.close();
  });

  /** As the admin who is signed in at the office. */
  async function setClock(now: string): Promise<void> {
    const answer = await office.page.request.post(`${run.web}/api/dev/festival-clock`, {
      data: { editionId: 'almaty-2019', now },
      headers: { Origin: run.web },
    });
    expect(answer.status()).toBe(200);
  }
  async function freeTickets(api: APIRequestContext, screening: string, count: number): Promise<string[]> {
    const post = async (path: string, data: unknown) => {
      const headers = { Origin: run.web, 'Idempotency-Key': randomUUID() };
      const answer = await api.post(`${run.web}/api/tickets${path}`, { data, headers });
      if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Record<string, string>;
    };
    const held = await post('/holds', { screeningId: screening, best: { count } });
    const buyer = { email: `gate-${randomUUID().slice(0, 8)}@example.kz` };
    const consent = { terms: true, version: '2019-09' };
    const order = await post('/orders', { holds: [held.token], buyer, language: 'ru', consent });
    const read = async () =>
      (await (await api.get(`${run.web}/api/tickets/orders/${order.id}?key=${order.key}`)).json()) as {
        tickets: { admissionCode: string }[];
      };
    await until(async () => (await read()).tickets.length === count);
    return (await read()).tickets.map(({ admissionCode }) => admissionCode);
  }
  async function scan(code: string): Promise<string | null> {
    await handheld(gate.page, code);
    await verdict().waitFor();
    return verdict().getAttribute('data-verdict');
  }
  async function next(): Promise<void> {
    await verdict()
      .getByRole('button', { name: 'Келесі' })
      .click()
      .catch(() => undefined);
    await verdict().waitFor({ state: 'detached' });
  }
  async function line(up: boolean): Promise<void> {
    await gate.context.setOffline(!up);
    await gate.page.locator(`[data-online=${up}]`).waitFor();
  }
  /** The same phone, opened for the evening once more. */
  async function openAgain({ offline, camera }: { offline: boolean; camera?: boolean }): Promise<void> {
    gate = await gateDevice(folder, { language: 'kk', size: 'phone' }, camera ? clip : undefined);
    await gate.context.setOffline(offline);
    await gate.page.goto(`${run.web}/scanner`);
    await gate.page.getByLabel('Ауысым PIN-коды').fill(SHIFT_PIN);
    await gate.page.getByRole('button', { name: 'Бастау' }).click();
  }
  const allSent = () => gate.page.locator('[data-waiting="0"]').waitFor();

  it('is given its PINs and its scanner by the office', async () => {
    const { page } = office;
    const admin = run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/office/door/devices`);
    await page.getByLabel('E-mail').nth(1).fill(admin.email);
    await page.getByLabel('Password').fill(admin.password);
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Scanners' }).waitFor();
    await setClock(DOORS_OPEN);
    await page.getByRole('button', { name: 'PINs' }).click();
    for (const [who, label, digits] of [
      [/^Shift/, 'Evening shift', SHIFT_PIN],
      [/^House manager/, 'Manager on duty', MANAGER_PIN],
    ] as const) {
      await page.getByRole('radio', { name: who }).check();
      await page.getByLabel('Label').fill(label);
      await page.getByLabel('Digits').fill(digits);
      await page.getByRole('button', { name: 'Set the PIN' }).click();
      await page
        .getByRole('row', { name: new RegExp(label) })
        .first()
        .waitFor();
    }
    await picture(page, '40-pins-desktop-en');
    await clean(page);
    await page.getByRole('button', { name: 'Pair a scanner' }).click();
    await page.getByLabel('Name').fill(phone);
    await page.getByLabel('Gate', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Make the code' }).click();
    const code = page.locator('[data-pairing-code]');
    pairing = (await code.getAttribute('data-pairing-code')) ?? '';
    expect(pairing).toMatch(/^[0-9A-Z]{16}$/);
    await picture(page, '41-pairing-desktop-en');
    await clean(page);
  });

  it('pairs by the QR’s address, once, and the office sees it', async () => {
    const { page } = gate;
    await page.goto(`${run.web}/scanner`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await picture(page, '42-pair-phone-kk');
    await clean(page);
    await handheld(page, `${run.web}/scanner#pair=${pairing}`);
    await page.getByLabel('Ауысым PIN-коды').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await office.page.getByRole('heading', { name: `${phone} is paired` }).waitFor();
  });

  it('begins its shift with the right PIN alone', async () => {
    const { page } = gate;
    const pin = page.getByLabel('Ауысым PIN-коды');
    await pin.fill('1111');
    await page.getByRole('button', { name: 'Бастау' }).click();
    await page.getByText('PIN-код сай емес').waitFor();
    await clean(page);
    await pin.fill(SHIFT_PIN);
    await page.getByRole('button', { name: 'Бастау' }).click();
    await page.getByRole('heading', { level: 1, name: /1-есік/ }).waitFor();
    await page.getByRole('button', { name: 'Сеанс пен баптау' }).last().click();
    await page.locator(`input[value="${HERE}"]`).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Жабу' }).click();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await shown(page);
    await picture(page, '43-gate-phone-kk');
    await clean(page);
  });

  it('practises with printed samples, and nothing of it is told', async () => {
    const { page } = gate;
    await page.getByRole('button', { name: 'Сеанс пен баптау' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Жаттығу' }).click();
    expect(await scan('SEANS/PRACTICE/REPORTED-LOST')).toBe('reported_lost');
    await picture(page, '44-practice-phone-kk');
    await clean(page);
    await next();
    await page.getByRole('button', { name: 'Жаттығуды аяқтау' }).click();
  });

  it('admits a ticket once, and tells a second time, a forgery and another screening apart', async () => {
    const { page } = gate;
    expect(await scan(tickets[0]!)).toBe('ok');
    await picture(page, '45-ok-phone-kk');
    await clean(page);
    await verdict().waitFor({ state: 'detached' });
    expect(await scan(tickets[0]!)).toBe('already_used');
    await picture(page, '46-already-used-phone-kk');
    await clean(page);
    await next();
    const code = tickets[1]!;
    expect(await scan(`${code.slice(0, 20)}${code[20] === 'A' ? 'B' : 'A'}${code.slice(21)}`)).toMatch(
      /^(bad_signature|unknown|unknown_key|wrong_edition)$/,
    );
    await next();
    expect(await scan(foreign)).toBe('wrong_screening');
    await picture(page, '47-wrong-screening-phone-kk');
    await next();
  });

  it('lets in against a refusal by the house manager’s word', async () => {
    const { page } = gate;
    expect(await scan(tickets[0]!)).toBe('already_used');
    await verdict().getByRole('button', { name: 'Әкімші шешімі' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Әкімшінің PIN-коды').fill('0000');
    await sheet.getByRole('button', { name: 'Кіргізу' }).click();
    await sheet.getByText('PIN-код сай емес').waitFor();
    await clean(page);
    await sheet.getByLabel('Әкімшінің PIN-коды').fill(MANAGER_PIN);
    await sheet.getByRole('button', { name: 'Кіргізу' }).click();
    await gate.page.locator('[data-verdict][data-tone=green]').waitFor();
    await next();
  });

  it('goes on by itself while the line is cut, and tells everything after', async () => {
    const { page } = gate;
    await line(false);
    await picture(page, '48-offline-phone-kk');
    await clean(page);
    expect(await scan(tickets[1]!)).toBe('ok');
    await page.getByText('Желісіз', { exact: false }).first().waitFor();
    await picture(page, '49-ok-offline-phone-kk');
    await verdict().waitFor({ state: 'detached' });
    expect(await scan(tickets[1]!)).toBe('already_used');
    await next();
    expect(await scan(tickets[0]!)).toBe('already_used');
    await next();
    await line(true);
    await allSent();
    expect(await scan(tickets[1]!)).toBe('already_used');
    await next();
  });

  it('takes the last scan back within ten seconds', async () => {
    expect(await scan(tickets[2]!)).toBe('ok');
    await verdict().getByRole('button', { name: 'Қайтарып алу' }).click();
    await verdict().waitFor({ state: 'detached' });
    expect(await scan(tickets[2]!)).toBe('ok');
    await verdict().waitFor({ state: 'detached' });
  });

  it('has its log still after its browser was killed without a network', async () => {
    await line(false);
    expect(await scan(tickets[3]!)).toBe('ok');
    await verdict().waitFor({ state: 'detached' });
    expect(await scan(tickets[4]!)).toBe('ok');
    await kill(gate, folder);
    await openAgain({ offline: true });
    await gate.page.locator('[data-waiting="2"][data-online=false]').waitFor();
    expect(await scan(tickets[3]!)).toBe('already_used');
    await next();
    await line(true);
    await allSent();
  });

  it('answers within 150 ms of a frame that can be read, on a slow phone and by itself', async () => {
    await gate.context.close();
    await openAgain({ offline: true, camera: true });
    const { page, context } = gate;
    const wire = await context.newCDPSession(page);
    await wire.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const took: { page: number; reader: number }[] = [];
    for (let round = 0; round < 5; round++) {
      await page.evaluate('performance.clearMarks()');
      await verdict().waitFor();
      const marks = (await page.evaluate(
        `performance.getEntriesByType('mark').map(({ name, startTime, detail }) => ({ name, startTime, readMs: detail?.readMs ?? 0 }))`,
      )) as { name: string; startTime: number; readMs: number }[];
      const shownAt = marks.find(({ name }) => name === 'verdict-shown')!.startTime;
      const read = marks.find(({ name, startTime }) => name === 'code-read' && startTime < shownAt)!;
      // The throttle slows the page's thread alone: the reader's worker is counted four times by hand.
      took.push({ page: shownAt - read.startTime - read.readMs, reader: SLOWER * read.readMs });
      await next();
    }
    await wire.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await line(true);
    await allSent();
    const all = took.map(({ page: own, reader }) => own + reader).sort((a, b) => a - b);
    const parts = took.map(({ page: own, reader }) => `${Math.round(own)}+${Math.round(reader)}`).join(', ');
    process.stdout.write(`gate: page and reader, frame to verdict on a ${SLOWER}x slower CPU: ${parts} ms\n`);
    expect(all[Math.floor(all.length / 2)]).toBeLessThanOrEqual(BUDGET_MS);
  });

  it('is dead and empty once it is revoked', async () => {
    const { page } = office;
    await page.getByRole('button', { name: `Revoke: ${phone}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await gate.page.getByRole('heading', { level: 1, name: 'Құрылғы өшірілді' }).waitFor();
    await picture(gate.page, '50-revoked-phone-kk');
    await clean(gate.page);
    await gate.page.getByRole('button', { name: 'Қайта қосу' }).waitFor();
    await gate.page.reload();
    await gate.page.getByRole('heading', { level: 1, name: 'Құрылғыны есікке қосу' }).waitFor();
  });

  it('no page complained', () => expect(gate.complaints).toEqual([]));
});
