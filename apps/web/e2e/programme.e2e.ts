import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

describe('the programme and a plan of one’s own', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const axe = async () => expect(await seriousFindings(page)).toEqual([]);
  const rows = () => page.locator('li:has(time)');

  beforeAll(async () => {
    browser = await launch();
    ({ context, page, complaints } = await person(browser, { language: 'ru', size: 'desktop' }));
    page.setDefaultTimeout(45_000);
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('finds a film typed in another keyboard layout, on all its days', async () => {
    await page.goto(`${run.web}/?day=2019-09-16`);
    await page.getByRole('searchbox').fill('jktu');
    await page.getByRole('heading', { name: 'Поиск: олег' }).waitFor();
    await page.getByText('набрано в другой раскладке', { exact: false }).waitFor();
    expect(await rows().count()).toBe(2);
    await shown(page);
    await picture(page, '85-search-desktop-ru');
    await axe();
    await page.getByRole('searchbox').fill('Tuzani');
    await page.getByRole('link', { name: 'Адам' }).first().waitFor();
    await page.getByRole('searchbox').fill('');
  });

  it('counts before one chooses, and keeps the choice in the address', async () => {
    await page.goto(`${run.web}/?day=2019-09-16`);
    await rows().first().waitFor();
    const all = await rows().count();
    await page.getByRole('combobox', { name: 'Площадка' }).selectOption('arman');
    await page.waitForURL(/venue=arman/);
    await until(async () => (await rows().count()) < all);
    const few = await rows().count();
    await page.reload();
    await until(async () => (await rows().count()) === few);
    await page.getByRole('button', { name: 'По залам' }).click();
    await page.getByRole('heading', { level: 3, name: /зал 1/ }).waitFor();
    await axe();
    await page.goto(`${run.web}/?day=2019-09-16`);
  });

  it('gathers stars in a plan that warns of clashes', async () => {
    const stars = page.getByRole('button', { name: /^В мой план/ });
    await stars.first().waitFor();
    for (const star of await stars.all()) await star.click();
    await page.getByRole('link', { name: /Мой план: \d/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Мой план' }).waitFor();
    await page
      .getByText(/а дорога занимает|на оба не успеть/)
      .first()
      .waitFor();
    await shown(page);
    await picture(page, '86-plan-desktop-ru');
    await axe();
    const feed = await page.getByRole('link', { name: '.ics' }).getAttribute('href');
    const calendar = await (await page.request.get(run.web + feed)).text();
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(await rows().count());
  });

  it('is shared by a link, and taken over by whoever gets it', async () => {
    const ids = 'aff19-0916-1230-mega,aff19-0916-1500-arman2';
    const friend = await person(browser, { language: 'kk', size: 'phone' });
    await friend.page.goto(`${run.web}/plan?s=${ids}`);
    await friend.page.getByRole('button', { name: 'Бәрін жоспарыма қосу' }).click();
    await friend.page.goto(`${run.web}/plan`);
    await friend.page.getByRole('link', { name: 'Олег', exact: true }).waitFor();
    await picture(friend.page, '87-plan-phone-kk');
    expect(await seriousFindings(friend.page)).toEqual([]);
    await friend.context.close();
  });

  it('no page complained', () => expect(complaints).toEqual([]));
});
