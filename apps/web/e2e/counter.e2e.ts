import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

const SALES = 30;
const MOST_KEYS = 5;

interface Sale {
  id: string;
  number: string;
  state: string;
  by: string;
  total: { amount: number };
  tickets: { printed: boolean; state: string; shortCode: string }[];
}

/** Each step begins where the one before ended, as in an evening at a till. */
describe('an evening at the counter', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let shiftId: string;
  let screening: { id: string; title: Record<string, string> };
  let papers = 0;
  let keys = 0;

  const axe = async () => expect(await seriousFindings(page)).toEqual([]);
  const read = async <T>(path: string): Promise<T> =>
    (await (await context.request.get(`${run.web}/api${path}`)).json()) as T;
  const post = (path: string, data: unknown, asked = context) =>
    asked.request.post(`${run.web}/api${path}`, { data, headers: { Origin: run.web } });
  const terminal = (data: unknown) =>
    fetch(`${run.payments}/terminal/control`, { method: 'POST', body: JSON.stringify(data) });
  const sales = async () => (await read<{ sales: Sale[] }>(`/tickets/counter/sales?shiftId=${shiftId}`)).sales;
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  async function press(key: string) {
    keys++;
    await page.keyboard.press(key);
  }
  const selling = () => page.getByText('Выберите места').waitFor();

  /** A printer that takes everything: a browser without a screen has none. */
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

  beforeAll(async () => {
    browser = await launch();
    const clerk = await person(browser, { language: 'ru', size: 'desktop', theme: 'dark' });
    ({ context, complaints } = clerk);
    await clerk.page.close();
    await context.addInitScript('window.print = () => undefined');
    await post('/session/sign-in', run.logins['box-office']);
    await terminal({ decline: 0, silent: 0, late: 0, away: 0 });
    const { shift } = await read<{ shift: { id: string } | null }>(
      '/tickets/counter/shifts/mine?editionId=almaty-2019',
    );
    if (shift) await post(`/tickets/counter/shifts/${shift.id}/close`, { counted: 0, withUnresolved: true });
    const programme = await read<{
      screenings: (typeof screening & {
        state: string;
        visibility: string;
        seats: number;
        prices: { amount: number }[];
      })[];
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
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('begins with a float that is counted note by note', async () => {
    await page.goto(`${run.web}/counter`);
    await heading('Открыть смену');
    await page.getByRole('radio', { name: /Касса/ }).first().check();
    await page.getByLabel('Сколько: 1 000 ₸').fill('20');
    await page.getByLabel('Сколько: 500 ₸').fill('20');
    await shown(page);
    await picture(page, '90-counter-open-desktop-ru');
    await axe();
    await page.getByRole('button', { name: 'Открыть смену: 30 000 ₸' }).click();
    await page.getByText(/^Смена с /).waitFor();
    shiftId = (await read<{ shift: { id: string } }>('/tickets/counter/shifts/mine?editionId=almaty-2019')).shift.id;
  });

  it('opens a screening by its number, another by its title, and tells its keys', async () => {
    await page
      .getByRole('button', { name: /\d\d:\d\d/ })
      .first()
      .waitFor();
    await shown(page);
    await picture(page, '91-counter-screenings-desktop-ru');
    await axe();
    await page.keyboard.press('1');
    await selling();
    await page.keyboard.press('F2');
    await page.getByRole('searchbox').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(screening.title.ru!);
    await page.keyboard.press('Enter');
    await selling();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Клавиши' }).waitFor();
    await picture(page, '92-counter-keys-desktop-ru');
    await axe();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.goto(`${run.web}/counter?screening=${screening.id}`);
    await selling();
  });

  it('takes no figure that is typed into a field for a key of the sale', async () => {
    await page.keyboard.press('1');
    await page.getByText('Итого, 1 билет').waitFor();
    await page.keyboard.press('k');
    await page.keyboard.type('3t');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Escape');
    expect(await page.getByText('Итого, 1 билет').count()).toBe(1);
    await page.keyboard.press('Escape');
    await selling();
  });

  it(`sells ${SALES} times in a row by the keyboard alone, at most ${MOST_KEYS} keys each`, async () => {
    for (let n = 0; n < SALES; n++) {
      keys = 0;
      await press(String((n % 2) + 1));
      await press('Enter');
      await page.getByRole('button', { name: 'Деньги получены' }).waitFor();
      if (n % 3 === 0) await press('2');
      if (n === 3) {
        await picture(page, '93-counter-cash-desktop-ru');
        await axe();
      }
      await press('Enter');
      await heading('Продано');
      if (n === 3) {
        await picture(page, '94-counter-sold-desktop-ru');
        await axe();
      }
      await press('Enter');
      await selling();
      expect(keys).toBeLessThanOrEqual(MOST_KEYS);
    }
    const told = await sales();
    expect(told.filter((sale) => sale.state === 'done')).toHaveLength(SALES);
    expect(told.flatMap((sale) => sale.tickets).every((one) => one.printed)).toBe(true);
    expect(papers).toBeGreaterThanOrEqual(SALES);
  });

  it('takes cash where a card was declined, for the same seats and the same order', async () => {
    await terminal({ decline: 1 });
    await page.keyboard.press('2');
    await page.getByText('Итого, 2 билета').waitFor();
    await shown(page);
    await picture(page, '95-counter-picked-desktop-ru');
    await axe();
    await page.keyboard.press('t');
    await heading('Карта не прошла');
    await picture(page, '96-counter-declined-desktop-ru');
    await axe();
    const [order] = (await sales()).filter((sale) => sale.state === 'declined');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Деньги получены' }).waitFor();
    await page.keyboard.press('Enter');
    await heading('Продано');
    await page.getByText(order!.number).waitFor();
    await page.keyboard.press('Enter');
    await selling();
    expect((await sales()).find(({ id }) => id === order!.id)).toMatchObject({ state: 'done', by: 'cash' });
  });

  it('resolves an unknown card payment before the seats are, however late', async () => {
    await terminal({ late: 1 });
    await page.keyboard.press('2');
    await page.getByText('Итого, 2 билета').waitFor();
    await shown(page);
    await page.keyboard.press('t');
    await heading('Карта на терминале');
    await until(async () => {
      const held = (await (await fetch(`${run.payments}/terminal/control`)).json()) as { state: string }[];
      return held.some(({ state }) => state === 'waiting');
    });
    await picture(page, '97-counter-terminal-desktop-ru');
    await terminal({ away: 1_000 });
    await heading('Неизвестно, прошла ли оплата');
    await page.keyboard.press('Enter');
    for (const key of ['1', 'Escape', 't', 'F2']) await page.keyboard.press(key);
    await heading('Неизвестно, прошла ли оплата');
    await picture(page, '98-counter-unknown-desktop-ru');
    await axe();
    await terminal({ settle: { state: 'approved' } });
    await terminal({ away: 0 });
    await heading('Продано');
    await page.keyboard.press('Enter');
    await selling();
    expect((await sales()).filter((sale) => sale.by === 'terminal' && sale.state === 'done')).toHaveLength(1);
  });

  it('gives one ticket without payment, with its reason', async () => {
    await page.keyboard.press('1');
    await page.getByText('Итого, 1 билет').waitFor();
    await shown(page);
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog', { name: 'Билеты без оплаты' });
    await dialog.getByLabel('Причина').fill('Гость фестиваля, режиссёр');
    await axe();
    await page.keyboard.press('Enter');
    await heading('Продано');
    await page.keyboard.press('Escape');
    await selling();
  });

  it('has its paper still to print, prints it, and replaces it by one with a new code', async () => {
    await page.keyboard.press('F6');
    await heading('Продажи смены');
    const first = page.getByRole('listitem').filter({ hasText: 'Гость фестиваля' }).first();
    await first.getByText('не напечатан').waitFor();
    await shown(page);
    await picture(page, '99-counter-sales-desktop-ru');
    await axe();
    await first.getByRole('button', { name: 'Напечатано' }).click();
    const replace = first.getByRole('button', { name: /Новый билет взамен/ });
    await replace.waitFor();
    const before = (await sales()).find((sale) => sale.by === 'complimentary')!;
    await replace.click();
    const dialog = page.getByRole('dialog', { name: 'Новый билет взамен' });
    await dialog.getByLabel('Причина').fill('Билет намок');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await first.getByText('не напечатан').waitFor();
    const after = (await sales()).find(({ id }) => id === before.id)!;
    expect(after.tickets.find((one) => one.state === 'live')?.shortCode).not.toBe(before.tickets[0]!.shortCode);
    await first.getByRole('button', { name: 'Напечатано' }).click();
    await first.getByText('напечатан', { exact: true }).waitFor();
  });

  it('voids the last sale', async () => {
    await page.getByRole('button', { name: 'Аннулировать продажу' }).click();
    const dialog = page.getByRole('dialog', { name: 'Аннулировать продажу' });
    await dialog.getByLabel('Причина').fill('Передумали');
    await axe();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await until(async () => (await sales()).some((sale) => sale.state === 'voided'));
  });

  it('finds a sale again whose page was closed before the answer came', async () => {
    const before = (await sales()).length;
    await page.goto(`${run.web}/counter?screening=${screening.id}`);
    await selling();
    let reached: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      reached = resolve;
    });
    await page.route('**/api/tickets/counter/sales', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      reached();
    });
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Деньги получены' }).waitFor();
    await page.keyboard.press('Enter');
    await arrived;
    expect(await page.getByRole('heading', { name: 'Продано' }).count()).toBe(0);
    await page.close({ runBeforeUnload: false });
    page = await atTill();
    await page.goto(`${run.web}/counter`);
    await heading('Продано');
    await page.keyboard.press('Enter');
    await selling();
    expect(await sales()).toHaveLength(before + 1);
  });

  it('keeps seats for somebody who rang, and sells them when they come', async () => {
    await page.keyboard.press('2');
    await page.getByText('Итого, 2 билета').waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Бронь' });
    await dialog.getByLabel('Имя').fill('Айгерім Бронева');
    await dialog.getByLabel('Телефон').fill('+7 701 555 12 34');
    await axe();
    await page.keyboard.press('Enter');
    await page.getByText(/Оставили: Айгерім/).waitFor();
    await page.keyboard.press('F7');
    const row = page.getByRole('listitem').filter({ hasText: 'Айгерім Бронева' }).first();
    await row.waitFor();
    await shown(page);
    await picture(page, '100-counter-reservations-desktop-ru');
    await axe();
    await row.getByRole('button', { name: 'Продать 2 билета' }).click();
    await page.getByText('Итого, 2 билета').waitFor();
    await shown(page);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Деньги получены' }).waitFor();
    await page.keyboard.press('Enter');
    await heading('Продано');
    await page.keyboard.press('Enter');
    await selling();
  });

  it('counts the drawer blind, and only then is told what should be there', async () => {
    await page.keyboard.press('F10');
    await heading('Денежный ящик');
    await page.getByLabel('Сумма, ₸').fill('5000');
    await page.getByLabel('Причина').fill('Размен из сейфа');
    await page.getByRole('button', { name: 'Записать' }).click();
    await page.getByText('Размен из сейфа').waitFor();
    await shown(page);
    await picture(page, '101-counter-shift-desktop-ru');
    await axe();
    expect(await page.getByText('Должно быть', { exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Закрыть смену' }).click();
    await page.getByLabel('Сколько: 20 000 ₸').fill('3');
    await page.getByLabel('Сколько: 1 000 ₸').fill('25');
    await picture(page, '102-counter-count-desktop-ru');
    await axe();
    await page.getByRole('button', { name: 'Насчитано 85 000 ₸. Закрыть смену' }).click();
    await heading('Z-отчёт №');
    await page.getByText('Должно быть', { exact: true }).waitFor();
    await page.getByText('Ждёт подписи администратора зала').waitFor();
    await shown(page);
    await picture(page, '103-counter-z-desktop-ru');
    await axe();
  });

  it('is signed by a house manager', async () => {
    const manager = await person(browser, { language: 'ru', size: 'phone' });
    await post('/session/sign-in', run.logins['house-manager'], manager.context);
    await manager.page.goto(`${run.web}/counter/shifts/${shiftId}`);
    await manager.page.getByLabel('Заметка').fill('Пересчитали вместе');
    await manager.page.getByRole('button', { name: 'Подписать' }).click();
    await manager.page.getByText(/^Подписано: /).waitFor();
    await shown(manager.page);
    await picture(manager.page, '104-counter-signed-phone-ru');
    expect(await seriousFindings(manager.page)).toEqual([]);
    await manager.page.goto(`${run.web}/counter/office`);
    await manager.page.getByRole('heading', { level: 2, name: 'Смены' }).waitFor();
    await shown(manager.page);
    await picture(manager.page, '105-counter-office-phone-ru');
    expect(await seriousFindings(manager.page)).toEqual([]);
    await manager.context.close();
  });

  it('no page complained', () => expect(complaints).toEqual([]));
});
