import { Hearing } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { AIGERIM, golden, Stage } from './notifications-stage.js';

const person = golden('gateway.person.recorded.v1');
const gone = { ...person, fact: 'gone', type: 'people.tombstone', version: 2, data: null };
const me = { person: AIGERIM };

describe('an erasure', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({
      SMS_PROVIDER: 'smsc',
      SMS_URL: 'http://127.0.0.1:1',
      SMS_LOGIN: 'f',
      SMS_PASSWORD: 's',
      TELEGRAM_BOT_TOKEN: '42:t',
      TELEGRAM_URL: 'http://127.0.0.1:1',
    });
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  const traces = async () =>
    (await stage.ask('GET', `/internal/people/${AIGERIM}/traces`, { service: true })).body.left;

  it.each(['tickets.order.paid.v1', 'tickets.booking.made.v1', 'accreditations.badge.issued.v1'])(
    'leaves nothing of a %s that commits just beside it',
    async (type) => {
      const hearing = stage.service.app.get(Hearing, { strict: false });
      await stage.hear(person);
      for (let round = 0; round < 15; round++) {
        const told = { ...golden(type), fact: `fact-${round}` };
        const erased = { ...gone, fact: `gone-${round}`, version: 2 + round * 2 };
        await Promise.all([
          hearing.hear('tickets', [told]),
          hearing.hear('people', [erased]),
          stage.ask('PUT', '/preferences', {
            ...me,
            body: { classes: { booking: false, reminder: true }, telegram: true, sms: true },
          }),
        ]);
        await eventually(async () => expect([round, await traces()]).toEqual([round, []]));
        await hearing.hear('people', [{ ...person, fact: `back-${round}`, version: 3 + round * 2 }]);
      }
    },
  );

  it('waits for whoever is writing about the person', async () => {
    await stage.hear(person);
    const { database } = stage.db;
    let committing: Promise<void> | undefined;
    await database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 6))', [AIGERIM]);
      committing = stage.hear(gone);
      await eventually(async () =>
        expect(
          await database.query(
            `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND mode = 'ExclusiveLock'`,
          ),
        ).toHaveLength(1),
      );
      await tx.query(`INSERT INTO preference (person_id) VALUES ($1)`, [AIGERIM]);
    });
    await committing;
    expect(await traces()).toEqual([]);
  });

  it('is not undone by a mail that is refused meanwhile', async () => {
    let answer: (() => void) | undefined;
    stage.sink.slow = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    stage.sink.answer = () => Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 });
    await stage.hear(person);
    await stage.hear(golden('tickets.visit.delayed.v1'));
    const { database } = stage.db;
    await eventually(() => expect(answer).toBeDefined());
    await stage.hear(gone);
    answer?.();
    await eventually(async () =>
      expect(await database.query("SELECT 1 FROM delivery_attempt WHERE outcome = 'failed'")).toHaveLength(1),
    );
    expect(await database.query('SELECT 1 FROM suppression')).toEqual([]);
    expect(await traces()).toEqual([]);
  });

  it('is not undone by wishes, codes and numbers of later', async () => {
    await stage.hear(person);
    await stage.hear(gone);
    await stage.ask('PUT', '/preferences', {
      ...me,
      body: { classes: { booking: false, reminder: true }, telegram: true, sms: true },
    });
    await stage.ask('POST', '/telegram/links', me);
    await stage.ask('POST', '/preferences/phone', {
      ...me,
      headers: { 'Idempotency-Key': 'number-of-later' },
      body: { phone: '+77010000009' },
    });
    await stage.ask('POST', '/preferences/phone/confirmation', { ...me, body: { code: '000000' } });
    expect(await traces()).toEqual([]);
  });
});
