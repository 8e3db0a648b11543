import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

interface Sale {
  id: string;
  number: string;
  state: string;
  by: string;
  tickets: { printed: boolean; state: string; shortCode: string }[];
}

/** What a till meets beside its sales: changed minds, forgotten codes, a second clerk, a manager's word, a service that dies. */
describe('whoever comes back to the counter', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let shiftId: string;
  let screening: { id: string };
  let papers = 0;

  const axe = async () => expect(await seriousFindings(page)).toEqual([]);
  const read = async <T>(path: string): Promise<T> =>
    (await (await context.request.get(`${run.web}/api${path}`)).json()) as T;
  const post = (path: string, data: unknown, asked = context) =>
    asked.request.post(`${run.web}/api${path}`, {
      data,
      headers: { Origin: run.web, 'Idempotency-Key': crypto.randomUUID() },
    });
  const sales = async () => (await read<{ sales: Sale[] }>(`/tickets/counter/sales?shiftId=${shiftId}`)).sales;
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  const selling = () => page.getByText('Выберите места').waitFor();
  const endOfPhone = () => String(1000 + Math.floor(Math.random() * 9000));

  async function atTill(): Promise<Page> {
    const tab = await context.newPage();
    tab.setDefaultTimeout(30_000);
    // The walk's own script also runs in the frame that shows papers, which has no storage.
    tab.on('pageerror', ({ message }) => /'getItem'/.test(message) || complaints.push(message));
    tab.on('response', (response) => {
      if (/\/papers\?/.test(response.url()) && response.headers()['content-type']?.includes('pdf')) papers++;
    });
    return tab;
  }
  async function toScreening() {
    await page.goto(`${run.web}/counter?screening=${screening.id}`);
    await selling();
  }
  /** Cash is taken for what is chosen. */
  async function takeCash(tab = page) {
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: 'Деньги получены' }).waitFor();
    await tab.keyboard.press('Enter');
  }
  async function sellOne() {
    await page.keyboard.press('1');
    await page.getByText('Итого, 1 билет').waitFor();
    await takeCash();
    await heading('Продано');
  }

  beforeAll(async () => {
    browser = await launch();
    const clerk = await person(browser, { language: 'ru', size: 'desktop', theme: 'dark' });
    ({ context, complaints } = clerk);
    await clerk.page.close();
    await context.addInitScript('window.print = () => undefined');
    await post('/session/sign-in', run.logins['box-office']);
    const { shift } = await read<{ shift: { id: string } | null }>(
      '/tickets/counter/shifts/mine?editionId=almaty-2019',
    );
    if (shift) await post(`/tickets/counter/shifts/${shift.id}/close`, { counted: 0, withUnresolved: true });
    const tills = await read<{ name: string; shift: unknown }[]>('/tickets/counter/tills?editionId=almaty-2019');
    const till = tills.find((one) => one.shift === null)!.name;
    const opened = await post('/tickets/counter/shifts', { editionId: 'almaty-2019', till, openingFloat: 3_000_000 });
    shiftId = ((await opened.json()) as { id: string }).id;
    const programme = await read<{
      screenings: { id: string; state: string; visibility: string; seats: number; prices: { amount: number }[] }[];
    }>('/screenings/editions/almaty-2019/programme');
    const { screenings: free } = await read<{ screenings: Record<string, { free: number }> }>(
      '/tickets/editions/almaty-2019/availability',
    );
    const fit = programme.screenings.filter(
      (one) =>
        one.state === 'on-sale' &&
        one.visibility === 'public' &&
        one.seats <= 800 &&
        one.prices.every(({ amount }) => amount > 0),
    );
    screening = fit.sort((a, b) => (free[b.id]?.free ?? 0) - (free[a.id]?.free ?? 0))[0]!;
    page = await atTill();
    await toScreening();
  });
  afterAll(async () => {
    await post(`/tickets/counter/shifts/${shiftId}/close`, { counted: 0, withUnresolved: true });
    await context?.close();
    await browser?.close();
  });

  /** From a finished sale to the same screening again, with its tickets to exchange and one new seat held. */
  async function beginExchange() {
    await page.keyboard.press('x');
    await heading('Обмен и возврат');
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Обменять 1 билет' }).waitFor();
    await shown(page);
    await page.keyboard.press('x');
    await page.getByRole('region', { name: 'Обмен' }).waitFor();
    await toScreening();
    await page.getByRole('region', { name: 'Обмен' }).waitFor();
    await page.keyboard.press('2');
    await page.getByText('Выберите 1 новое место.').first().waitFor();
    await page.getByRole('button', { name: 'Убрать: ряд' }).nth(1).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('1');
    await page.getByText('Прежние билеты').waitFor();
  }

  it('exchanges a ticket for a cheaper one, and tells what to hand over in cash', async () => {
    await sellOne();
    const [old] = (await sales()).filter(({ state }) => state === 'done').slice(0, 1);
    await beginExchange();
    expect(await page.getByRole('button', { name: 'Промокод' }).count()).toBe(0);
    await page.keyboard.press('s');
    await page.getByText('Выдайте наличными').waitFor();
    await shown(page);
    await picture(page, '106-counter-exchange-desktop-ru');
    await axe();
    await page.keyboard.press('Enter');
    await heading('Обменяно');
    await page.getByText('Выдайте наличными').waitFor();
    await picture(page, '107-counter-exchanged-desktop-ru');
    await axe();
    const { tickets } = await read<Sale>(`/tickets/counter/orders/${old!.id}`);
    expect(tickets.filter(({ state }) => state === 'live')).toEqual([]);
  });

  it('finds an exchange again whose page was closed before the answer came, once', async () => {
    await beginExchange();
    const before = (await sales()).length;
    let reached: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      reached = resolve;
    });
    await page.route('**/api/tickets/counter/orders/*/exchanges', async (route) => {
      await route.fetch();
      reached();
    });
    await page.getByText('Доплата').waitFor();
    await shown(page);
    await takeCash();
    await arrived;
    expect(await page.getByRole('heading', { name: 'Обменяно' }).count()).toBe(0);
    await page.close({ runBeforeUnload: false });
    page = await atTill();
    await page.goto(`${run.web}/counter`);
    await heading('Обменяно');
    await page.keyboard.press('Enter');
    await selling();
    expect(await page.getByRole('region', { name: 'Обмен' }).count()).toBe(0);
    expect(await sales()).toHaveLength(before + 1);
  });

  /** Seats that are picked, kept for somebody on the phone. */
  async function keepFor(name: string, phone: string) {
    await page.keyboard.press('2');
    await page.getByText('Итого, 2 билета').waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Бронь' });
    await dialog.getByLabel('Имя').fill(name);
    await dialog.getByLabel('Телефон').fill(phone);
    await page.keyboard.press('Enter');
    await page.getByText(`Оставили: ${name}`).waitFor();
  }
  it('hands out what waits under the last digits of a phone, and names nobody', async () => {
    await toScreening();
    const digits = endOfPhone();
    await page.keyboard.press('1');
    await page.getByText('Итого, 1 билет').waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('Имя').fill('Данияр Выдачин');
    await page.getByLabel('Телефон').fill(`+7 701 555 ${digits}`);
    await page.keyboard.press('Enter');
    await takeCash();
    await heading('Продано');
    await page.keyboard.press('Escape');
    await selling();
    await page.keyboard.press('F3');
    await heading('Выдача');
    await page.keyboard.type('0000');
    await page.getByText('Под этими цифрами ничего не ждёт').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(digits);
    const row = page.getByRole('listitem').filter({ hasText: 'оплачено, ждёт печати' });
    await row.waitFor();
    expect(await page.getByText('Выдачин').count()).toBe(0);
    await shown(page);
    await picture(page, '108-counter-will-call-desktop-ru');
    await axe();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Напечатать 1 билет' }).waitFor();
    await shown(page);
    await picture(page, '109-counter-order-desktop-ru');
    await axe();
    const printed = papers;
    await page.keyboard.press('p');
    await until(async () => papers > printed);
    await page.keyboard.press('Enter');
    await page.getByText('напечатан', { exact: true }).waitFor();
  });

  it('is answered at another till too: what one clerk kept another sells, once', async () => {
    const digits = endOfPhone();
    await toScreening();
    const name = `Сәуле ${digits}`;
    await keepFor(name, `+7 701 555 ${digits}`);
    const second = await person(browser, { language: 'ru', size: 'desktop', theme: 'light' });
    const other = second.page;
    await second.context.addInitScript('window.print = () => undefined');
    await post('/session/sign-in', run.logins.admin, second.context);
    await other.goto(`${run.web}/counter`);
    await other
      .getByText(/^Смена с /)
      .or(other.getByRole('heading', { name: 'Открыть смену' }))
      .first()
      .waitFor();
    if (await other.getByRole('heading', { name: 'Открыть смену' }).count()) {
      await other.locator('input[type=radio]:enabled').last().check();
      await other.getByRole('button', { name: /^Открыть смену: / }).click();
    }
    await other.getByText(/^Смена с /).waitFor();
    await other.keyboard.press('F3');
    await other.getByRole('heading', { name: 'Выдача' }).waitFor();
    await other.keyboard.type(digits);
    await other.getByText('бронь, не оплачена').waitFor();
    await other.keyboard.press('1');
    await other.getByText('Итого, 2 билета').waitFor();
    await takeCash(other);
    await other.getByRole('heading', { name: 'Продано' }).waitFor();
    await other.keyboard.press('Enter');
    await other.getByText('Выберите места').waitFor();
    await page.keyboard.press('F7');
    await heading('Брони по телефону');
    expect(await page.getByText(name).count()).toBe(0);
    await page.getByRole('button', { name: 'И завершённые' }).click();
    const row = page.getByRole('listitem').filter({ hasText: name });
    await row.getByText('продана').waitFor();
    const { shift } = (await (
      await second.context.request.get(`${run.web}/api/tickets/counter/shifts/mine?editionId=almaty-2019`)
    ).json()) as { shift: { id: string } };
    await post(`/tickets/counter/shifts/${shift.id}/close`, { counted: 0, withUnresolved: true }, second.context);
    await second.context.close();
  });

  it('gives more away than the limit only by a house manager’s word, said on their own screen', async () => {
    const manager = await person(browser, { language: 'ru', size: 'phone' });
    await post('/session/sign-in', run.logins['house-manager'], manager.context);
    await manager.page.goto(`${run.web}/counter/office`);
    await manager.page.getByText('Сейчас никто не просит.').waitFor();
    await toScreening();
    const before = (await sales()).length;
    await page.keyboard.press('5');
    await page.getByText('Итого, 5 билетов').waitFor();
    await shown(page);
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog', { name: 'Билеты без оплаты' });
    for (const word of ['Отказать', 'Разрешить']) {
      await dialog.getByLabel('Причина').fill(`Класс из Талгара, ${word}`);
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Спросить администратора зала' }).click();
      await dialog.getByText('Ждём ответа администратора зала').waitFor();
      const row = manager.page.getByRole('listitem').filter({ hasText: `Класс из Талгара, ${word}` });
      await row.waitFor();
      await shown(manager.page);
      await picture(manager.page, '110-counter-approval-phone-ru');
      expect(await seriousFindings(manager.page)).toEqual([]);
      if (word === 'Разрешить') await picture(page, '111-counter-approval-waits-desktop-ru');
      await axe();
      await row.getByRole('button', { name: word }).click();
      await row.waitFor({ state: 'hidden' });
      if (word === 'Отказать') await dialog.getByText('Администратор зала не разрешил').waitFor();
      expect(await sales()).toHaveLength(before);
    }
    await dialog.getByText(/^Разрешено: /).waitFor();
    await dialog.getByRole('button', { name: 'Выдать 5 билетов' }).click();
    await heading('Продано');
    await page.keyboard.press('Enter');
    await selling();
    expect((await sales()).find(({ tickets }) => tickets.length === 5)).toMatchObject({
      state: 'done',
      by: 'complimentary',
    });
    await manager.context.close();
  });

  it.each(['before the sale reached it', 'after the sale was made'])(
    'finds a sale again when the service died %s, once',
    async (when) => {
      await toScreening();
      const before = await sales();
      let dead = false;
      await context.route('**/api/tickets/**', async (route) => {
        const sale = route.request().method() === 'POST' && route.request().url().endsWith('/counter/sales');
        if (!dead && sale) {
          if (when.startsWith('after')) await route.fetch();
          const { services } = JSON.parse(
            readFileSync(resolve(process.env.SEANS_RUN ?? '.local/run.json'), 'utf8'),
          ) as {
            services: { tickets: { pid: number } };
          };
          process.kill(services.tickets.pid, 'SIGKILL');
          dead = true;
        }
        await (dead ? route.abort('connectionreset') : route.continue());
      });
      await page.keyboard.press('1');
      await page.getByText('Итого, 1 билет').waitFor();
      await takeCash();
      await heading('Неизвестно, прошла ли оплата');
      for (const key of ['1', 'Escape', 't', 'F2']) await page.keyboard.press(key);
      await heading('Неизвестно, прошла ли оплата');
      expect(await page.getByRole('heading', { name: 'Продано' }).count()).toBe(0);
      await shown(page);
      await picture(page, '112-counter-no-service-desktop-ru');
      await axe();
      await page.close({ runBeforeUnload: false });
      page = await atTill();
      await page.goto(`${run.web}/counter`);
      await page
        .getByText('Нет связи')
        .or(page.getByRole('heading', { name: 'Неизвестно, прошла ли оплата' }))
        .first()
        .waitFor();
      expect(await page.getByRole('heading', { name: 'Продано' }).count()).toBe(0);
      dead = false;
      await context.unroute('**/api/tickets/**');
      await heading('Продано');
      await page.keyboard.press('Enter');
      await selling();
      const made = (await sales()).filter(({ id }) => !before.some((one) => one.id === id));
      expect(made).toMatchObject([{ state: 'done', by: 'cash' }]);
    },
  );

  it('no page complained', () => expect(complaints).toEqual([]));
});
