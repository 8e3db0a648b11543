import type { Browser, Page } from 'playwright-core';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';

const TEXT = (en: string) => ({ kk: en, ru: en, en });
const MARK = Date.now().toString(36);
const FILM = `Steppe Light ${MARK}`;
const HALL = `walk-hall-${MARK}`;

/** A small programme beside the house's own: one venue, one hall, one film. One row a line, so that lines mean something. */
function programmeFile(edition: Record<string, unknown>, hallOfScreening: string): string {
  const rows = {
    edition: Object.fromEntries(Object.entries(edition).filter(([, value]) => value !== null)),
    venues: [
      {
        id: `walk-${MARK}`,
        name: TEXT(`Walk cinema ${MARK}`),
        address: 'Abay 1',
        halls: [{ id: HALL, name: TEXT('hall 1') }],
      },
    ],
    films: [
      {
        id: `walk-film-${MARK}`,
        title: TEXT(FILM),
        directors: { en: ['Aru Walker'] },
        year: 2019,
        minutes: 90,
        logline: TEXT('A light over the steppe.'),
        ageRating: '12+',
      },
    ],
    plans: [{ id: HALL, hallId: HALL, file: 'walk-plan.json' }],
    priceLists: [
      {
        id: `walk-prices-${MARK}`,
        prices: ['A', 'Gold'].map((category) => ({ category, name: TEXT(category), amount: 200_000, currency: 'KZT' })),
      },
    ],
    screenings: [
      {
        id: `walk-${MARK}-1`,
        startsAt: '2019-09-18T12:00',
        hallId: hallOfScreening,
        planId: HALL,
        items: [{ kind: 'film', filmId: `walk-film-${MARK}` }],
        priceList: `walk-prices-${MARK}`,
        state: 'announced',
      },
    ],
  };
  const list = (key: keyof typeof rows, value: unknown) =>
    Array.isArray(value)
      ? `"${key}": [\n${value.map((row) => JSON.stringify(row)).join(',\n')}\n]`
      : `"${key}": ${JSON.stringify(value)}`;
  return `{\n${Object.entries(rows)
    .map(([key, value]) => list(key as keyof typeof rows, value))
    .join(',\n')}\n}\n`;
}

const PLAN = JSON.stringify({
  name: 'Walk cinema',
  categories: [{ name: 'A', color: '#27307F' }],
  zones: [
    {
      name: 'Hall',
      position: { x: 0, y: 0 },
      areas: [{ color: '#0F211D', width: 200, height: 16, position: { x: 60, y: 0 }, text: 'Screen' }],
      rows: [1, 2, 3, 4].map((row) => ({
        row_number: `${row}`,
        position: { x: 30, y: 60 + row * 40 },
        seats: Array.from({ length: 8 }, (_, i) => ({
          seat_guid: `${row}-${i + 1}`,
          seat_number: `${i + 1}`,
          position: { x: i * 30, y: 0 },
          category: 'A',
        })),
      })),
    },
  ],
});

const json = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

describe('a programme in the office, from an import to on sale', () => {
  const run = house();
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let edition: Record<string, unknown> & { id: string };

  const signedIn = async (login: string, target: Page) => {
    await target.context().request.post(`${run.web}/api/session/sign-in`, {
      data: run.logins[login],
      headers: { Origin: run.web },
    });
  };
  const block = (name: string | RegExp) => page.getByRole('button', { name }).and(page.locator('[data-block]'));

  beforeAll(async () => {
    browser = await launch();
    const baglan = await person(browser, { language: 'en', size: 'desktop' });
    page = baglan.page;
    complaints = baglan.complaints;
    page.setDefaultTimeout(30_000);
    await signedIn('programmer', page);
    const editions = await page.context().request.get(`${run.web}/api/screenings/editions`);
    edition = ((await editions.json()) as (typeof edition)[]).find((one) => !one.rehearsal)!;
  });
  afterAll(() => browser?.close());

  it('refuses a wrong row with its line, and loads nothing of the file', async () => {
    await page.goto(`${run.web}/office/programme/import`);
    const wrong = programmeFile(edition, 'no-such-hall');
    const line = wrong.split('\n').findIndex((text) => text.includes('no-such-hall')) + 1;
    await page.locator('input[type=file]').setInputFiles([json('walk.json', wrong), json('walk-plan.json', PLAN)]);
    await page.getByText(`walk.json, line ${line}`).first().waitFor();
    await page.getByText('Nothing was loaded').first().waitFor();
    await picture(page, '70-import-refused');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('loads the mended file whole, after it was read', async () => {
    await page.locator('input[type=file]').setInputFiles([json('walk.json', programmeFile(edition, HALL))]);
    await page.getByText('The file is sound').waitFor();
    await picture(page, '71-import-sound');
    await page.getByRole('button', { name: 'Load all of it' }).click();
    await page.getByText('The programme is loaded').waitFor();
    await page.getByRole('link', { name: 'To the timetable' }).click();
    await page.getByRole('button', { name: /18 September/ }).click();
    await block(new RegExp(FILM)).waitFor();
    await shown(page);
    await picture(page, '72-timetable');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('paints a category on the plan with the keyboard, takes it back, and saves a new version', async () => {
    await page.goto(`${run.web}/office/plans/${HALL}`);
    const map = page.getByRole('listbox', { name: 'Drawing of the hall' });
    await map.focus();
    for (const key of ['ArrowRight', 'KeyR']) await page.keyboard.press(key);
    await page.getByText('8 seats chosen').waitFor();
    await page.getByLabel('New category').fill('Gold');
    await page.getByRole('button', { name: 'Paint', exact: true }).click();
    await page.getByRole('button', { name: /^Gold\s*8$/ }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Gold/ }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Redo' }).click();
    await picture(page, '73-plan-painted');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save as version 2' }).click();
    await page.waitForURL(/version=2/);
    await page.getByText('category Gold').waitFor();
  });

  it('shows a clash before anything is saved, and saves a draft at a free hour', async () => {
    await page.goto(`${run.web}/office/programme/screenings/new?day=2019-09-18`);
    await page.getByLabel('Film', { exact: true }).selectOption({ label: `${FILM} · 90 min` });
    await page.getByLabel('Hall').selectOption(HALL);
    await page.getByLabel('Start', { exact: true }).fill('13:00');
    await page.getByText('Another screening has this hall').first().waitFor();
    await picture(page, '74-clash-while-typing');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.getByText('Another screening has this hall').nth(1).waitFor();
    await page.getByLabel('Start', { exact: true }).fill('16:00');
    await page.getByText('Nothing is in the way.').waitFor();
    await page.getByLabel('Price list').selectOption(`walk-prices-${MARK}`);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.getByRole('button', { name: 'Announce', exact: true }).waitFor();
  });

  it('announces it, opens its sales, and a buyer sees its seats', async () => {
    await page.getByRole('button', { name: 'Announce', exact: true }).click();
    await page.getByRole('button', { name: 'Open sales' }).click();
    await page.getByRole('button', { name: 'Close sales' }).waitFor();
    await picture(page, '75-on-sale');
    const id = new URL(page.url()).searchParams.get('open')!;
    const buyer = await person(browser, { language: 'kk', size: 'phone' });
    buyer.page.setDefaultTimeout(30_000);
    await until(async () => {
      const answer = await buyer.context.request.get(`${run.web}/api/tickets/screenings/${id}/seats`);
      return answer.ok() && ((await answer.json()) as { free: number }).free > 0;
    });
    await buyer.page.goto(`${run.web}/screenings/${id}`);
    await buyer.page.getByText(FILM).first().waitFor();
    await picture(buyer.page, '76-buyer-sees-it-phone-kk');
    await buyer.context.close();
  });

  it('moves it with the assistant: asks, sees who sits where, confirms, and takes it all back', async () => {
    await page.getByRole('link', { name: 'Move', exact: true }).click();
    await page.getByLabel('Start', { exact: true }).fill('18:30');
    await page.getByText('Nothing is in the way.').waitFor();
    await page.getByRole('button', { name: 'See who sits where' }).click();
    await page.getByRole('button', { name: 'Confirm the move' }).waitFor();
    await picture(page, '77-move-preview');
    await page.goto(`${run.web}/office/programme?day=2019-09-18`);
    await page.getByRole('link', { name: 'Go on' }).first().click();
    await page.getByRole('button', { name: 'Confirm the move' }).click();
    await page.getByRole('timer').waitFor();
    await picture(page, '78-move-undo');
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo the move' }).click();
    await page.getByText('The move was undone.', { exact: false }).waitFor();
  });

  it('carries a draft over the timetable with the keyboard', async () => {
    await page.goto(`${run.web}/office/programme/screenings/new?day=2019-09-18`);
    await page.getByLabel('Kind').selectOption('talk');
    await page.getByLabel('Minutes').fill('45');
    await page.getByLabel('English').first().fill(`Talk ${MARK}`);
    await page.getByLabel('Hall').selectOption(HALL);
    await page.getByLabel('Start', { exact: true }).fill('20:00');
    await page.getByRole('button', { name: 'Save as a draft' }).click();
    await page.getByRole('button', { name: 'Announce', exact: true }).waitFor();
    const talk = block(new RegExp(`Talk ${MARK}`));
    await talk.focus();
    for (const key of ['m', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.getByText('The hall is free.').waitFor();
    await picture(page, '79-carried');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Put it here' }).press('Enter');
    await block(new RegExp(`20:15[^]*Talk ${MARK}`)).waitFor();
    await page.getByRole('button', { name: 'Delete the draft' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete the draft' }).click();
    await talk.waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });

  it('lists halls on a phone, in Kazakh and in the dark', async () => {
    const phone = await person(browser, { language: 'kk', size: 'phone', theme: 'dark' });
    await signedIn('programmer', phone.page);
    await phone.page.goto(`${run.web}/office/programme?day=2019-09-18`);
    await phone.page.getByText(FILM).first().waitFor();
    await picture(phone.page, '80-timetable-phone-kk-dark');
    expect(await seriousFindings(phone.page)).toEqual([]);
    const admin = await person(browser, { language: 'ru', size: 'desktop' });
    await signedIn('admin', admin.page);
    await admin.page.goto(`${run.web}/office`);
    await admin.page.getByRole('heading', { name: 'Загрузить программу' }).waitFor();
    await picture(admin.page, '81-office-guide-ru');
    expect(await seriousFindings(admin.page)).toEqual([]);
  });
});
