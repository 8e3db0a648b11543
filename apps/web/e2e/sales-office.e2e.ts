import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

const SCREENING = 'aff19-0918-1500-mega';

/** Each step begins where the one before ended, as at a desk. */
describe('an hour at the sales desk', () => {
  const run = house();
  const email = `desk-${randomUUID().slice(0, 8)}@example.kz`;
  const colleague = `staff-${randomUUID().slice(0, 8)}@example.kz`;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let number: string;
  let link: string;
  const axe = async () => expect(await seriousFindings(page)).toEqual([]);

  /** A buyer of two seats who has paid, by the public API. */
  async function soldOrder(api: APIRequestContext): Promise<string> {
    const screening = await screeningOnSale(api);
    const post = async (path: string, data: unknown) => {
      const headers = { Origin: run.web, 'Idempotency-Key': randomUUID() };
      const answer = await api.post(`${run.web}/api/tickets${path}`, { data, headers });
      if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as Record<string, string>;
    };
    const held = await post('/holds', { screeningId: screening, best: { count: 2 } });
    const consent = { terms: true, version: '2019-09' };
    const order = await post('/orders', { holds: [held.token], buyer: { email }, language: 'ru', consent });
    const { redirectUrl } = await post(`/orders/${order.id}/payments?key=${order.key}`, {});
    await fetch(redirectUrl!, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
    await until(async () => {
      const now = await api.get(`${run.web}/api/tickets/orders/${order.id}?key=${order.key}`);
      return ((await now.json()) as { state: string }).state === 'paid';
    });
    return order.number!;
  }
  async function screeningOnSale(api: APIRequestContext): Promise<string> {
    const [edition] = (await (await api.get(`${run.web}/api/screenings/editions`)).json()) as { id: string }[];
    const programme = (await (await api.get(`${run.web}/api/screenings/editions/${edition!.id}/programme`)).json()) as {
      screenings: { id: string; state: string; prices: { amount: number }[] }[];
    };
    const open = programme.screenings.filter(
      (one) => one.state === 'on-sale' && one.prices.every(({ amount }) => amount > 0),
    );
    const paid = open.filter((one) => one.prices.length > 0);
    return (paid.find((one) => one.id === SCREENING) ?? paid[0]!).id;
  }

  beforeAll(async () => {
    browser = await launch();
    ({ context, page, complaints } = await person(browser, { language: 'ru', size: 'desktop' }));
    page.setDefaultTimeout(45_000);
    const buyer = await browser.newContext();
    await buyer.request.get(`${run.web}/api/session`);
    number = await soldOrder(buyer.request);
    await buyer.close();
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('opens on how the festival sells', async () => {
    const admin = run.logins.admin!;
    await page.goto(`${run.web}/sign-in?next=/office/sales`);
    await page.getByLabel('Электронная почта').nth(1).fill(admin.email);
    await page.getByLabel('Пароль').fill(admin.password);
    await page.getByRole('button', { name: 'Войти', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Продажи' }).waitFor();
    await page.getByRole('heading', { level: 2, name: 'Ход продаж' }).waitFor();
    await shown(page);
    await picture(page, '40-sales-desktop-ru');
    await axe();
  });
  it('reads a plot as a table, and takes it along', async () => {
    const plot = page.getByRole('figure', { name: 'Ход продаж' });
    await plot.getByRole('button', { name: 'Таблицей' }).click();
    await plot.getByRole('columnheader', { name: 'Выручка' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      plot.getByRole('button', { name: /Скачать CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('seans-sales-by-day.csv');
  });
  it('looks into one screening, with its hall and who may take what', async () => {
    await page.getByRole('table', { name: 'Сеансы' }).getByRole('link').first().click();
    await page.getByRole('heading', { level: 2, name: 'Зал сейчас' }).waitFor();
    await shown(page);
    await picture(page, '41-screening-sales-desktop-ru');
    await axe();
  });
  it('finds an order by the address of whoever bought', async () => {
    await page.getByRole('navigation', { name: 'Страницы продаж' }).getByRole('link', { name: 'Заказы' }).click();
    await page.getByRole('searchbox').fill(email);
    await page.getByRole('button', { name: new RegExp(number) }).click();
    await page.getByRole('heading', { level: 2, name: email }).waitFor();
    await shown(page);
    await picture(page, '42-order-desktop-ru');
    await axe();
  });
  it('leaves a note for colleagues', async () => {
    await page.getByLabel('Заметка для коллег').fill('Просила вернуть один билет');
    await page.getByRole('button', { name: 'Записать' }).click();
    await page.getByText('Просила вернуть один билет').waitFor();
  });
  it('gives one ticket back, and a second press changes nothing', async () => {
    await page
      .getByRole('checkbox', { name: /Выбрать для возврата/ })
      .first()
      .check();
    await page.getByRole('button', { name: 'Вернуть 1 билет' }).click();
    const dialog = page.getByRole('dialog', { name: 'Возврат билетов' });
    await dialog.getByLabel('Причина').fill('Просьба зрителя');
    await axe();
    await dialog.getByRole('button', { name: /^Вернуть/ }).dblclick();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('возвращён', { exact: false }).first().waitFor();
    expect(await page.getByRole('checkbox', { name: /Выбрать для возврата/ }).count()).toBe(1);
  });
  it('prices a basket by rules that nobody saved', async () => {
    await page.getByRole('link', { name: 'Цены' }).click();
    const trial = page.getByRole('complementary', { name: 'Сколько стоила бы корзина' });
    await trial.getByText('Итого').waitFor();
    const total = trial.getByText(/₸/).last();
    const before = await total.textContent();
    await trial.getByRole('button', { name: 'Ещё одно место' }).click();
    await until(async () => (await total.textContent()) !== before);
    await shown(page);
    await picture(page, '43-prices-desktop-ru');
    await axe();
  });
  it('makes a promo code, whose name must be free', async () => {
    await page.getByRole('link', { name: 'Промокоды' }).click();
    const code = `TEST-${randomUUID().slice(0, 6).toUpperCase()}`;
    const make = async () => {
      await page.getByRole('button', { name: 'Новый промокод' }).click();
      await page.getByRole('textbox', { name: 'Промокод' }).fill(code);
      for (const field of await page.getByRole('group', { name: 'Название' }).getByRole('textbox').all())
        await field.fill('Проверка');
      await page.getByRole('button', { name: 'Сохранить' }).click();
    };
    await make();
    await page.getByRole('button', { name: new RegExp(code) }).waitFor();
    await make();
    await page.getByRole('alert').waitFor();
    await picture(page, '44-promo-desktop-ru');
    await axe();
  });
  it('invites a colleague, whose link is shown once', async () => {
    await page.goto(`${run.web}/office/people`);
    await page.getByRole('button', { name: 'Пригласить сотрудника' }).click();
    await page.getByLabel('Имя').fill('Сәуле Тестова');
    await page.getByLabel('Электронная почта').fill(colleague);
    await page.getByRole('checkbox', { name: /Финансы/ }).check();
    await axe();
    await page.getByRole('button', { name: 'Создать ссылку-приглашение' }).click();
    link = (await page.getByText(/sign-in\/password#/).textContent())!;
    await picture(page, '45-people-desktop-ru');
  });
  it('the colleague chooses a password and finds the finance pages alone', async () => {
    const other = await person(browser, { language: 'ru', size: 'phone' });
    await other.page.goto(link);
    await other.page.getByLabel('Новый пароль').fill('три войлока один разрез');
    await other.page.getByRole('button', { name: 'Сохранить пароль' }).click();
    await other.page.getByRole('status').getByRole('link', { name: 'Войти' }).click();
    await other.page.getByLabel('Электронная почта').nth(1).fill(colleague);
    await other.page.getByLabel('Пароль').fill('три войлока один разрез');
    await other.page.getByRole('button', { name: 'Войти', exact: true }).click();
    const ways = other.page.getByRole('navigation', { name: 'Разделы' });
    await ways.getByRole('link', { name: 'Продажи', exact: true }).waitFor();
    expect(await ways.getByRole('link').count()).toBe(1);
    await shown(other.page);
    await picture(other.page, '46-office-phone-ru');
    expect(await seriousFindings(other.page)).toEqual([]);
    await other.context.close();
  });
  it('finds what was done in the audit log', async () => {
    await page.goto(`${run.web}/office/audit`);
    await page.getByText('tickets.returned-at-desk').first().waitFor();
    await shown(page);
    await picture(page, '47-audit-desktop-ru');
    await axe();
    await page.getByRole('link', { name: 'Неуслышанные события' }).click();
    await page.getByRole('heading', { level: 1, name: 'Неуслышанные события' }).waitFor();
    await axe();
  });
  it('reads a letter as it was sent', async () => {
    await page.goto(`${run.web}/office/letters`);
    await page.getByRole('table').getByRole('button').first().click();
    await shown(page);
    await picture(page, '48-letters-desktop-ru');
    await axe();
  });
  it('pairs a scanner and ends it', async () => {
    await page.goto(`${run.web}/office/door/devices`);
    await page.getByRole('button', { name: 'Подключить сканер' }).click();
    const name = `Телефон ${randomUUID().slice(0, 4)}`;
    await page.getByLabel('Название').fill(name);
    await page.getByLabel('Вход', { exact: true }).fill('2');
    await page.getByRole('button', { name: 'Создать код' }).click();
    await page.getByRole('img', { name: 'Код сопряжения' }).waitFor();
    await picture(page, '49-door-desktop-ru');
    await axe();
    await page.getByRole('button', { name: `Отключить: ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Отключить' }).click();
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByText('Отключён')
      .waitFor();
  });
  it('no page complained', async () => expect(complaints).toEqual([]));
});
