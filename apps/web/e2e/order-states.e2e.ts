import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Order } from '#libs/contracts';
import { fits, house, launch, person, picture, SIZES, seriousFindings, shown } from './browser';
import { type Bought, Buyer } from './buying';

const SCREENING = 'aff19-0918-1800-arman1';
const MONEY_IS_BACK = new Set(['refund-due', 'refunded']);
/** Where only people can help, the page says who. */
const PEOPLE_HELP = new Set(['refund-due', 'review', 'charged-back']);

/** By state, what the page says first. */
const HEADS = {
  'awaiting-payment': 'Your order waits for payment',
  expiring: 'The time to pay is nearly over',
  expired: 'The time to pay is over',
  cancelled: 'The order is cancelled',
  'refund-due': 'Your money is on its way back',
  refunded: 'The order is refunded',
  review: 'We are checking your payment',
  'charged-back': 'The bank took the payment back',
};

/** Each step begins where the one before ended. */
describe('an order without tickets', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let order: Bought;
  const link = () => `${run.web}/orders/${order.id}?key=${order.key}`;
  const head = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  beforeAll(async () => {
    browser = await launch();
    ({ context, page, complaints } = await person(browser, { language: 'en', size: 'phone', workers: 'block' }));
    order = await (await Buyer.of(browser)).places(SCREENING, 2);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('says that it waits, for what, and until when', async () => {
    await page.goto(link());
    await head(HEADS['awaiting-payment']);
    for (const { row, number } of order.seats)
      await page.getByText(`Row ${row}, seat ${number}`, { exact: false }).waitFor();
    await page.getByRole('timer').waitFor();
    expect(await page.title()).toContain((await page.getByText(/^Order [A-Z0-9-]+$/).textContent()) ?? 'a number');
  });

  it('says that it was cancelled, and still for what', async () => {
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    await head(HEADS.cancelled);
    expect(await page.getByText(/^Row .*, seat /).count()).toBe(2);
  });

  it('has the bank asked once when its buyer comes back from there after all', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes(`/orders/${order.id}/payments/returned`)) asked.push(request.method());
    });
    const answer = page.waitForResponse((response) => response.url().includes('/payments/returned'));
    await page.goto(`${link()}&payment=success`);
    expect((await answer).status()).toBe(200);
    await head(HEADS.cancelled);
    await shown(page);
    expect(asked).toEqual(['POST']);
  });

  it.each(Object.entries(HEADS))('%s: a page that fits, in each language', async (state, words) => {
    let told: Order | undefined;
    // The house's own answer as it would be in this state: most take a bank's days to come about.
    await page.route(`**/api/tickets/orders/${order.id}?*`, async (route) => {
      const answer = await route.fetch();
      told = (await answer.json()) as Order;
      const payUntil = new Date(Date.now() + (state === 'expiring' ? -1_000 : 300_000)).toISOString();
      const refund = MONEY_IS_BACK.has(state) ? told.total : null;
      await route.fulfill({ response: answer, json: { ...told, state, payUntil, refund } });
    });
    for (const language of ['kk', 'ru', 'en'] as const) {
      await page.evaluate(`localStorage.setItem('seans.language', '${language}')`);
      for (const size of ['desktop', 'phone'] as const) {
        await page.setViewportSize(SIZES[size]);
        await page.goto(link());
        await page.getByRole('heading', { level: 1 }).waitFor();
        await shown(page);
        expect(await page.getByText(told!.lines[0]!.title[language], { exact: true }).count()).toBe(1);
        expect(await page.getByRole('link', { name: told!.writeTo }).count()).toBe(PEOPLE_HELP.has(state) ? 1 : 0);
        await picture(page, `85-order-${state}-${size}-${language}`);
        expect(await fits(page)).toBe(true);
      }
      expect(await seriousFindings(page)).toEqual([]);
    }
    await head(words);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('no page complained', () => expect(complaints).toEqual([]));
});
