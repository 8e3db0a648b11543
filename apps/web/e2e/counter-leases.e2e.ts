import type { Browser, BrowserContext, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

interface Sale {
  id: string;
  number: string;
  state: string;
  tickets: { shortCode: string }[];
}
interface Lease {
  id: string;
  state: string;
  seats: { line: number; soldAs: string | null; kinds: { price: { amount: number } }[] }[];
}

/** Each step begins where the one before ended: a till that loses its line, sells on, and comes back. */
describe('a counter without a line', () => {
  const run = house();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let shiftId: string;

  const axe = async (of = page) => expect(await seriousFindings(of)).toEqual([]);
  const read = async <T>(path: string): Promise<T> =>
    (await (await context.request.get(`${run.web}/api${path}`)).json()) as T;
  const post = async <T>(path: string, data: unknown, key = crypto.randomUUID(), asked = context): Promise<T> => {
    const headers = { Origin: run.web, 'Idempotency-Key': key };
    return (await (await asked.request.post(`${run.web}/api${path}`, { data, headers })).json()) as T;
  };
  const sales = async () => (await read<{ sales: Sale[] }>(`/tickets/counter/sales?shiftId=${shiftId}`)).sales;
  const leases = async () =>
    (await read<{ id: string; shiftId: string }[]>('/tickets/counter/leases?editionId=almaty-2019')).filter(
      (one) => one.shiftId === shiftId,
    );
  const lease = async () => read<Lease>(`/tickets/counter/leases/${(await leases())[0]!.id}`);
  const openList = () => page.getByRole('heading', { name: 'Без связи', level: 1 }).waitFor();
  /** A worker of the page keeps what it needs to open again. */
  const kept = () =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      return navigator.serviceWorker.controller !== null;
    });
  /** The service does what it is asked, and its first answer never comes. */
  async function loseAnswer(path: string): Promise<() => number> {
    let lost = 0;
    await page.route(path, async (route) => {
      if (lost > 0 || route.request().method() !== 'POST') return route.continue();
      lost++;
      await route.fetch();
      await route.abort();
    });
    return () => lost;
  }
  async function sell(count: number) {
    await page.getByRole('button', { name: 'Продавать' }).click();
    await page.getByText('Нажмите на места').waitFor();
    await page.keyboard.press(String(count));
    await page.getByText(new RegExp(`^Итого, ${count} `)).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('К оплате').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Продано', level: 2 }).waitFor();
  }

  beforeAll(async () => {
    browser = await launch();
    const clerk = await person(browser, { language: 'ru', size: 'desktop', theme: 'dark' });
    ({ context, complaints } = clerk);
    await clerk.page.close();
    await context.addInitScript('window.print = () => undefined');
    await post('/session/sign-in', run.logins['box-office']);
    const mine = '/tickets/counter/shifts/mine?editionId=almaty-2019';
    const before = await read<{ shift: { id: string } | null }>(mine);
    if (before.shift)
      await post(`/tickets/counter/shifts/${before.shift.id}/close`, { counted: 0, withUnresolved: true });
    const tills = await read<{ name: string; shift: unknown }[]>('/tickets/counter/tills?editionId=almaty-2019');
    const till = tills.find(({ shift }) => shift === null)!.name;
    const opened = await post<{ id: string }>('/tickets/counter/shifts', {
      editionId: 'almaty-2019',
      till,
      openingFloat: 1_000_000,
    });
    shiftId = opened.id;
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', ({ message }) => complaints.push(message));
  });
  afterAll(async () => {
    await context?.close();
    await browser?.close();
  });

  it('takes seats along while it has one, which nobody else can buy', async () => {
    await page.goto(`${run.web}/counter/leases`);
    await openList();
    await until(kept);
    await page.reload();
    await openList();
    const { screenings } = await read<{ screenings: { id: string; prices: { amount: number }[] }[] }>(
      '/screenings/editions/almaty-2019/programme',
    );
    const paid = new Set(
      screenings.filter(({ prices }) => prices.every(({ amount }) => amount > 0)).map(({ id }) => id),
    );
    const offered = await page
      .getByLabel('Сеанс')
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    await page.getByLabel('Сеанс').selectOption(offered.find((id) => paid.has(id))!);
    await page.getByLabel('Сколько мест').fill('6');
    const lost = await loseAnswer('**/counter/leases');
    const take = page.getByRole('button', { name: 'Взять', exact: true });
    await take.click();
    await page.getByRole('alert').waitFor();
    expect([lost(), await page.getByText(/^Можно продавать до /).count()]).toEqual([1, 0]);
    // Asked again it is the same lease: nothing is taken twice.
    await take.click();
    await page.getByText(/^Можно продавать до /).waitFor();
    expect(await leases()).toHaveLength(1);
    expect((await lease()).seats.length).toBe(6);
    await shown(page);
    await picture(page, '96-counter-leases-desktop-ru');
    await axe();
  });

  it('sells them when the line is cut, and says so only when the device has kept the sale', async () => {
    await context.setOffline(true);
    await page.getByText('Сейчас нет связи').waitFor();
    await page.keyboard.press('F8');
    await page.getByText('Взятые места можно продавать').waitFor();
    await page.keyboard.press('F9');
    await sell(2);
    await picture(page, '97-counter-leases-sold-desktop-ru');
    await axe();
    expect(await sales()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('Нажмите на места').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('1 продажа ждёт связи').waitFor();
  });

  it('has everything after its page was opened anew without a line', async () => {
    await page.reload();
    await openList();
    await page.getByText('1 продажа ждёт связи').waitFor();
    await page.getByText('осталось 4 места').waitFor();
    await sell(1);
    // Closed in the moment of the sale: what was said to be sold is kept.
    await page.close();
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`${run.web}/counter/leases`);
    await page.getByText('2 продажи ждут связи').waitFor();
  });

  it('reports each sale once when the line is back, though an answer gets lost', async () => {
    const lost = await loseAnswer('**/leases/*/sales');
    await context.setOffline(false);
    await until(async () => (await page.getByText(/^Отправлена, заказ/).count()) === 2);
    expect(lost()).toBe(1);
    const told = await sales();
    expect(told.map(({ state, tickets }) => [state, tickets.length]).sort()).toEqual([
      ['done', 1],
      ['done', 2],
    ]);
    expect((await lease()).seats.filter(({ soldAs }) => soldAs).length).toBe(3);
    await shown(page);
    await picture(page, '98-counter-leases-reported-desktop-ru');
  });

  it('sells nothing after its device has slept', async () => {
    const sleeper = await context.newPage();
    await sleeper.clock.install();
    await sleeper.goto(`${run.web}/counter/leases`);
    await sleeper.getByText(/^Можно продавать до /).waitFor();
    await context.setOffline(true);
    await sleeper.clock.fastForward('10:00');
    await sleeper.getByText('Устройство засыпало').waitFor();
    expect(await sleeper.getByRole('button', { name: 'Продавать' }).count()).toBe(0);
    await sleeper.close();
    await context.setOffline(false);
  });

  it('gets new time with the line, and gives the rest back', async () => {
    await page.getByText(/^Можно продавать до /).waitFor();
    const lost = await loseAnswer('**/leases/*/return');
    const back = page.getByRole('button', { name: 'Вернуть остаток' });
    await back.click();
    await page.getByRole('alert').waitFor();
    expect([lost(), await page.getByText('Касса вернула').count()]).toEqual([1, 0]);
    await back.click();
    await page.getByText('Касса вернула').waitFor();
    expect((await lease()).state).toBe('returned');
  });

  it('whose report comes too late is a conflict that a house manager sees and settles', async () => {
    const { id, seats } = await lease();
    const free = seats.find(({ soldAs }) => !soldAs)!;
    const { amount } = free.kinds[0]!.price;
    const body = { lines: [{ line: free.line, kind: 'full' }], total: amount, tendered: amount, language: 'ru' };
    const report = { ...body, soldAt: new Date().toISOString() };
    expect(await post(`/tickets/counter/leases/${id}/sales`, report)).toMatchObject({ outcome: 'conflict' });
    const manager = await person(browser, { language: 'ru', size: 'desktop', theme: 'dark' });
    await post('/session/sign-in', run.logins['house-manager'], undefined, manager.context);
    await manager.page.goto(`${run.web}/counter/office`);
    await manager.page.getByText('Касса уже вернула место').first().waitFor();
    await shown(manager.page);
    await picture(manager.page, '99-counter-lease-conflicts-desktop-ru');
    await axe(manager.page);
    await manager.page.getByRole('button', { name: 'Решено' }).first().click();
    await manager.page.getByLabel('Причина').fill('Деньги возвращены');
    await manager.page.getByRole('dialog').getByRole('button', { name: 'Решено' }).click();
    await manager.page.getByText('Касса уже вернула место').waitFor({ state: 'hidden' });
    await manager.context.close();
    await post(`/tickets/counter/shifts/${shiftId}/close`, { counted: 0, withUnresolved: true });
  });

  it('has not complained', () => {
    expect(complaints.filter((one) => !/Failed to fetch|net::|Load failed/.test(one))).toEqual([]);
  });
});
