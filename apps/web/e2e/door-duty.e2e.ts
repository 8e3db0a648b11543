import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';
import { EDITION, EveningCast, type Screening, type Somebody } from './evening-cast';
import { register } from './evening-gates';
import { type GateDevice, gateDevice, handheld } from './gate-device';

const SHIFT_PIN = '4417';
const BEFORE_START = 5 * 60_000;

/** Who is on duty and may ask for names, an area's gate, and the rush line called by a cashier. */
describe('duty at the door', () => {
  const run = house();
  let browser: Browser;
  let cast: EveningCast;
  let manager: Somebody;
  let here: Screening & { startsAt?: string };
  let gate: GateDevice;
  let office: { context: BrowserContext; page: Page; complaints: string[] };
  let pin: string | undefined;
  let found: string;
  let guest: string;
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);

  beforeAll(async () => {
    browser = await launch();
    cast = new EveningCast(run, browser);
    manager = await cast.as('house-manager');
    found = ((await (await fetch(`${run.web}/api/festival-clock`)).json()) as { now: string }).now;
    here = await cast.screening('Кезек кеші');
    const buyer = await cast.as('finance');
    await cast.order(buyer, here.id, 1);
    guest = (await buyer.get<{ person: { name: string } }>('/session')).person.name;
    office = await person(browser, { language: 'en', size: 'desktop' });
    office.page.setDefaultTimeout(45_000);
  });
  afterAll(async () => {
    await cast.setClock(found);
    if (pin) await manager.send('DELETE', `/tickets/door/pins/${pin}`);
    await gate?.context.close();
    await browser?.close();
  });

  it('sets a PIN whose operator may look people up', async () => {
    const { page } = office;
    const headers = { Origin: run.web };
    expect(
      (await page.request.post(`${run.web}/api/session/sign-in`, { data: run.logins['house-manager'], headers })).ok(),
    ).toBe(true);
    await page.goto(`${run.web}/office/door/devices`);
    await page.getByRole('button', { name: 'PINs' }).click();
    await page.getByLabel('Label').fill('Duty walk');
    await page.getByLabel('Digits').fill(SHIFT_PIN);
    await page.getByRole('checkbox', { name: /look people up/ }).check();
    await clean(page);
    await page.getByRole('button', { name: 'Set the PIN' }).click();
    await page
      .getByText(/finds by name/)
      .first()
      .waitFor();
    await picture(page, '94-pins-en');
    const { pins } = await manager.get<{ pins: { id: string; label: string }[] }>(
      `/tickets/door/pins?edition=${EDITION}`,
    );
    pin = pins.find(({ label }) => label === 'Duty walk')!.id;
  });

  it('finds a seat by name at the gate, for that operator', async () => {
    await cast.setClock(here.doorsOpenAt);
    gate = await gateDevice(mkdtempSync(join(tmpdir(), 'duty-')), { language: 'kk', size: 'phone' });
    const { page } = gate;
    const { pairingCode } = await register(manager, '5', { screenings: [here.id] });
    await page.goto(`${run.web}/scanner`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await handheld(page, `${run.web}/scanner#pair=${pairingCode}`);
    await page.getByLabel('Ауысым PIN-коды').fill(SHIFT_PIN);
    await page.getByRole('button', { name: 'Бастау' }).click();
    await page.getByRole('button', { name: 'Атын іздеу' }).click();
    await page.getByLabel('Аты-жөні').fill(guest);
    await clean(page);
    await page.getByRole('button', { name: 'Іздеу', exact: true }).click();
    await page.getByRole('dialog').getByText('күтілуде').first().waitFor();
    await picture(page, '95-find-phone-kk');
    await clean(page);
    await page.getByRole('button', { name: 'Жабу' }).click();
  });

  it('opens an area for badges alone', async () => {
    const { page } = office;
    await page.goto(`${run.web}/office/door/devices`);
    await page.getByRole('button', { name: 'Pair a scanner' }).click();
    await page.getByRole('radio', { name: /At an area alone/ }).check();
    await page.getByText('Choose at least one area.').first().waitFor();
    await picture(page, '96-area-gate-en');
    await clean(page);
    const lounge = await gateDevice(mkdtempSync(join(tmpdir(), 'lounge-')), { language: 'ru', size: 'phone' });
    const { pairingCode } = await register(manager, 'Lounge', { areas: ['P'], screenings: [] });
    await lounge.page.goto(`${run.web}/scanner`);
    await lounge.page.getByRole('heading', { level: 1 }).waitFor();
    await handheld(lounge.page, `${run.web}/scanner#pair=${pairingCode}`);
    await lounge.page.getByLabel('PIN смены').fill(SHIFT_PIN);
    await lounge.page.getByRole('button', { name: 'Начать' }).click();
    await lounge.page.getByRole('heading', { level: 1, name: /Зона P/ }).waitFor();
    await lounge.page.getByText('внутри').waitFor();
    await picture(lounge.page, '97-area-phone-ru');
    await clean(lounge.page);
    await lounge.context.close();
    await page.goto(`${run.web}/office/door/screenings`);
    await page.getByRole('link', { name: 'Area P' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Area P' }).waitFor();
    await shown(page);
    await clean(page);
  });

  it('is called by a cashier: numbers before, seats from ten minutes to the start', async () => {
    const { page } = office;
    await page.request.post(`${run.web}/api/session/sign-out`, { headers: { Origin: run.web } });
    const data = run.logins['box-office'];
    expect(
      (await page.request.post(`${run.web}/api/session/sign-in`, { data, headers: { Origin: run.web } })).ok(),
    ).toBe(true);
    await page.goto(`${run.web}/office/door`);
    await page.getByRole('heading', { level: 1, name: 'Rush line' }).waitFor();
    await clean(page);
    await page.locator(`a[href="/office/door/rush/${here.id}"]`).click();
    await page.getByText(/Numbers are called from/).waitFor();
    await page.getByRole('button', { name: 'Give a number' }).click();
    await page.getByText('Last number given: 1').waitFor();
    await picture(page, '98-rush-before-en');
    const cashier = await cast.as('box-office');
    const { startsAt } = await cashier.get<{ startsAt: string }>(`/tickets/rush-lines/${here.id}`);
    await cast.setClock(new Date(Date.parse(startsAt) - BEFORE_START).toISOString());
    await page.getByRole('button', { name: 'Let in number 1' }).click();
    await page.getByText(/Number 1: row/).waitFor();
    await page.getByRole('button', { name: 'Give a number' }).click();
    await page.getByRole('button', { name: 'Number 2 is not here' }).click();
    await page.getByText('Nobody waits').waitFor();
    await shown(page);
    await picture(page, '99-rush-open-en');
    await clean(page);
  });

  it('shows the same line to the house manager', async () => {
    const { page } = await person(browser, { language: 'kk', size: 'phone' });
    page.setDefaultTimeout(45_000);
    const data = run.logins['house-manager'];
    await page.request.post(`${run.web}/api/session/sign-in`, { data, headers: { Origin: run.web } });
    await page.goto(`${run.web}/office/door/screenings/${here.id}`);
    await page.getByText(/1 нөмір:/).waitFor();
    await until(async () => (await page.locator('h2').count()) > 3);
    await picture(page, '99-rush-house-phone-kk');
    await clean(page);
    expect(office.complaints).toEqual([]);
    await page.context().close();
  });
});
