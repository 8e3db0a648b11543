import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown } from './browser';

const PLAN = '[role=gridcell][data-state=f]';

describe('two buyers and one seat', () => {
  const run = house();
  let browser: Browser;
  let first: { context: BrowserContext; page: Page };
  let second: { context: BrowserContext; page: Page };

  beforeAll(async () => {
    browser = await launch();
    first = await person(browser, { language: 'en', size: 'desktop' });
    second = await person(browser, { language: 'en', size: 'desktop' });
    for (const { page } of [first, second]) page.setDefaultTimeout(45_000);
  });
  afterAll(() => browser?.close());

  it('the slower one is told which seat is gone, and keeps nothing of it', async () => {
    const address = `${run.web}/screenings/aff19-0917-1930-mega`;
    // The second browser has no live map, and from some moment on it hears nothing new, as on a bad network.
    await second.page.route('**/api/tickets/screenings/*/seats/stream', (route) => route.abort());
    await second.page.goto(address);
    await second.page.locator(PLAN).first().waitFor({ state: 'attached' });
    await second.page.route('**/api/tickets/screenings/*/seats', (route) => route.abort());
    await first.page.goto(address);
    const seat = first.page.locator(PLAN).nth(150);
    await seat.waitFor({ state: 'attached' });
    const id = await seat.getAttribute('data-seat');
    await pick(first.page, id!);
    await first.page.getByRole('timer').waitFor();
    await pick(second.page, id!);
    const [row, number] = id!.split('-');
    await second.page.getByText(`Row ${row}, seat ${number} has just gone.`, { exact: false }).waitFor();
    await picture(second.page, '50-seat-gone-desktop-en');
    expect(await seriousFindings(second.page)).toEqual([]);
    expect(await second.page.getByRole('timer').count()).toBe(0);
  });

  it('a card that the bank refuses leaves the seats with their buyer', async () => {
    const { page } = first;
    await page.getByRole('button', { name: 'To payment' }).click();
    await page.getByLabel('E-mail').fill('refused@example.kz');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: /Pay \d/ }).click();
    await page.waitForURL((url) => url.origin !== new URL(run.web).origin, { timeout: 45_000 });
    await page.locator('button').nth(1).click();
    await page.getByText('The bank did not take the payment.', { exact: false }).waitFor({ timeout: 45_000 });
    await shown(page);
    await picture(page, '51-refused-desktop-en');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /Pay \d/ }).waitFor();
  });

  /** By the map: zoomed in until a seat is a target, then a click in its middle. */
  async function pick(page: Page, id: string): Promise<void> {
    const seat = page.locator(`[data-seat="${id}"]`);
    await seat.click({ position: { x: 8, y: 8 } });
    await page.waitForTimeout(300);
    if ((await seat.getAttribute('data-state')) === 'f' && !(await page.getByRole('alert').count()))
      await seat.click({ position: { x: 20, y: 20 } });
  }
});
