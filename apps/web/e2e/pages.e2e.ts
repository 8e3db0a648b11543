import type { Browser, BrowserContext, Page } from 'playwright-core';
import { fits, house, type Look, launch, person, picture, seriousFindings, shown, until } from './browser';

const SHOPS: [string, string, Look][] = [
  ['11-programme-desktop-ru', '/?day=2019-09-16', { language: 'ru', size: 'desktop' }],
  ['12-programme-desktop-en', '/?day=2019-09-18', { language: 'en', size: 'desktop' }],
  ['13-programme-phone-kk-dark', '/?day=2019-09-16', { language: 'kk', size: 'phone', theme: 'dark' }],
  ['14-films-desktop-en', '/films', { language: 'en', size: 'desktop' }],
  ['15-film-desktop-en', '/films/adam', { language: 'en', size: 'desktop' }],
  ['16-film-desktop-kk', '/films/women-of-the-silk-road', { language: 'kk', size: 'desktop' }],
  ['17-seats-desktop-ru', '/screenings/aff19-0916-1930-mega', { language: 'ru', size: 'desktop' }],
  ['18-seats-desktop-dark', '/screenings/aff19-0915-1500-imax', { language: 'en', size: 'desktop', theme: 'dark' }],
  ['19-palace-desktop-en', '/screenings/aff19-0914-1900-palace', { language: 'en', size: 'desktop' }],
  ['19a-palace-phone-kk', '/screenings/aff19-0914-1900-palace', { language: 'kk', size: 'phone' }],
  ['19b-venues-desktop-ru', '/venues', { language: 'ru', size: 'desktop' }],
  ['19c-passes-phone-kk', '/passes', { language: 'kk', size: 'phone' }],
  ['19d-find-tickets-phone-ru', '/find-tickets', { language: 'ru', size: 'phone' }],
  ['19e-plan-none-phone-en', '/plan', { language: 'en', size: 'phone' }],
  ['19f-by-hall-desktop-kk', '/?day=2019-09-16&view=hall', { language: 'kk', size: 'desktop' }],
  ['20-tickets-none-phone-ru', '/tickets', { language: 'ru', size: 'phone' }],
  ['21-sign-in-phone-kk', '/sign-in', { language: 'kk', size: 'phone' }],
  ['22-accreditation-phone-ru', '/accreditation', { language: 'ru', size: 'phone' }],
  ['23-lost-desktop-en', '/nothing-here', { language: 'en', size: 'desktop' }],
];

describe('every page', () => {
  const run = house();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it.each(SHOPS)('%s has nothing serious and fits its screen', async (name, path, look) => {
    const { context, page, complaints } = await person(browser, look);
    await page.goto(`${run.web}${path}`);
    await page
      .getByRole('heading', { level: 1 })
      .or(page.getByRole('heading', { level: 2 }))
      .first()
      .waitFor();
    await shown(page);
    await picture(page, name);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await fits(page)).toBe(true);
    await context.close();
  });
});

const NARROW = [
  '/?day=2019-09-16',
  '/films/adam',
  '/screenings/aff19-0916-1930-mega',
  '/plan',
  '/venues',
  '/find-tickets',
];

describe('a page of 320 pixels, which is also one of twice the letters', () => {
  const run = house();
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it.each(NARROW)('%s stands in one column and nothing hides', async (path) => {
    const { context, page } = await person(browser, { language: 'ru', size: 'phone' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${run.web}${path}`);
    await page.getByRole('heading').first().waitFor();
    await shown(page);
    expect(await fits(page)).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await context.close();
  });
});

describe('staff', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    browser = await launch();
    ({ context, page } = await person(browser, { language: 'ru', size: 'desktop' }));
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('signs in by password and sees the queue', async () => {
    const admin = run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/office/accreditation`);
    await page.getByLabel('Электронная почта').nth(1).fill(admin.email);
    await page.getByLabel('Пароль').fill(admin.password);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /Ждут решения/ }).waitFor();
    await shown(page);
    await picture(page, '24-decide-desktop-ru');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('steps the festival clock', async () => {
    await page.goto(run.web);
    const line = page.getByText(/на фестивале сейчас/);
    const before = await line.textContent();
    const { now } = (await (await page.request.get(`${run.web}/api/festival-clock`)).json()) as { now: string };
    await page.getByRole('button', { name: '+1 час' }).click();
    await until(async () => (await line.textContent()) !== before);
    // The house goes on as it was found.
    const back = { editionId: 'almaty-2019', now };
    const answer = await page.request.post(`${run.web}/api/dev/festival-clock`, {
      data: back,
      headers: { Origin: run.web },
    });
    expect(answer.status()).toBe(200);
  });
});
