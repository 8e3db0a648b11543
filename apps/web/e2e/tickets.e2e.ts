import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';
import { type Bought, Buyer, inMail } from './buying';

const CODE = 'svg[data-code]';

/** Each step begins where the one before ended. */
describe('tickets that were bought', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let order: Bought;
  const link = () => `${run.web}/orders/${order.id}?key=${order.key}`;
  const axe = async () => expect(await seriousFindings(page)).toEqual([]);

  beforeAll(async () => {
    browser = await launch();
    ({ context, page, complaints } = await person(browser, { language: 'en', size: 'phone' }));
    page.setDefaultTimeout(45_000);
    order = await (await Buyer.of(browser)).buys('aff19-0918-1800-arman1', 3);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('open without a network once they were opened with one', async () => {
    await page.goto(link());
    await page.locator(CODE).first().waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // The worker keeps what it sees: the first page came before it.
    await until(async () => {
      await page.reload();
      await page.locator(CODE).first().waitFor();
      return (await page.evaluate(
        `caches.open('papers').then((kept) => kept.keys()).then((all) => all.some(({ url }) => url.includes('${order.id}')))`,
      )) as boolean;
    });
    await context.setOffline(true);
    await page.reload();
    await page.locator(CODE).first().waitFor();
    expect(await page.locator(CODE).count()).toBe(3);
    await page.getByText('Your tickets are kept on this device', { exact: false }).waitFor();
    await picture(page, '80-ticket-offline-phone-en');
    await page.goto(`${run.web}/tickets`);
    await page.getByRole('link', { name: 'To the Ends of the Earth' }).first().waitFor();
    await picture(page, '81-tickets-offline-phone-en');
    await context.setOffline(false);
  });

  it('say what a return would bring before anything is pressed', async () => {
    await page.goto(link());
    await page.getByRole('heading', { name: 'Return or exchange' }).waitFor();
    await page
      .getByText(/is kept\. Until/)
      .first()
      .waitFor();
    await shown(page);
    await picture(page, '82-order-phone-en');
    await axe();
  });

  it('are exchanged for another screening, one for one', async () => {
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Exchange for another screening' }).click();
    await page.getByRole('heading', { level: 1, name: 'Exchange tickets' }).waitFor();
    // Each says what is left of it before it is opened.
    await page
      .getByRole('link', { name: /To the Ends of the Earth.*(seat|sold)/i })
      .first()
      .waitFor();
    await shown(page);
    await picture(page, '82b-exchange-list-phone-en');
    await axe();
    await page
      .getByRole('link', { name: /To the Ends of the Earth/ })
      .first()
      .click();
    await page.getByText('You are exchanging 1 ticket', { exact: false }).waitFor();
    await page.getByRole('radio', { name: '1', exact: true }).check({ force: true });
    await page.getByRole('button', { name: 'Find the best seats' }).click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'To payment' }).click();
    await page.getByRole('heading', { name: 'You get' }).waitFor();
    await shown(page);
    await picture(page, '83-exchange-phone-en');
    await axe();
    await page.getByRole('button', { name: 'Exchange', exact: true }).click();
    await page.waitForURL((url) => url.origin !== new URL(run.web).origin || !url.pathname.endsWith('/exchange'));
    if (new URL(page.url()).origin !== new URL(run.web).origin) await page.locator('button').first().click();
    await page.getByRole('heading', { level: 1, name: 'Your tickets are ready' }).waitFor();
    expect(await page.locator(CODE).count()).toBe(1);
  });

  it('are returned, and their code is gone at once', async () => {
    await page.goto(link());
    await page.getByRole('heading', { name: 'Return or exchange' }).waitFor();
    const before = await page.locator(CODE).count();
    await page.locator('fieldset').getByRole('checkbox', { disabled: false }).first().check();
    await page.getByRole('button', { name: /^Return:/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Return:/ })
      .click();
    await until(async () => (await page.locator(CODE).count()) === before - 1);
    await axe();
  });

  it('are given to somebody else', async () => {
    await page.getByRole('button', { name: 'Give away' }).first().click();
    await page.getByLabel('To: e-mail').fill('friend@example.kz');
    await page.getByRole('button', { name: 'Give the ticket' }).click();
    await page.getByText('The ticket was sent to friend@example.kz.').waitFor();
    await axe();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByText('This ticket was given to somebody else', { exact: false }).waitFor();
  });

  it('are found by the address alone, and an unknown address hears the same', async () => {
    const other = await person(browser, { language: 'en', size: 'phone' });
    const found: string[] = [];
    for (const email of ['nobody-here@example.kz', order.email]) {
      await other.page.goto(`${run.web}/find-tickets`);
      await other.page.getByLabel('E-mail').fill(email);
      await other.page.getByRole('button', { name: 'Send the link' }).click();
      const answer = other.page.getByRole('status').filter({ hasText: 'Check the mail' });
      await answer.waitFor();
      found.push(((await answer.textContent()) ?? '').replace(email, ''));
    }
    expect(found[0]).toBe(found[1]);
    await picture(other.page, '84-find-tickets-phone-en');
    expect(await seriousFindings(other.page)).toEqual([]);
    const path = await inMail(order.email, /\/sign-in\/link\?[^\s"'<>]*token=[^\s"'<>]+/);
    await other.page.goto(run.web + path.replaceAll('&amp;', '&'));
    await other.page.getByRole('button', { name: 'Enter' }).click();
    await other.page.waitForURL(/\/tickets/);
    await other.page.getByRole('link', { name: 'To the Ends of the Earth' }).first().waitFor();
    await other.context.close();
  });

  it('no page complained', () => expect(complaints).toEqual([]));
});
