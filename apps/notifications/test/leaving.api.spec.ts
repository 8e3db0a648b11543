import { type Envelope } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { AIGERIM, golden, Stage } from './notifications-stage.js';
import { SmsDouble } from './sms-double.js';
import { TelegramDouble } from './telegram-double.js';

const TOKEN = '42:bot-token';
const person = golden('gateway.person.recorded.v1');
const me = { person: AIGERIM };

describe('leaving', () => {
  let stage: Stage;
  let telegram: TelegramDouble;
  let sms: SmsDouble;
  const mails = (n: number) =>
    eventually(() => {
      expect(stage.sink.mails).toHaveLength(n);
      return stage.sink.mails;
    });
  const told = (type: string, n: number): Envelope => ({ ...golden(type), fact: `${type}-${n}` });
  const delayed = (n: number) => told('tickets.visit.delayed.v1', n);
  const booked = (n: number) => told('tickets.booking.made.v1', n);
  const states = (channel: string) =>
    stage.db.database.query<{ state: string; trouble: string | null }>(
      'SELECT state, trouble FROM delivery WHERE channel = $1 ORDER BY queued_at, id',
      [channel],
    );
  const link = async (chat: number) => {
    const made = await stage.ask('POST', '/telegram/links', me);
    telegram.write(chat, `/start ${new URL(String(made.body.url)).searchParams.get('start') ?? ''}`);
    await eventually(async () => expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(true));
  };

  beforeAll(async () => {
    [telegram, sms] = await Promise.all([TelegramDouble.open(TOKEN), SmsDouble.open('festival', 's3cr3t')]);
    stage = await Stage.open({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_URL: telegram.url,
      SMS_PROVIDER: 'smsc',
      SMS_URL: sms.url,
      SMS_LOGIN: 'festival',
      SMS_PASSWORD: 's3cr3t',
    });
  });
  afterEach(() => stage.reset());
  afterAll(async () => {
    await stage.close();
    await Promise.all([telegram.close(), sms.close()]);
  });

  it('is one POST; looking changes nothing; what matters still comes', async () => {
    await stage.hear(person);
    await stage.hear(booked(1));
    const [mail] = await mails(1);
    const url = /<([^>]+)>/.exec(mail?.headers.get('list-unsubscribe')?.replace(/\s/g, '') ?? '')?.[1] ?? '';
    const path = new URL(url).pathname.replace('/api/notifications', '');
    for (let look = 0; look < 2; look++) {
      const page = await stage.fetch('GET', path, { person: null, headers: { 'Accept-Language': 'ru' } });
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await page.text()).toMatch(/<form method="post"><button/);
    }
    expect((await stage.ask('GET', '/preferences', me)).body.classes).toEqual({ booking: true, reminder: true });
    for (let twice = 0; twice < 2; twice++) {
      const left = await stage.fetch('POST', path, {
        person: null,
        body: 'List-Unsubscribe=One-Click',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
      expect(left.status).toBe(200);
    }
    const parts = (filling: string) =>
      stage.fetch('POST', path, {
        person: null,
        body: `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n${filling}\r\n--b--\r\n`,
        headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      });
    expect((await parts('One-Click')).status).toBe(200);
    expect((await parts('x'.repeat(9_000))).status).toBe(413);
    expect((await stage.ask('GET', '/preferences', me)).body.classes).toEqual({ booking: false, reminder: true });
    await stage.hear(booked(2));
    await stage.hear(delayed(1));
    await mails(2);
    expect((await states('email'))[1]).toEqual({ state: 'withheld', trouble: 'left' });
    expect((await stage.ask('GET', '/inbox', me)).body.unread).toBe(3);
    for (const forged of ['x.y', `${path.slice('/unsubscribe/'.length, -2)}AA`])
      expect((await stage.ask('POST', `/unsubscribe/${forged}`, { person: null })).body.code).toBe(
        'unsubscribe-link-unknown',
      );
  });

  it('and coming back is the person’s own choice, by class and channel', async () => {
    await stage.hear(person);
    const change = (more: object) =>
      stage.ask('PUT', '/preferences', {
        ...me,
        body: { classes: { booking: true, reminder: true }, telegram: true, sms: true, ...more },
      });
    expect((await change({ classes: { booking: false, reminder: true } })).body).toMatchObject({
      classes: { booking: false, reminder: true },
      offered: ['email', 'in-app', 'telegram', 'sms'],
    });
    await stage.hear(booked(1));
    await change({});
    await stage.hear(booked(2));
    await mails(1);
    await link(7_020);
    await change({ telegram: false });
    await stage.hear(delayed(1));
    await mails(2);
    expect(await states('telegram')).toEqual([]);
    expect((await change({ classes: { booking: true, money: false } })).status).toBe(422);
  });

  it('holds for what waits already', async () => {
    await stage.hear(person);
    await link(7_021);
    stage.sink.answer = () => Object.assign(new Error('busy'), { responseCode: 451 });
    telegram.refuses.set('7021', { code: 429, retryAfter: 600 });
    await stage.hear(booked(1));
    await stage.hear(delayed(1));
    await eventually(async () => {
      expect((await states('email')).map(({ state }) => state)).toEqual(['waiting-retry', 'waiting-retry']);
      expect((await states('telegram')).filter(({ trouble }) => trouble === 'telegram-429')).toHaveLength(1);
    });
    const classes = { booking: false, reminder: true };
    await stage.ask('PUT', '/preferences', { ...me, body: { classes, telegram: false, sms: true } });
    stage.sink.answer = () => undefined;
    const [mail] = await mails(1);
    expect(mail?.subject).toMatch(/кешігеді/);
    expect((await states('email'))[0]).toEqual({ state: 'withheld', trouble: 'left' });
    await eventually(async () =>
      expect(new Set((await states('telegram')).map(({ state }) => state))).not.toContain('waiting-retry'),
    );
  });
});
