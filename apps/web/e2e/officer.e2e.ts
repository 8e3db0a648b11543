import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

const STAMP = Date.now();
const LETTER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);
/** Two spellings of one name, and a third person; all invented. */
const PEOPLE = ['Гүлнар Өмірбекова', 'Gulnar Omirbekova', 'Даурен Сейітов'];

describe("an officer's hour", () => {
  const run = house();
  let browser: Browser;
  let staff: { context: BrowserContext; page: Page };
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);
  const office = `${run.web}/office/accreditation`;

  beforeAll(async () => {
    browser = await launch();
    staff = await person(browser, { language: 'ru', size: 'desktop' });
    staff.page.setDefaultTimeout(45_000);
  });
  afterAll(() => browser?.close());

  /** Somebody's application, handed in by the API as the portal does it. */
  async function handedIn(name: string, nth: number): Promise<void> {
    const { request } = await browser.newContext();
    const key = () => ({ 'Idempotency-Key': crypto.randomUUID() });
    const email = `officer-hour-${STAMP}-${nth}@example.kz`;
    await request.post(`${run.web}/api/session/magic-link`, { data: { email, language: 'kk' } });
    const token = await mailedToken(email);
    await request.post(`${run.web}/api/session/magic-link/redeem`, { data: { token } });
    const started = await request.post(`${run.web}/api/accreditations/applications`, {
      data: { editionId: 'almaty-2019', category: 'press' },
      headers: key(),
    });
    const { id } = (await started.json()) as { id: string };
    const path = `${run.web}/api/accreditations/applications/${id}`;
    const fields = { name, outlet: `Алатау ТВ ${STAMP}`, medium: 'tv', country: 'KZ', city: 'Алматы' };
    const version = async () => ((await (await request.get(path)).json()) as { version: number }).version;
    await request.put(path, { data: { fields, language: 'kk' }, headers: { 'If-Match': `"${await version()}"` } });
    await request.post(`${path}/evidence`, {
      multipart: {
        kind: 'commission-letter',
        file: { name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER },
      },
      headers: key(),
    });
    const sent = await request.post(`${path}/submit`, {
      data: { consent: { version: '2019-07' } },
      headers: { ...key(), 'If-Match': `"${await version()}"` },
    });
    expect(sent.status()).toBeLessThan(300);
  }

  async function mailedToken(email: string): Promise<string> {
    let token: string | undefined;
    await until(async () => {
      const mails = (await (await fetch(`${run.mail}/messages`)).json()) as
        | { id: string; to: unknown }[]
        | { messages: { id: string; to: unknown }[] };
      const mine = (Array.isArray(mails) ? mails : mails.messages).find((one) =>
        JSON.stringify(one.to).includes(email),
      );
      if (!mine) return false;
      const text = (await (await fetch(`${run.mail}/messages/${mine.id}.eml`)).text()).replace(/=\r?\n/g, '');
      token = /token=(?:3D)?([\w.-]+)/.exec(text.replace(/=3D/g, '='))?.[1];
      return token !== undefined;
    });
    return token!;
  }

  it('finds a name in another script and keeps the filter', async () => {
    for (const [nth, name] of PEOPLE.entries()) await handedIn(name, nth);
    const { page } = staff;
    const officer = run.logins['accreditation-officer'] ?? run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/office/accreditation`);
    await page.getByLabel('Электронная почта').nth(1).fill(officer.email);
    await page.getByLabel('Пароль').fill(officer.password);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByLabel('Имя или издание').fill('omirbekova');
    await page
      .getByRole('button', { name: /Гүлнар Өмірбекова/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Фильтры' }).click();
    await page.getByLabel('Название фильтра').fill(`Фильтр ${STAMP}`);
    await page.getByRole('button', { name: 'Сохранить фильтр' }).click();
    await page.getByRole('button', { name: `Фильтр ${STAMP}`, exact: true }).waitFor();
    await shown(page);
    await picture(page, '36-officer-queue-desktop-ru');
    await clean(page);
  });

  it('asks for a paper by keyboard, and is told the language of the letter before', async () => {
    const { page } = staff;
    await page.goto(`${office}?state=submitted&search=${encodeURIComponent('Сейітов')}`);
    await page
      .getByRole('button', { name: /Даурен Сейітов/ })
      .first()
      .waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Даурен Сейітов' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await shown(page);
    await page.keyboard.press('r');
    await page.getByLabel('Готовый текст').selectOption({ index: 1 });
    await page.getByText(/на казахском/).waitFor();
    await picture(page, '37-officer-request-desktop-ru');
    await clean(page);
    await page.locator('aside footer').getByRole('button', { name: 'Запросить' }).click();
    await page.getByText('Ждём ответ').first().waitFor();
  });

  it('sees two spellings of one name side by side', async () => {
    const { page } = staff;
    await page.goto(`${office}/duplicates`);
    const pairs = page.getByRole('region', { name: /Өмірбекова.*Omirbekova|Omirbekova.*Өмірбекова/ });
    await pairs.first().getByRole('button', { name: 'Оставить эту' }).first().waitFor();
    await clean(page);
    const before = await pairs.count();
    await pairs.first().getByRole('button', { name: 'Это разные люди' }).click();
    await until(async () => (await pairs.count()) === before - 1);
  });

  it('prepares what is selected and releases it at once', async () => {
    const { page } = staff;
    await page.goto(`${office}?search=${encodeURIComponent(`Алатау ТВ ${STAMP}`)}`);
    await page
      .getByLabel(/Выбрать: Гүлнар Өмірбекова/)
      .first()
      .check();
    await page.getByRole('button', { name: 'Подготовить к выпуску' }).click();
    await page.getByText('Подготовлено 1 решение').first().waitFor();
    await clean(page);
    await page.goto(`${office}/releases`);
    await page
      .getByRole('button', { name: /Первый выпуск/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Выпустить сейчас' }).click();
    await picture(page, '38-officer-release-desktop-ru');
    await page.getByRole('dialog').getByRole('button', { name: 'Выпустить сейчас' }).click();
    await page.getByText('Выпущен').first().waitFor();
    await page.goto(`${office}/quotas`);
    await page.getByText(`Алатау ТВ ${STAMP}`).first().waitFor();
    await clean(page);
  });

  it('prints the badge at the desk and hands it over', async () => {
    const { page } = staff;
    await page.goto(`${office}/desk`);
    await page.getByLabel('Имя или издание, любыми буквами').fill(`Алатау ТВ ${STAMP}`);
    await page.getByRole('button', { name: 'Напечатать' }).first().click();
    await page.getByRole('button', { name: 'Выдан в руки' }).first().click();
    await page.getByText('Выдан', { exact: true }).first().waitFor();
    await picture(page, '39-officer-desk-desktop-ru');
    await clean(page);
  });
});
