import { venueInstant } from '#libs/kernel';
import { type Envelope, Hearing } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { AIGERIM, golden, Stage } from './notifications-stage.js';
import { SmsDouble } from './sms-double.js';
import { TelegramDouble } from './telegram-double.js';

const TOKEN = '42:bot-token';
const person = golden('gateway.person.recorded.v1');
const me = { person: AIGERIM };

describe('the channels', () => {
  let stage: Stage;
  let telegram: TelegramDouble;
  let sms: SmsDouble;
  let version = 1_000;
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
  /** The festival's clock shows this hour of Almaty. */
  const clock = (local: string) =>
    stage.hear({
      ...golden('screenings.festival-clock.set.v1'),
      fact: `clock-${++version}`,
      version,
      data: { editionId: 'almaty-2019', offsetMs: venueInstant(local, 'Asia/Almaty').getTime() - Date.now() },
    });

  beforeAll(async () => {
    [telegram, sms] = await Promise.all([TelegramDouble.open(TOKEN), SmsDouble.open('festival', 's3cr3t')]);
    stage = await Stage.open({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_URL: telegram.url,
      TELEGRAM_BOT_NAME: 'almaty_fest_bot',
      SMS_PROVIDER: 'smsc',
      SMS_URL: sms.url,
      SMS_LOGIN: 'festival',
      SMS_PASSWORD: 's3cr3t',
    });
  });
  afterEach(async () => {
    await stage.reset();
    telegram.said.length = 0;
    sms.said.length = 0;
  });
  afterAll(async () => {
    await stage.close();
    await Promise.all([telegram.close(), sms.close()]);
  });

  const link = async (chat: number) => {
    const made = await stage.ask('POST', '/telegram/links', me);
    const code = new URL(String(made.body.url)).searchParams.get('start') ?? '';
    telegram.write(chat, `/start ${code}`);
    await eventually(async () => expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(true));
    return code;
  };
  const givePhone = async (phone: string) => {
    const headers = { 'Idempotency-Key': `number-${phone}` };
    const give = () => stage.ask('POST', '/preferences/phone', { ...me, headers, body: { phone } });
    const [first, second] = [await give(), await give()];
    expect([first.status, second.body]).toEqual([202, first.body]);
    const said = await eventually(() => {
      expect(sms.said.at(-1)?.phone).toBe(phone);
      return sms.said.at(-1)!.text;
    });
    return /\d{6}/.exec(said)?.[0] ?? '';
  };

  describe('inbox', () => {
    it('keeps messages with numbers and read marks, each person’s own', async () => {
      await stage.hear(person);
      for (const n of [1, 2, 3]) await stage.hear(delayed(n));
      const page = await stage.ask('GET', '/inbox?limit=2', me);
      expect(page.body).toMatchObject({ unread: 3, notes: [{ number: 3, readAt: null }, { number: 2 }] });
      const older = await stage.ask('GET', '/inbox?before=2&language=en', me);
      expect(older.body.notes).toMatchObject([{ number: 1, title: expect.stringMatching(/starts \d+ minutes later/) }]);
      expect((await stage.ask('PUT', '/inbox/read', { ...me, body: { number: 2 } })).body).toEqual({ unread: 1 });
      expect((await stage.ask('PUT', '/inbox/read', { ...me, body: { number: 2 } })).body).toEqual({ unread: 1 });
      expect((await stage.ask('GET', '/inbox', { person: 'somebody' })).body).toEqual({ notes: [], unread: 0 });
      await stage.ask('PUT', '/inbox/read', { person: 'somebody', body: { number: 9 } });
      expect((await stage.ask('GET', '/inbox', me)).body.unread).toBe(1);
    });

    /** Reads events until `n` came. */
    const listen = async (n: number, headers: Record<string, string>, meanwhile: () => Promise<unknown>) => {
      const leaving = new AbortController();
      const answer = await stage.fetch('GET', '/inbox/stream', { ...me, headers, signal: leaving.signal });
      expect(answer.headers.get('content-type')).toContain('text/event-stream');
      await meanwhile();
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      while ((text.match(/^id: /gm) ?? []).length < n) text += (await reader.read()).value ?? '';
      leaving.abort();
      return [...text.matchAll(/^id: (\d+)\nevent: note\ndata: (.*)$/gm)].map(([, id, data]) => ({
        id: Number(id),
        note: JSON.parse(data ?? '{}') as { number: number; link: string },
      }));
    };

    it('streams what comes, and replays what was missed by Last-Event-ID', async () => {
      await stage.hear(person);
      await stage.hear(delayed(1));
      const live = await listen(1, {}, () => stage.hear(delayed(2)));
      expect(live.map(({ id }) => id)).toEqual([2]);
      await stage.hear(delayed(3));
      await stage.hear({ ...delayed(4), data: { ...(delayed(4).data as object), personId: 'somebody' } });
      const missed = await listen(2, { 'Last-Event-ID': '1' }, () => Promise.resolve());
      expect(missed.map(({ id, note }) => [id, note.number])).toEqual([
        [2, 2],
        [3, 3],
      ]);
    });

    it('streams what another process heard', async () => {
      await stage.hear(person);
      const other = await stage.another();
      const [seen] = await listen(1, {}, () => other.app.get(Hearing, { strict: false }).hear('tickets', [delayed(1)]));
      expect(seen?.id).toBe(1);
      await other.stop();
    });

    it('numbers without a gap when many facts come at once', async () => {
      await stage.hear(person);
      await Promise.all(Array.from({ length: 12 }, (_, n) => stage.hear(delayed(n))));
      const { notes } = (await stage.ask('GET', '/inbox', me)).body as { notes: { number: number }[] };
      expect(notes.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, n) => 12 - n));
    });
  });

  describe('Telegram', () => {
    it('is linked by a code that works once, and says the same in a few words', async () => {
      await stage.hear(person);
      const code = await link(7_001);
      await stage.hear(delayed(1));
      await eventually(() => expect(telegram.said).toHaveLength(2));
      expect(telegram.said[0]).toMatchObject({ chat: '7001', text: expect.stringMatching(/^Дайын/) });
      expect(telegram.said[1]?.text).toMatch(/минутқа кешігеді/);
      telegram.write(7_002, `/start ${code}`);
      await eventually(() =>
        expect(telegram.said.at(-1)).toMatchObject({ chat: '7002', text: expect.stringMatching(/ескірген/) }),
      );
      const [row] = await stage.db.database.query<{ n: number }>('SELECT count(*)::int AS n FROM link_code');
      expect(row?.n).toBe(0);
    });

    it('is linked by the code alone, typed as people type', async () => {
      await stage.hear(person);
      const { code } = (await stage.ask('POST', '/telegram/links', me)).body;
      const typed = String(code)
        .toLowerCase()
        .replace(/(.{4})(?=.)/g, '$1-');
      telegram.write(7_030, typed, 'en');
      await eventually(async () => expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(true));
      await eventually(() =>
        expect(telegram.said).toMatchObject([{ chat: '7030', text: expect.stringMatching(/^Done/) }]),
      );
    });

    it('carries no personal link', async () => {
      await stage.hear(person);
      await link(7_010);
      await stage.hear(golden('tickets.order.paid.v1'));
      await eventually(() => expect(telegram.said).toHaveLength(2));
      expect(telegram.said[1]?.text).not.toContain('/orders/x');
    });

    it('ends with /stop, and when the chat is gone', async () => {
      await stage.hear(person);
      await link(7_003);
      telegram.write(7_003, '/stop');
      await eventually(async () =>
        expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(false),
      );
      await link(7_004);
      telegram.refuses.set('7004', { code: 403 });
      await stage.hear(delayed(1));
      await eventually(async () =>
        expect(await states('telegram')).toEqual([{ state: 'failed', trouble: 'telegram-403' }]),
      );
      expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(false);
      await stage.hear(delayed(2));
      await mails(2);
      expect(await states('telegram')).toHaveLength(1);
    });

    it('tries again when the bot itself is refused: the chat is not to blame', async () => {
      await stage.hear(person);
      await link(7_006);
      for (const code of [401, 404]) {
        telegram.refuses.set('7006', { code });
        await stage.hear(delayed(code));
        await eventually(async () => {
          await stage.hurry();
          expect((await states('telegram')).at(-1)).toEqual({ state: 'sent', trouble: null });
        });
        expect(telegram.refuses.size).toBe(0);
      }
      expect((await stage.ask('GET', '/preferences', me)).body.telegramLinked).toBe(true);
    });

    it('waits as long as Telegram asks', async () => {
      await stage.hear(person);
      await link(7_005);
      telegram.refuses.set('7005', { code: 429, retryAfter: 600 });
      await stage.hear(delayed(1));
      await eventually(async () =>
        expect(await states('telegram')).toEqual([{ state: 'waiting-retry', trouble: 'telegram-429' }]),
      );
      const [row] = await stage.db.database.query<{ seconds: number }>(
        `SELECT extract(epoch FROM next_try_at - clock_timestamp())::int AS seconds FROM delivery WHERE channel = 'telegram'`,
      );
      expect(row?.seconds).toBeGreaterThan(590);
      await eventually(async () => {
        await stage.hurry();
        expect(await states('telegram')).toEqual([{ state: 'sent', trouble: null }]);
      });
    });
  });

  describe('short messages', () => {
    it('go to a number that its owner confirmed, in the hours in which they disturb nobody', async () => {
      await stage.hear(person);
      await clock('2019-09-16T12:00');
      const code = await givePhone('+77011234567');
      expect(
        (await stage.ask('POST', '/preferences/phone/confirmation', { ...me, body: { code } })).body,
      ).toMatchObject({
        phone: '+7 7•• ••• 45 67',
      });
      await stage.hear(delayed(1));
      await eventually(() => expect(sms.said).toHaveLength(2));
      expect(sms.said[1]).toMatchObject({ phone: '+77011234567', text: expect.stringMatching(/минутқа кешігеді/) });
      // Bookings are no reason for a short message.
      await stage.hear(booked(1));
      await mails(2);
      expect(await states('sms')).toHaveLength(2);
    });

    it('wait at night and on holidays of the edition, and expire when the morning is too late', async () => {
      await stage.hear(person);
      await clock('2019-09-16T12:00');
      const code = await givePhone('+77011234568');
      await stage.ask('POST', '/preferences/phone/confirmation', { ...me, body: { code } });
      await clock('2019-09-16T22:00');
      await stage.hear(delayed(1));
      await eventually(async () =>
        expect((await states('sms')).at(-1)).toEqual({ state: 'waiting-retry', trouble: 'quiet-hours' }),
      );
      const holidays = { days: ['2019-09-17'] };
      const put = (roles: string[]) =>
        stage.ask('PUT', '/editions/almaty-2019/public-holidays', { roles, body: holidays });
      expect((await put(['programmer'])).status).toBe(403);
      expect((await put(['admin'])).body).toEqual(holidays);
      await clock('2019-09-17T12:00');
      await stage.hear(delayed(2));
      await eventually(async () =>
        expect((await states('sms')).map(({ trouble }) => trouble)).toEqual([null, 'quiet-hours', 'quiet-hours']),
      );
      await stage.db.database.query("UPDATE delivery SET expires_at = now() WHERE channel = 'sms'");
      await eventually(async () =>
        expect((await states('sms')).map(({ state }) => state)).toEqual(['sent', 'expired', 'expired']),
      );
      expect(sms.said).toHaveLength(1);
    });

    it('are tried again as the same message, and given up where the number is none', async () => {
      await stage.hear(person);
      await clock('2019-09-16T12:00');
      const code = await givePhone('+77011234569');
      await stage.ask('POST', '/preferences/phone/confirmation', { ...me, body: { code } });
      sms.error = 9;
      await stage.hear(delayed(1));
      await eventually(async () => {
        await stage.hurry();
        expect((await states('sms')).at(-1)).toEqual({ state: 'sent', trouble: null });
      });
      sms.error = 8;
      await stage.hear(delayed(2));
      await eventually(async () => expect((await states('sms')).at(-1)).toEqual({ state: 'failed', trouble: 'sms-8' }));
    });

    it('give a code that cannot be guessed or asked for without end, and keep none', async () => {
      await stage.hear(person);
      const code = await givePhone('+77010000001');
      const wrong = code === '000000' ? '000001' : '000000';
      const confirm = (said: string) =>
        stage.ask('POST', '/preferences/phone/confirmation', { ...me, body: { code: said } });
      for (let n = 0; n < 5; n++) expect((await confirm(wrong)).body.code).toBe('code-wrong');
      expect((await confirm(code)).body.code).toBe('code-wrong');
      await givePhone('+77010000002');
      await givePhone('+77010000003');
      const fourth = await stage.ask('POST', '/preferences/phone', {
        ...me,
        headers: { 'Idempotency-Key': 'number-4' },
        body: { phone: '+77010000004' },
      });
      expect([fourth.status, fourth.body.code]).toEqual([429, 'too-many-codes']);
      await eventually(async () =>
        expect((await states('sms')).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']),
      );
      const [row] = await stage.db.database.query<{ rows: string }>(
        'SELECT string_agg(d::text, $1) AS rows FROM delivery d',
        [''],
      );
      expect(row?.rows).not.toMatch(/7701000000\d|"code"/);
    });
  });
});
