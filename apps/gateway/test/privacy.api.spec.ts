import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import type { Erasure, PersonExport } from '#libs/contracts';
import { replayTopic } from '#libs/messaging';
import { eventually, testKafka } from '#libs/testing';
import { Browser, type House, openHouse } from './house.js';

type Broker = Awaited<ReturnType<typeof testKafka>>;
const EMAIL = 'planted.address@example.kz';

/** Being shown everything, and being forgotten everywhere, on a real broker whose topic is compacted. */
describe('a person’s own data', () => {
  let house: House;
  let kafka: Broker;
  const traces = new Map<string, { what: string; count: number }[]>();
  const records: Record<string, unknown> = { applications: [{ name: 'Айгүл' }] };
  let answering = true;

  beforeAll(async () => {
    kafka = await testKafka();
    house = await openHouse({
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: `${kafka.suffix}-`,
      PEOPLE_SEGMENT_SECONDS: '1',
    });
    for (const service of [house.upstream, house.notifications]) {
      const usual = service.answer;
      service.answer = (request, response) => {
        const [, id, what] = /^\/internal\/people\/([\w-]+)\/(traces|export)$/.exec(request.url) ?? [];
        if (!id) return usual(request, response);
        response.statusCode = answering ? 200 : 503;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(what === 'traces' ? { left: traces.get(id) ?? [] } : records));
      };
    }
  });
  afterAll(async () => {
    await house.stop();
    await kafka.close();
  });

  const signedIn = async (email: string) => {
    const browser = new Browser(house.gateway.url, 'http://festival.test');
    await browser.call('POST', '/api/session/magic-link', { email, language: 'kk' });
    const mail = await eventually(async () => {
      const found = house.notifications.seen
        .filter(({ url }) => url === '/internal/login-mails')
        .map(({ body }) => JSON.parse(body.toString()) as { email: string; link: string; personId: string })
        .findLast((one) => one.email === email);
      expect(found).toBeDefined();
      return found!;
    });
    const token = new URL(mail.link).searchParams.get('token')!;
    expect((await browser.call('POST', '/api/session/magic-link/redeem', { token })).status).toBe(200);
    return { browser, personId: mail.personId };
  };
  const admin = async () => {
    const { browser, personId } = await signedIn(`admin-${randomUUID()}@example.kz`);
    await house.database.database.query(`INSERT INTO person_role (person_id, role) VALUES ($1, 'admin')`, [personId]);
    // Roles are read again when the session is.
    const again = await signedIn((await contact(personId))!);
    return { browser: again.browser, personId, first: browser };
  };
  const contact = async (id: string) =>
    (await house.database.database.query<{ email: string }>('SELECT email FROM person WHERE id = $1', [id]))[0]?.email;

  /** Whether a record with content stands on the topic, read from its start. */
  const onTopic = async (personId: string) => {
    let found = false;
    const brokers = new Kafka({ brokers: kafka.brokers, logLevel: logLevel.NOTHING });
    await replayTopic(brokers, { KAFKA_TOPIC_PREFIX: `${kafka.suffix}-` }, 'people', async (events) => {
      found ||= events.some(({ aggregate, data }) => aggregate === personId && data !== null);
    });
    return found;
  };

  it('is shown whole, or not at all while a part can’t be asked', async () => {
    const { browser, personId } = await signedIn('curious@example.kz');
    const answer = await browser.call('GET', '/api/people/me/export');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const data = answer.body as unknown as PersonExport;
    expect([data.personId, data.parts.gateway?.email, data.parts.accreditations]).toEqual([
      personId,
      'curious@example.kz',
      records,
    ]);
    answering = false;
    const refused = await browser.call('GET', '/api/people/me/export');
    expect([refused.status, refused.body.code]).toEqual([503, 'export-incomplete']);
    answering = true;
    expect((await new Browser(house.gateway.url).call('GET', '/api/people/me/export')).status).toBe(401);
  });

  it('is gone from account, outbox and topic when the person asks, and pending as long as a part has some of it', async () => {
    const { browser, personId } = await signedIn(EMAIL);
    traces.set(personId, [{ what: 'applications', count: 2 }]);
    await eventually(async () => {
      const rows = await house.database.database.query<unknown>(
        `SELECT 1 FROM outbox WHERE topic = 'people' AND aggregate_id = $1 AND published_at IS NOT NULL`,
        [personId],
      );
      expect(rows).toHaveLength(1);
    });
    expect(await onTopic(personId)).toBe(true);
    expect((await browser.call('POST', '/api/people/me/erasure', {})).status).toBe(422);
    const asked = await browser.call('POST', '/api/people/me/erasure', { confirm: true });
    expect(asked.status).toBe(202);
    expect((await browser.call('GET', '/api/session')).body.person).toBeNull();
    const keeper = await admin();
    const seen = async () =>
      (await keeper.browser.call('GET', `/api/people/erasures/${personId}`)).body as unknown as Erasure;
    const part = (erasure: Erasure, name: string) => erasure.parts.find((one) => one.part === name)!;
    await eventually(async () => {
      const erasure = await seen();
      expect(part(erasure, 'people-topic').state).toBe('verified');
      expect(part(erasure, 'accreditations').left).toEqual(['applications: 2']);
      expect(erasure.doneAt).toBeNull();
    }, 60_000);
    traces.delete(personId);
    await eventually(async () => expect((await seen()).doneAt).not.toBeNull(), 60_000);
    expect(await onTopic(personId)).toBe(false);
    const [left] = await house.database.database.query<{ n: number }>(
      `SELECT ((SELECT count(*) FROM person WHERE email = $1) + (SELECT count(*) FROM outbox WHERE data::text LIKE '%' || $1 || '%')
             + (SELECT count(*) FROM person_verification WHERE value LIKE '%' || $1 || '%'))::int AS n`,
      [EMAIL],
    );
    expect(left?.n).toBe(0);
  }, 150_000);

  it('is erased once however often it is asked for, by an admin too, and never a member of staff’s', async () => {
    const { personId } = await signedIn('asked-by-letter@example.kz');
    const keeper = await admin();
    const erase = (email: string) =>
      keeper.browser.call('POST', '/api/people/erasures', { email, reason: 'Letter 14 of 12 September' });
    expect((await erase('Asked-By-Letter@example.kz')).status).toBe(202);
    expect((await erase('asked-by-letter@example.kz')).body.code).toBe('person-unknown');
    const [told] = await house.database.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM privacy_audit WHERE action = 'person.erase' AND subject = $1`,
      [personId],
    );
    expect(told?.n).toBe(1);
    const staff = await erase((await contact(keeper.personId))!);
    expect([staff.status, staff.body.code]).toEqual([409, 'staff-not-erased']);
    const { browser } = await signedIn('nobody@example.kz');
    expect((await browser.call('GET', '/api/people/erasures')).status).toBe(403);
  });
});
