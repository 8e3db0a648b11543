import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';
import { Buyer } from './buying';

const STATES = '[role=gridcell]';

/** Each step begins where the one before ended, as a buyer does. */
describe('a phone in Kazakh, from the front page to the code in the hand', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const axe = async () => expect(await seriousFindings(page)).toEqual([]);

  beforeAll(async () => {
    browser = await launch();
    ({ context, page, complaints } = await person(browser, { language: 'kk', size: 'phone' }));
    page.setDefaultTimeout(45_000);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('the front page shows a day and its verbs', async () => {
    await page.goto(`${run.web}/?day=2019-09-16`);
    await page.getByRole('heading', { name: /16 қыркүйек/ }).waitFor();
    await shown(page);
    await picture(page, '01-programme-phone-kk');
    await axe();
  });
  it('a film leads to its screenings', async () => {
    await page.getByRole('link', { name: 'Жарық болсын', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Жарық болсын' }).waitFor();
    await shown(page);
    await picture(page, '02-film-phone-kk');
    await axe();
    await page
      .getByRole('link', { name: /Орын таңдау/ })
      .first()
      .click();
  });
  it('the hall opens whole, and best seats are held in one tap', async () => {
    await page.locator(STATES).first().waitFor({ state: 'attached' });
    await shown(page);
    await picture(page, '03-seats-phone-kk');
    await page.getByRole('button', { name: 'Үздік орындарды таңдау' }).click();
    await page.getByRole('timer').waitFor();
    expect(await page.locator(`${STATES}[data-state=y]`).count()).toBe(2);
    await shown(page);
    await picture(page, '04-held-phone-kk');
    await axe();
  });
  it('the seats are kept five minutes more, once', async () => {
    const extend = page.getByRole('button', { name: '+5 минут' });
    await extend.click();
    await extend.waitFor({ state: 'detached' });
  });
  it('the list twin holds the same seats', async () => {
    await page.getByRole('button', { name: 'Тізім' }).click();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBeGreaterThanOrEqual(2);
    await picture(page, '05-list-phone-kk');
    await axe();
    await page.getByRole('button', { name: 'Карта', exact: true }).click();
  });
  it('the keyboard moves over seats and gives one back', async () => {
    const mine = page.locator(`${STATES}[data-state=y]`);
    // The map has just come back from the list.
    await mine.first().waitFor({ state: 'attached' });
    const before = await mine.count();
    await page.getByRole('grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByRole('grid').getAttribute('aria-activedescendant')).toBeTruthy();
    expect(await mine.count()).toBe(before);
  });
  it('a seat that somebody else takes first is named, and what is free beside it is one tap away', async () => {
    const address = page.url();
    const screening = address.split('/').at(-1)!;
    // This browser learns of its rival only by being refused, as on a slow network.
    const stale = { on: true };
    await page.route('**/api/tickets/screenings/*/seats/stream', (route) => route.abort());
    const map = await (await page.request.get(`${run.web}/api/tickets/screenings/${screening}/seats`)).json();
    await page.route('**/api/tickets/screenings/*/seats', (route) =>
      stale.on ? route.fulfill({ json: map }) : route.continue(),
    );
    page.on('response', (response) => {
      if (response.url().endsWith('/api/tickets/holds') && response.status() === 409) stale.on = false;
    });
    await page.reload();
    await page.getByRole('button', { name: 'Тізім' }).click();
    const line = page.locator('label:has(input[type=checkbox]:not(:checked):not(:disabled))').filter({ hasText: '₸' });
    await line.first().waitFor();
    const row = await page.getByRole('combobox', { name: 'Қатар', exact: true }).inputValue();
    const number = /(\d+)-орын/.exec((await line.first().locator('span').first().textContent()) ?? '')![1]!;
    await (await Buyer.of(browser)).holdSeats(screening, [`${row}-${number}`]);
    await line.first().click();
    await page.getByRole('alert').filter({ hasText: 'жаңа ғана алып қойды' }).waitFor();
    await shown(page);
    await picture(page, '05a-seat-gone-phone-kk');
    await axe();
    await page.getByRole('button', { name: 'Осыларды алу' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBeGreaterThanOrEqual(3);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    // Back to the two best ones.
    await page.getByRole('button', { name: 'Карта', exact: true }).click();
    await page.getByRole('button', { name: 'Үздік орындарды таңдау' }).click();
    await until(async () => (await page.locator(`${STATES}[data-state=y]`).count()) === 2);
  });
  it('a kind of ticket is chosen for a seat, and the price says why', async () => {
    await page
      .getByRole('combobox', { name: /Билет түрі/ })
      .first()
      .selectOption('pensioner');
    await page.getByText('Зейнеткер: −', { exact: false }).waitFor();
    await page.reload();
    await page.getByText('Зейнеткер: −', { exact: false }).waitFor();
  });
  it('the language changes and the seats stay', async () => {
    await page.getByRole('button', { name: 'Русский' }).click();
    await page.getByRole('button', { name: 'К оплате' }).waitFor();
    expect(await page.locator(`${STATES}[data-state=y]`).count()).toBe(2);
    await page.getByRole('button', { name: 'Қазақша' }).click();
  });
  it('checkout asks for an address and an agreement, and the sum stands in the button', async () => {
    await page.getByRole('button', { name: 'Төлеуге өту' }).click();
    await page.getByRole('heading', { level: 1, name: 'Рәсімдеу' }).waitFor();
    await shown(page);
    await picture(page, '06-checkout-phone-kk');
    await axe();
    await page.getByLabel('Электрондық пошта').fill('aigerim@example.kz');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Рәсімдеу' }).waitFor();
    expect(await page.getByLabel('Электрондық пошта').inputValue()).toBe('aigerim@example.kz');
  });
  it('a network that is cut at the worst moment costs no second order', async () => {
    const pay = page.getByRole('button', { name: /Төлеу.*₸/ });
    await page.getByRole('checkbox').last().check();
    // The order reaches the house, its answer does not reach the buyer.
    await page.route('**/api/tickets/orders', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await pay.click();
    await page.getByText('екінші тапсырыс болмайды', { exact: false }).waitFor();
    await picture(page, '06a-no-network-phone-kk');
    await axe();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(true);
    await pay.click();
    await page.getByText('екінші тапсырыс болмайды', { exact: false }).waitFor();
    await context.setOffline(false);
    await page.route('**/api/tickets/**', async (route) => {
      await page.waitForTimeout(800);
      await route.continue();
    });
    await pay.click();
    await page.getByRole('button', { name: /Тексеріп жатырмыз/ }).waitFor();
    await page.waitForURL((url) => url.origin !== new URL(run.web).origin, { timeout: 45_000 });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await picture(page, '07-payment-page');
  });
  it('the bank’s page leads back to tickets with their codes', async () => {
    const pay = page
      .locator('button[value="pay"], button[name="outcome"][value="success"], form button, button')
      .first();
    await pay.click();
    await page.getByRole('heading', { level: 1, name: 'Билеттеріңіз дайын' }).waitFor({ timeout: 45_000 });
    expect(await page.locator('svg[data-code]').count()).toBe(2);
    await shown(page);
    await picture(page, '08-tickets-phone-kk');
    await axe();
  });
  it('the order opens from its link in another browser, and my tickets knows it', async () => {
    const link = page.url();
    const other = await person(browser, { language: 'ru', size: 'desktop' });
    await other.page.goto(link);
    await other.page.getByRole('heading', { level: 1, name: 'Билеты готовы' }).waitFor();
    await shown(other.page);
    await picture(other.page, '09-tickets-desktop-ru');
    await other.context.close();
    await page.goto(`${run.web}/tickets`);
    await page.getByRole('link', { name: 'Жарық болсын' }).waitFor();
    await picture(page, '10-my-tickets-phone-kk');
    await axe();
  });
  it('no page complained', async () => expect(complaints).toEqual([]));
});
