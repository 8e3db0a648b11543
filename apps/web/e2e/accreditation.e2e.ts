import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

const EMAIL = `press-${Date.now()}@example.kz`;
/** The smallest file that is a PDF by its content. */
const LETTER = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n',
);

interface Mail {
  id: string;
  to: string | string[];
}

describe('an application from draft to badge', () => {
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

  it('fills in the steps, which save themselves', async () => {
    const { page } = press;
    await page.getByRole('button', { name: 'Начать заявку' }).click();
    await page.getByLabel('Имя и фамилия (для бейджа)').fill('Әсел Нұрланова');
    await page.getByLabel('Город').fill('Алматы');
    await page.getByText(/Сохранено в/).waitFor();
    await picture(page, '31-draft-phone-ru');
    await clean(page);
    await page.getByRole('button', { name: 'Дальше: Работа' }).click();
    const kept = page.waitForResponse(
      (response) => response.ok() && (response.request().postData() ?? '').includes('Кадр'),
    );
    await page.getByLabel('Издание или редакция').fill('Кадр');
    await kept;
    await page.reload();
    await until(async () => (await page.getByLabel('Издание или редакция').inputValue()) === 'Кадр');
    await page.getByRole('button', { name: 'Дальше: Документы' }).click();
  });

  it('keeps a file whose line was cut and sends it when the line is back', async () => {
    const { page, context } = press;
    const letter = page.getByRole('region', { name: 'Письмо редакции' });
    await context.setOffline(true);
    await letter
      .locator('input[type=file]')
      .setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: LETTER });
    await letter.getByText(/Связь прервалась/).waitFor();
    await picture(page, '31b-line-cut-phone-ru');
    await context.setOffline(false);
    await letter.getByText('Получено').waitFor();
    await clean(page);
  });

  it('cuts the portrait by keyboard and hands everything in', async () => {
    const { page } = press;
    await page.getByRole('button', { name: 'Дальше: Портрет' }).click();
    const drawn = (await page.evaluate(
      `(() => { const c = document.createElement('canvas'); c.width = 1200; c.height = 1000;
        const x = c.getContext('2d'); x.fillStyle = '#bcd'; x.fillRect(0, 0, 1200, 1000);
        x.fillStyle = '#532'; x.beginPath(); x.arc(600, 420, 200, 0, 7); x.fill();
        return c.toDataURL('image/png').split(',')[1]; })()`,
    )) as string;
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(drawn, 'base64') });
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await clean(page);
    await page.getByRole('button', { name: 'Отправить так' }).click();
    await page.getByText('Получено').waitFor();
    await page.getByRole('button', { name: 'Дальше: Проверка и отправка' }).click();
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Отправить заявку' }).click();
    await page.getByRole('heading', { name: 'Ваша заявка у нас' }).waitFor();
    await picture(page, '32-status-phone-ru');
    await clean(page);
  });

  it('is approved by an officer', async () => {
    const { page } = staff;
    const officer = run.logins['accreditation-officer'] ?? run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=${encodeURIComponent('/office/accreditation?state=submitted')}`);
    await page.getByLabel('Электронная почта').nth(1).fill(officer.email);
    await page.getByLabel('Пароль').fill(officer.password);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page
      .getByRole('button', { name: /Әсел Нұрланова/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Одобрить' }).click();
    await shown(page);
    await picture(page, '33-decide-desktop-ru');
    await clean(page);
    await page.getByRole('button', { name: 'Одобрить' }).click();
    await page.getByText(/Бейдж .* · на входах уже знают/).waitFor({ timeout: 45_000 });
  });

  it('has the badge on the phone and books a seat with it', async () => {
    const { page } = press;
    await page.goto(`${run.web}/accreditation/badge`);
    await page.locator('svg[data-code]').waitFor({ timeout: 45_000 });
    await shown(page);
    await picture(page, '34-badge-phone-ru');
    await clean(page);
    await page.getByRole('link', { name: 'Брони' }).first().click();
    await page.getByRole('button', { name: /16 сент/ }).click();
    const show = page.getByRole('listitem').filter({ hasText: '19:30' }).first();
    await show.getByRole('button', { name: 'Занять место' }).click();
    await show.getByText('Ваше').waitFor({ timeout: 45_000 });
    await picture(page, '35-bookings-phone-ru');
    await clean(page);
  });
});
