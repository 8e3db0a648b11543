import type { Envelope } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { golden, Stage } from './notifications-stage.js';

const person = golden('gateway.person.recorded.v1');
const delayed = golden('tickets.visit.delayed.v1');

describe('a slow mail server', () => {
  let stage: Stage;
  /** Mails whose bytes are there and whose answer is not. */
  let held: { to: string; answer: () => void }[];

  beforeAll(async () => {
    stage = await Stage.open({ MAIL_RATE: '1000' });
  });
  beforeEach(() => {
    held = [];
    stage.sink.slow = (to) => new Promise((answer) => held.push({ to, answer }));
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  /** Mails to as many people, as urgent as that. */
  const queue = async (n: number, deliveryClass: string, priority: number, told: Envelope, template: string) => {
    await stage.db.database.query(
      `INSERT INTO contact (person_id, version, email, name, language)
       SELECT 'p' || n, 1, 'p' || n || '@example.kz', NULL, 'ru' FROM generate_series(1, ${n}) n`,
    );
    await stage.db.database.query(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, expires_at)
       SELECT gen_random_uuid(), 'slow', 'p' || n, 'email', $3, $4, $2, 'a' || n, $1, 'none', 'queued', now() + interval '1 day'
         FROM generate_series(1, ${n}) n`,
      [JSON.stringify(told.data), priority, template, deliveryClass],
    );
  };
  const count = async (where: string) =>
    (await stage.db.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery WHERE ${where}`))[0]?.n;

  it('gets nothing twice from two processes, though tries wait longer than their lease', async () => {
    const other = await stage.another();
    await queue(30, 'short-notice', 10, delayed, 'screening-delayed');
    await eventually(async () => {
      expect(held).toHaveLength(10);
      expect(await count("state = 'in-flight'")).toBe(30);
    });
    // Those that wait for a connection lose their lease; whoever takes them over waits as well.
    const away = held.map(({ to }) => to);
    await stage.db.database.query(
      `UPDATE delivery SET next_try_at = now() WHERE NOT person_id || '@example.kz' = ANY ($1)`,
      [away],
    );
    await eventually(async () => expect(await count('attempts = 2')).toBeGreaterThan(0));
    stage.sink.slow = undefined;
    for (const { answer } of held) answer();
    await eventually(async () => expect(await count("state = 'sent'")).toBe(30));
    expect(stage.sink.mails.map(({ to }) => to).sort()).toEqual(
      [...new Set(stage.sink.mails.map(({ to }) => to))].sort(),
    );
    expect(stage.sink.mails).toHaveLength(30);
    expect(await count('maybe_repeated')).toBe(0);
    await other.stop();
  });

  it('gets what is urgent before the bulk that waits for it', async () => {
    await stage.hear(person);
    await queue(15, 'accreditation', 70, golden('accreditations.application.decided.v2'), 'application-decided');
    await eventually(async () => {
      expect(held).toHaveLength(5);
      expect(await count("state = 'in-flight'")).toBe(15);
    });
    await stage.hear(delayed);
    await eventually(async () => expect(await count("priority = 10 AND state = 'in-flight'")).toBe(1));
    // Bulk that comes after it does not go before it either.
    const { database } = stage.db;
    await database.query(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, expires_at)
       SELECT gen_random_uuid(), 'later', person_id, channel, template, class, priority, key, data, attachments, 'queued', expires_at
         FROM delivery WHERE fact = 'slow' ORDER BY person_id LIMIT 3`,
    );
    await eventually(async () => expect(await count("fact = 'later' AND state = 'in-flight'")).toBe(3));
    held[0]?.answer();
    await eventually(() => expect(held[5]?.to).toBe('aigerim@example.kz'));
    stage.sink.slow = undefined;
    for (const { answer } of held) answer();
    await eventually(async () => expect(await count("state = 'sent' AND channel = 'email'")).toBe(19));
  });

  it('that is gone after it took a mail may get it once more, marked', async () => {
    stage.sink.slow = undefined;
    stage.sink.cut = true;
    await stage.hear(person);
    await stage.hear(delayed);
    await eventually(() => expect(stage.sink.mails).toHaveLength(2));
    const [first, second] = stage.sink.mails;
    expect(second?.messageId).toBe(first?.messageId);
    expect([first, second].map((mail) => mail?.headers.get('x-seans-repeat'))).toEqual([undefined, 'maybe']);
    await eventually(async () =>
      expect(await count("state = 'sent' AND channel = 'email' AND maybe_repeated")).toBe(1),
    );
    expect(await stage.db.database.query('SELECT outcome FROM delivery_attempt ORDER BY number')).toEqual([
      { outcome: 'unknown' },
      { outcome: 'sent' },
    ]);
  });

  it('that asks for patience gets the mail later, unmarked, and nobody is stopped for it', async () => {
    stage.sink.slow = undefined;
    stage.sink.answer = () => Object.assign(new Error('4.7.0 later'), { responseCode: 454 });
    await stage.hear(person);
    await stage.hear(delayed);
    await eventually(async () => expect(await count("state = 'waiting-retry'")).toBe(1));
    stage.sink.answer = () => undefined;
    await eventually(() => expect(stage.sink.mails).toHaveLength(1));
    expect(stage.sink.mails[0]?.headers.has('x-seans-repeat')).toBe(false);
    expect(await stage.db.database.query('SELECT 1 FROM suppression')).toEqual([]);
  });
});
