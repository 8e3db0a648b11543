import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

/** A free screening: its order is paid the moment it is placed. */
const SCREENING = 'aff19-0914-1100-arman1';
const DOORS_OPEN = '2019-09-14T04:40:00.000Z';

describe('the door', () => {
  const run = house();
  let browser: Browser;
  let guest: { context: BrowserContext; page: Page };
  let gate: { context: BrowserContext; page: Page };
  let code: string;
  let found: string;
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);

  beforeAll(async () => {
    browser = await launch();
    guest = await person(browser, { language: 'en', size: 'phone' });
    gate = await person(browser, { language: 'kk', size: 'phone' });
    const clock = (await (await fetch(`${run.web}/api/festival-clock`)).json()) as { now: string };
    found = clock.now;
    for (const { page } of [guest, gate]) page.setDefaultTimeout(45_000);
  });
  afterAll(async () => {
    await setClock(found);
    await browser?.close();
  });

  /** As the admin who is signed in on the gate's browser. */
  async function setClock(now: string): Promise<void> {
    const answer = await gate.page.request.post(`${run.web}/api/dev/festival-clock`, {
      data: { editionId: 'almaty-2019', now },
      headers: { Origin: run.web },
    });
    expect(answer.status()).toBe(200);
  }
  async function scan(typed: string): Promise<string | null> {
    await gate.page.getByLabel('Билет немесе бейдж коды').fill(typed);
    await gate.page.getByRole('button', { name: 'Тексеру' }).click();
    const verdict = gate.page.locator('[data-verdict]');
    await verdict.waitFor();
    return verdict.getAttribute('data-verdict');
  }

  it('lets a guest take a free ticket without a card', async () => {
    const { page } = guest;
    await page.goto(`${run.web}/screenings/${SCREENING}`);
    await page.getByRole('radio', { name: '1', exact: true }).check();
    await page.getByRole('button', { name: 'Find the best seats' }).click();
    await page.getByRole('button', { name: 'To payment' }).click();
    await page.getByLabel('E-mail').fill('guest@example.kz');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: /Take the ticket/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Your tickets are ready' }).waitFor();
    code = (await page.locator('svg[data-code]').getAttribute('data-code')) ?? '';
    expect(code.length).toBeGreaterThan(40);
  });

  it('pairs a gate and knows what it admits to', async () => {
    const { page } = gate;
    const admin = run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/scan`);
    await page.getByLabel('Электрондық пошта').nth(1).fill(admin.email);
    await page.getByLabel('Құпиясөз').fill(admin.password);
    await page.getByRole('button', { name: 'Кіру', exact: true }).click();
    await page.getByRole('button', { name: 'Жұптау кодын алу' }).click();
    const pairing = page.getByLabel('Жұптау коды');
    await until(async () => (await pairing.inputValue()).length > 3);
    await page.getByRole('button', { name: 'Жұптау', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '1-есік' }).waitFor();
    await setClock(DOORS_OPEN);
    await page.getByLabel('Сеанс').selectOption(SCREENING, { timeout: 45_000 });
    await shown(page);
    await picture(page, '40-gate-phone-kk');
    await clean(page);
  });

  it('admits the ticket once, and refuses it the second time and a forged one', async () => {
    const { page } = gate;
    expect(await scan(code)).toBe('ok');
    await picture(page, '41-ok-phone-kk');
    await clean(page);
    await page.getByRole('button', { name: 'Келесі' }).click();
    expect(await scan(code)).toBe('already_used');
    await picture(page, '42-already-used-phone-kk');
    await clean(page);
    await page.getByRole('button', { name: 'Келесі' }).click();
    const forged = `${code.slice(0, 20)}${code[20] === 'A' ? 'B' : 'A'}${code.slice(21)}`;
    expect(['bad_signature', 'unknown', 'unknown_key', 'wrong_edition']).toContain(await scan(forged));
    await page.getByRole('button', { name: 'Келесі' }).click();
  });
});
