import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, until } from './browser';

const PLAN = '[role=gridcell][data-state=f]';

describe('an entry queue', () => {
  const run = house();
  const id = randomUUID();
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  /** By the admin, as the back office would. */
  const put = async (opensInMs: number, closed = false) => {
    const admin = await browser.newContext();
    await admin.request.post(`${run.web}/api/session/sign-in`, {
      data: run.logins.admin,
      headers: { Origin: run.web },
    });
    const answer = await admin.request.put(`${run.web}/api/entry-queues/${id}`, {
      headers: { Origin: run.web },
      data: {
        editionId: 'almaty-2019',
        name: { kk: 'Жабылу салтанаты', ru: 'Церемония закрытия', en: 'Closing ceremony' },
        opensAt: new Date(Date.now() + opensInMs).toISOString(),
        perMinute: 60,
        closed,
      },
    });
    await admin.close();
    if (!answer.ok() && !closed) throw new Error(`the queue was not made: ${await answer.text()}`);
  };

  beforeAll(async () => {
    browser = await launch();
    const dana = await person(browser, { language: 'kk', size: 'desktop' });
    page = dana.page;
    complaints = dana.complaints;
    page.setDefaultTimeout(45_000);
    await put(600_000);
  });
  afterAll(async () => {
    await put(0, true).catch(() => undefined);
    await browser?.close();
  });

  it('meets a buyer at the first seat, and says when and how it opens', async () => {
    await page.goto(`${run.web}/screenings/aff19-0917-1930-mega`);
    const seat = page.locator(PLAN).nth(150);
    await seat.waitFor({ state: 'attached' });
    await until(async () => {
      if (page.url().includes('entry-queue')) return true;
      await seat.click({ position: { x: 8, y: 8 }, timeout: 2_000 }).catch(() => undefined);
      return page.url().includes('entry-queue');
    });
    await page.waitForURL(/entry-queue\.html/);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('heading', { name: 'Кезек' }).waitFor();
    await page.getByText('жеребемен араластырылады', { exact: false }).waitFor();
    await picture(page, '60-queue-gathering-phone-kk');
    expect(await seriousFindings(page)).toEqual([]);
    for (const [button, word] of [
      ['Русский', 'Очередь'],
      ['English', 'The queue'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('heading', { name: word }).waitFor();
    }
    await picture(page, '61-queue-gathering-phone-en');
  });

  it('keeps the place while the network is gone', async () => {
    await page.context().setOffline(true);
    await page.getByText('Nothing is lost', { exact: false }).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Nothing is lost', { exact: false }).waitFor({ state: 'hidden' });
  });

  it('opens, proves its draw and leads back to the seats', async () => {
    await put(1_000);
    await page.getByRole('link', { name: 'Choose seats' }).waitFor();
    await page.getByText('How to check', { exact: false }).click();
    await page.getByText('Computed again in this browser', { exact: false }).waitFor();
    await picture(page, '62-queue-admitted-phone-en');
    await page.getByRole('link', { name: 'Choose seats' }).click();
    await page.waitForURL(/\/screenings\//);
    await page.setViewportSize({ width: 1440, height: 900 });
    const seat = page.locator(PLAN).nth(150);
    await seat.waitFor({ state: 'attached' });
    await until(async () => {
      if ((await page.getByRole('timer').count()) > 0) return true;
      await seat.click({ position: { x: 8, y: 8 }, timeout: 2_000 }).catch(() => undefined);
      return (await page.getByRole('timer').count()) > 0;
    });
    expect(complaints).toEqual([]);
  });

  it('looks well on a desktop in Russian, in the dark', async () => {
    const dias = await person(browser, { language: 'ru', size: 'desktop', theme: 'dark' });
    await dias.page.goto(`${run.web}/api/entry-queues/page/entry-queue.html`);
    await dias.page.getByRole('heading', { name: 'Очередь' }).waitFor();
    await dias.page.getByText('Ваша очередь', { exact: false }).waitFor();
    await picture(dias.page, '63-queue-desktop-ru-dark');
    expect(await seriousFindings(dias.page)).toEqual([]);
  });
});
