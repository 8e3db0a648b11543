import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown } from './browser';

const EMAIL = `press-${Date.now()}@example.kz`;
/** The smallest file that is a PDF by its content. */
const LETTER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);

interface Mail {
  id: string;
  to: string | string[];
}

describe('a journalist, from the first form to the door', () => {
  const run = house();
  let browser: Browser;
  let press: { context: BrowserContext; page: Page };
  let staff: { context: BrowserContext; page: Page };
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);

  beforeAll(async () => {
    browser = await launch();
    press = await person(browser, { language: 'ru', size: 'phone' });
    staff = await person(browser, { language: 'ru', size: 'desktop' });
    for (const { page } of [press, staff]) page.setDefaultTimeout(45_000);
  });
  afterAll(() => browser?.close());

  async function mailedLink(): Promise<string> {
    for (let tries = 0; tries < 300; tries++) {
      const mails = (await (await fetch(`${run.mail}/messages`)).json()) as Mail[] | { messages: Mail[] };
      const list = Array.isArray(mails) ? mails : mails.messages;
      const mine = list.find((mail) => JSON.stringify(mail.to).includes(EMAIL));
      if (mine) {
        const text = await (await fetch(`${run.mail}/messages/${mine.id}.eml`)).text();
        const plain = text
          .replace(/=\r?\n/g, '')
          .replace(/=3D/g, '=')
          .replace(/&amp;/g, '&');
        const link = /https?:\/\/\S+?\/sign-in\/link\?[^\s"<>]+/.exec(plain)?.[0];
        if (link) return link;
      }
      await wait(200);
    }
    throw new Error('no mail with a link came');
  }

  it('signs in by a mailed link whose button does it', async () => {
    const { page } = press;
    await page.goto(`${run.web}/accreditation`);
    await page.getByRole('link', { name: 'Войти и подать заявку' }).click();
    await page.getByLabel('Электронная почта').first().fill(EMAIL);
    await page.getByRole('button', { name: 'Прислать ссылку' }).click();
    await page.getByText('Ссылка отправлена').waitFor();
    await page.goto(await mailedLink());
    await picture(page, '30-mailed-link-phone-ru');
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Аккредитация' }).waitFor();
  });

  it('fills in the form, adds a paper and sends it', async () => {
    const { page } = press;
    await page.getByRole('button', { name: 'Начать заявку' }).click();
    await page.getByRole('button', { name: 'Отправить заявку' }).waitFor();
    await picture(page, '31-draft-phone-ru');
    await clean(page);
    for (const input of await page.locator('form input[type=file]').all()) {
      await input.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER });
      await page.getByText('letter.pdf').first().waitFor();
      break;
    }
    await page.getByLabel('Я согласен, чтобы фестиваль').check();
    for (const input of await page.locator('form input[name]:not([type=file], [type=checkbox], [type=radio])').all()) {
      const type = await input.getAttribute('type');
      const name = await input.getAttribute('name');
      const value =
        type === 'url'
          ? 'https://example.kz/kadr'
          : type === 'tel'
            ? '+77015550101'
            : name === 'name'
              ? 'Әсел Нұрланова'
              : 'Кадр';
      await input.fill(value);
    }
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByText('Отправлена', { exact: true }).first().waitFor();
    await picture(page, '32-status-phone-ru');
    await clean(page);
  });

  it('is approved by an officer', async () => {
    const { page } = staff;
    const officer = run.logins['accreditation-officer'] ?? run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/office/accreditation`);
    await page.getByLabel('Электронная почта').nth(1).fill(officer.email);
    await page.getByLabel('Пароль').fill(officer.password);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByRole('button', { name: 'Әсел Нұрланова' }).first().click();
    await page.getByRole('button', { name: 'Взять в работу' }).click();
    await page.getByRole('button', { name: 'Одобрить' }).waitFor();
    await shown(page);
    await picture(page, '33-decide-desktop-ru');
    await clean(page);
    await page.getByRole('button', { name: 'Одобрить' }).click();
    await page.getByText(/Бейдж .* · на входах уже знают/).waitFor({ timeout: 45_000 });
  });

  it('has the badge on the phone and books a seat with it', async () => {
    const { page } = press;
    await page.goto(`${run.web}/accreditation`);
    await page.locator('svg[data-code]').waitFor({ timeout: 45_000 });
    const select = page.getByLabel('Какой сеанс?');
    await select.selectOption('aff19-0916-1930-mega');
    await page.getByRole('button', { name: 'Забронировать' }).click();
    await page.getByRole('button', { name: 'Отменить' }).waitFor({ timeout: 45_000 });
    await shown(page);
    await picture(page, '34-badge-phone-ru');
    await clean(page);
  });
});
