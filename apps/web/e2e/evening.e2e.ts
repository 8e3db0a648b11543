import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { HousePage, QuarantinedScans } from '#libs/contracts';
import { house, launch, person, picture, seriousFindings, shown, until } from './browser';
import { EDITION, EveningCast, type Placed, type Screening, type Somebody } from './evening-cast';
import { AppGate, BareGate, countedOf, type Registered, register } from './evening-gates';
import { gateDevice } from './gate-device';

const SHIFT_PIN = '2468';
const MANAGER_PIN = '13579';
const ORDERS = 13;
const EACH = 8;
const GROUP = 12;
/** Who goes out for a moment and comes back. */
const OUT = 12;
const FIVE_MINUTES = 5 * 60_000;

/** One screening's evening at four gates: everything that is shown at a door, the line cut twice, one device lost. */
describe('an evening at the gates', () => {
  const run = house();
  let browser: Browser;
  let office: { context: BrowserContext; page: Page };
  let cast: EveningCast;
  let manager: Somebody;
  let found: string;
  let here: Screening;
  /** The first gate and the one that is lost are the scanner itself; the others are its API. */
  let first: AppGate;
  let lost: AppGate;
  let second: BareGate;
  let backstage: BareGate;
  let lostDevice: Registered;
  let plain: string[];
  let students: Placed;
  let group: string;
  let foreign: string;
  let ended: string[];
  let moving: { buyer: Somebody; order: Placed };
  let press: string;
  let unbooked: string;
  /** People who were let in, each once. */
  let entered = 0;
  const clean = async (page: Page) => expect(await seriousFindings(page)).toEqual([]);
  const page = () => manager.get<HousePage>(`/tickets/door/house/${here.id}`);
  const rules = (more: object) =>
    manager.send('PUT', `/tickets/door/house/${here.id}/rules`, {
      reentry: 'same-day',
      photo: { kind: 'required' },
      ...more,
    });
  const button = (name: string) => first.verdict.getByRole('button', { name });
  const green = () => first.device.page.locator('[data-verdict][data-tone=green]').waitFor();
  const letIn = async (gate: AppGate | BareGate, codes: string[]) => {
    for (const code of codes) {
      const said = await gate.scan(code);
      expect(typeof said === 'string' ? said : said.verdict).toBe('ok');
    }
  };

  beforeAll(async () => {
    browser = await launch();
    office = await person(browser, { language: 'ru', size: 'desktop' });
    office.page.setDefaultTimeout(30_000);
    cast = new EveningCast(run, browser);
    manager = await cast.as('house-manager');
    ({ now: found } = await manager.get<{ now: string }>('/festival-clock'));
    const signIn = { data: run.logins['house-manager'], headers: { Origin: run.web } };
    expect((await office.page.request.post(`${run.web}/api/session/sign-in`, signIn)).ok()).toBe(true);
  });
  afterAll(async () => {
    await cast.setClock(found).catch(() => undefined);
    for (const gate of [first, lost]) await gate?.device.context.close().catch(() => undefined);
    await browser?.close();
  });

  it('has everybody who will come, with what they will show', async () => {
    here = await cast.screening('Кеш есік алдында');
    const elsewhere = await cast.screening('Басқа сеанс');
    const buyer = await cast.somebody();
    const codes = ({ tickets }: Placed) => tickets.map(({ admissionCode }) => admissionCode);
    group = await cast.group(here, GROUP);
    students = await cast.order(buyer, here.id, 2, 'student');
    plain = [];
    for (let n = 0; n < ORDERS; n++) plain.push(...codes(await cast.order(buyer, here.id, EACH)));
    [foreign = ''] = codes(await cast.order(buyer, elsewhere.id, 1));
    const [back, exchanged, given, later] = [
      await cast.order(buyer, here.id, 1),
      await cast.order(buyer, here.id, 1),
      await cast.order(buyer, here.id, 1),
      await cast.order(buyer, here.id, 1),
    ];
    await cast.giveBack(buyer, back);
    await cast.exchange(buyer, exchanged, elsewhere.id);
    await cast.transfer(buyer, given, given.tickets[0]!);
    ended = [back, exchanged, given].flatMap(codes);
    moving = { buyer, order: later };
    const portrait = (await office.page.evaluate(
      `(() => { const c = document.createElement('canvas'); c.width = 900; c.height = 1200;
        const x = c.getContext('2d'); x.fillStyle = '#bcd'; x.fillRect(0, 0, 900, 1200);
        x.fillStyle = '#532'; x.beginPath(); x.arc(450, 460, 220, 0, 7); x.fill();
        return c.toDataURL('image/png').split(',')[1]; })()`,
    )) as string;
    const journalist = await cast.badge('Әсел Нұрланова', Buffer.from(portrait, 'base64'));
    press = journalist.code;
    await cast.book(journalist.who, here.id);
    unbooked = (await cast.badge('Данияр Серік', Buffer.from(portrait, 'base64'))).code;
    expect(new Set([...plain, group, foreign, ...ended, press, unbooked]).size).toBe(ORDERS * EACH + 7);
  });

  it('opens its doors at four gates', async () => {
    for (const [role, pin] of [
      ['operator', SHIFT_PIN],
      ['house-manager', MANAGER_PIN],
    ])
      await manager.post('/tickets/door/pins', { editionId: EDITION, role, label: 'Evening', pin });
    await cast.setClock(new Date(Date.parse(here.doorsOpenAt) + FIVE_MINUTES).toISOString());
    await rules({});
    const device = async (language: 'kk' | 'ru') =>
      gateDevice(mkdtempSync(join(tmpdir(), 'evening-')), { language, size: 'phone' });
    first = new AppGate(await device('kk'), run.web, 'kk');
    lost = new AppGate(await device('ru'), run.web, 'ru');
    lostDevice = await register(manager, '3');
    const { pairingCode } = await register(manager, '1');
    await first.open(pairingCode, SHIFT_PIN, here.id);
    await lost.open(lostDevice.pairingCode, SHIFT_PIN, here.id);
    const bare = async (gate: string, more?: object) =>
      new BareGate(await cast.somebody(), here.id).open(await register(manager, gate, more), SHIFT_PIN);
    second = await bare('2');
    backstage = await bare('4', { areas: ['V'] });
  });

  it('lets the first in by two gates', async () => {
    await letIn(first, plain.slice(0, 20));
    await letIn(second, plain.slice(20, 50));
    await letIn(first, plain.slice(87, 95));
    entered += 58;
    await until(async () => (await page()).screening.admitted === entered);
  });

  it('tells the used, the forged, the ended and the mistaken apart', async () => {
    const device = first.device.page;
    expect(await first.scan(plain[20]!)).toBe('already_used');
    for (const at of [20, 40, 60]) {
      const code = plain[60]!;
      const forged = `${code.slice(0, at)}${code[at] === 'A' ? 'B' : 'A'}${code.slice(at + 1)}`;
      expect(await first.scan(forged)).toMatch(/^(bad_signature|unknown|unknown_key|wrong_edition)$/);
    }
    expect(await first.scan(foreign)).toBe('wrong_screening');
    for (const code of ended) expect(await first.scan(code)).toBe('cancelled');
    await clean(device);
    expect(await first.scan(unbooked)).toBe('needs_ticket_too');
    await shown(device);
    await picture(device, '90-needs-ticket-phone-kk');
  });

  it('asks for the student card, and for the face behind a badge', async () => {
    const device = first.device.page;
    const [one, two] = students.tickets.map(({ admissionCode }) => admissionCode);
    expect(await first.scan(one!)).toBe('proof_required');
    await picture(device, '91-proof-phone-kk');
    await clean(device);
    await button('Құжат бар').click();
    await green();
    expect(await first.scan(two!)).toBe('proof_required');
    await button('Құжат жоқ').click();
    await device.locator('[data-verdict=proof_required][data-tone=red]').waitFor();
    expect((await second.scan(two!, { answers: { proof: 'shown' } })).verdict).toBe('ok');
    expect((await backstage.scan(press)).verdict).toBe('wrong_area');
    expect(await first.scan(press)).toBe('photo_check_required');
    await first.verdict.getByRole('img', { name: 'Бейдж иесінің суреті' }).waitFor();
    await picture(device, '92-photo-phone-kk');
    await clean(device);
    await button('Иә, кіргізу').click();
    await green();
    entered += 3;
  });

  it('lets a group in as it comes', async () => {
    expect(await first.scan(group)).toBe('ok');
    await button(`Қалғанын кіргізу: ${GROUP - 1}`).waitFor();
    await shown(first.device.page);
    await picture(first.device.page, '93-group-phone-kk');
    await clean(first.device.page);
    expect(await second.scan(group, { admit: 4 })).toMatchObject({ verdict: 'ok', people: 4, groupLeft: GROUP - 5 });
    expect(await first.scan(group)).toBe('ok');
    await button(`Қалғанын кіргізу: ${GROUP - 6}`).click();
    await first.verdict.getByText('Топ толық кірді').waitFor();
    expect(await first.scan(group)).toBe('already_used');
    entered += GROUP;
  });

  it('lets out and back in, takes back, and bows to the house manager', async () => {
    const device = first.device.page;
    await first.next();
    const way = device.getByRole('button', { name: 'Шығу' });
    const smokers = plain.slice(0, OUT);
    await way.click();
    for (const code of smokers) expect(await first.scan(code)).toBe('ok_exit');
    await first.verdict.waitFor({ state: 'detached' });
    await picture(device, '93b-out-phone-kk');
    await way.click();
    expect((await page()).screening.capacity.inside).toBe(entered - OUT);
    for (const code of smokers) expect((await second.scan(code)).verdict).toBe('ok_reentry');
    expect(await first.scan(plain[50]!)).toBe('ok');
    await button('Қайтарып алу').click();
    await first.verdict.waitFor({ state: 'detached' });
    await until(async () => (await page()).screening.admitted === entered);
    expect((await second.scan(plain[50]!)).verdict).toBe('ok');
    expect(await first.scan(plain[21]!)).toBe('already_used');
    await button('Әкімші шешімі').click();
    await device.getByRole('dialog').getByLabel('Әкімшінің PIN-коды').fill(MANAGER_PIN);
    await device.getByRole('dialog').getByRole('button', { name: 'Кіргізу' }).click();
    await green();
    entered += 1;
    expect((await page()).screening.admitted).toBe(entered);
    expect((await page()).conflicts).toEqual([]);
  });

  it('goes on while the first gate has no line, and finds three clashes when it is back', async () => {
    await first.line(false);
    const { buyer, order } = moving;
    await cast.transfer(buyer, order, order.tickets[0]!);
    await letIn(second, plain.slice(51, 53));
    await letIn(first, plain.slice(51, 63));
    expect(await first.scan(plain[55]!)).toBe('already_used');
    expect(await first.scan(plain[15]!)).toBe('already_used');
    expect(await first.scan(ended[0]!)).toBe('cancelled');
    expect(await first.scan(order.tickets[0]!.admissionCode)).toBe('ok');
    await letIn(second, plain.slice(63, 75));
    await first.line(true);
    await first.allSent();
    entered += 12 + 1 + 12;
    const { screening, conflicts } = await page();
    expect(screening.admitted).toBe(entered);
    expect(conflicts.map(({ kind }) => kind).sort()).toEqual(['ended-before', 'entered-twice', 'entered-twice']);
    expect(await first.scan(plain[63]!)).toBe('already_used');
  });

  it('refuses twenty who try their luck at the other door', async () => {
    for (const code of plain.slice(0, 20)) expect((await second.scan(code)).verdict).toBe('already_used');
    for (let n = 0; n < 10; n++) expect((await second.scan(foreign)).verdict).toBe('wrong_screening');
    for (let n = 0; n < 10; n++) expect((await second.scan(`НЕ БИЛЕТ ${n}`)).admitted).toBe('no');
  });

  it('keeps apart what a lost device let in, while the line is cut a second time', async () => {
    const stray = plain.slice(75, 80);
    await first.next();
    for (const gate of [first, lost]) await gate.line(false);
    await letIn(lost, stray);
    await letIn(first, plain.slice(80, 86));
    await manager.send('DELETE', `/tickets/door/devices/${lostDevice.deviceId}`);
    const { page: gone } = lost.device;
    await lost.device.context.setOffline(false);
    await gone.getByRole('heading', { level: 1, name: 'Устройство отключено' }).waitFor();
    await gone.getByRole('button', { name: 'Подключить снова' }).waitFor();
    await picture(gone, '94-lost-phone-ru');
    await clean(gone);
    await first.line(true);
    await first.allSent();
    entered += 6;
    const now = await page();
    expect([now.screening.admitted, now.quarantined]).toEqual([entered, stray.length]);
    const { scans, total } = await manager.get<QuarantinedScans>(`/tickets/door/house/${here.id}/quarantine`);
    expect(total).toBe(stray.length);
    for (const scan of scans) expect(scan).toMatchObject({ gate: '3', admitted: true, last4: expect.any(String) });
    await letIn(second, [...stray, ...plain.slice(95, 103)]);
    entered += stray.length + 8;
  });

  it('stops when the hall is full, and goes on when there is room', async () => {
    const { screening } = await page();
    await rules({ capacity: screening.capacity.inside });
    expect(await first.scan(plain[86]!)).toBe('room_full');
    await picture(first.device.page, '95-full-phone-kk');
    await clean(first.device.page);
    await rules({});
    expect(await first.scan(plain[86]!)).toBe('ok');
    entered += 1;
  });

  it('has two hundred scans, each of them once, whatever is told again', async () => {
    await first.verdict.waitFor({ state: 'detached' });
    await first.allSent();
    const told = first.scans + second.scans + backstage.scans;
    expect(told + lost.scans).toBeGreaterThanOrEqual(200);
    const before = await page();
    expect(before.screening.admitted).toBe(entered);
    // One line for each scan, but a group's code, read three times, is a line for each person; exits and what was taken back are none.
    const lines = before.gates.reduce((sum, { admitted, refused }) => sum + admitted + refused, 0);
    expect(lines).toBe(told - OUT - 1 + GROUP - 3);
    const counted = countedOf(before);
    const again = await first.uploadAgain();
    expect(again.length).toBeGreaterThanOrEqual(12 + 4 + 6);
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['repeated']));
    expect(countedOf(await page())).toEqual(counted);
  });

  it('shows the house manager what was let in, what clashes and what lies apart', async () => {
    const { page: desk } = office;
    await desk.goto(`${run.web}/office/door/screenings/${here.id}`);
    await desk.getByRole('heading', { level: 1 }).waitFor();
    await desk.getByText(String(entered), { exact: true }).first().waitFor();
    const clashes = desk.getByRole('region', { name: 'Расхождения' });
    expect(await clashes.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'Вошли по недействующему коду',
      'По одному коду вошли дважды',
      'По одному коду вошли дважды',
    ]);
    const apart = desk.getByRole('region', { name: /^В карантине/ });
    await until(async () => (await apart.getByText('впустило').count()) === 5);
    await shown(desk);
    await picture(desk, '96-evening-house-ru');
    await apart.scrollIntoViewIfNeeded();
    await picture(desk, '97-quarantine-ru');
    await clean(desk);
  });

  it('no scanner complained', () => expect([...first.device.complaints, ...lost.device.complaints]).toEqual([]));
});
