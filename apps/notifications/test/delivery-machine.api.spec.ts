import { randomUUID } from 'node:crypto';
import { DAY, MINUTE } from '#libs/kernel';
import type { Envelope } from '#libs/messaging';
import { eventually } from '#libs/testing';
import { ForgetOldJob } from '../src/deliveries/forget-old.job.js';
import { WriteEnds } from '../src/sending/write-ends.js';
import { AIGERIM, golden, Stage } from './notifications-stage.js';

const person = golden('gateway.person.recorded.v1');
const paid = golden('tickets.order.paid.v1');
const admin = { roles: ['admin'] };

interface LogEntry {
  id: string;
  template: string;
  channel: string;
  state: string;
  trouble: string | null;
  maybeRepeated: boolean;
  resendOf: string | null;
}

describe('the delivery machine', () => {
  let stage: Stage;
  const mails = (n: number) =>
    eventually(() => {
      expect(stage.sink.mails).toHaveLength(n);
      return stage.sink.mails;
    });
  const log = async (more = '') =>
    (await stage.ask('GET', `/deliveries?channel=email&limit=500${more}`, admin)).body.deliveries as LogEntry[];
  const details = async (id: string) => (await stage.ask('GET', `/deliveries/${id}`, admin)).body;
  const preview = (id: string) => stage.fetch('GET', `/deliveries/${id}/preview`, admin);
  const resend = (id: string, key: string = randomUUID()) =>
    stage.ask('POST', `/deliveries/${id}/resend`, { ...admin, headers: { 'Idempotency-Key': key } });
  const sent = async () => {
    await eventually(async () => expect((await log()).map(({ state }) => state)).toEqual(['sent']));
    return (await log())[0]!;
  };
  const delayed = (n: number, more: object = {}): Envelope => {
    const told = golden('tickets.visit.delayed.v1');
    return { ...told, fact: `delayed-${n}`, data: { ...(told.data as object), ...more } };
  };
  const booked = (n: number, more: object = {}): Envelope => {
    const told = golden('tickets.booking.made.v1');
    return {
      ...told,
      fact: `booked-${n}`,
      aggregate: `b-${n}`,
      data: { ...(told.data as object), bookingId: `b-${n}`, ...more },
    };
  };

  beforeAll(async () => {
    stage = await Stage.open({ MAIL_RATE: '20' });
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  it('shows a mail that may have been taken without our knowing: same Message-ID, a mark, and each try', async () => {
    await stage.hear(paid);
    const [row] = await stage.db.database.query<{ id: string }>("SELECT id FROM delivery WHERE channel = 'email'");
    const id = row!.id;
    // A sender died after it had handed the mail over and before it wrote down the answer.
    await stage.db.database.query(
      `UPDATE delivery SET state = 'in-flight', attempts = 1, handed_over = true, next_try_at = now() + interval '1 hour' WHERE id = $1`,
      [id],
    );
    await stage.db.database.query(
      'INSERT INTO delivery_attempt (delivery_id, number, handed_over_at) VALUES ($1, 1, now())',
      [id],
    );
    await stage.hear(person);
    await stage.db.database.query('UPDATE delivery SET next_try_at = now() WHERE id = $1', [id]);
    const [mail] = await mails(1);
    expect(mail?.messageId).toBe(`<${id}@127.0.0.1>`);
    expect(mail?.headers.get('x-seans-repeat')).toBe('maybe');
    expect(await sent()).toMatchObject({ id, maybeRepeated: true });
    expect(await details(id)).toMatchObject({
      attempts: [
        { number: 1, outcome: 'unknown' },
        { number: 2, outcome: 'sent', handedOverAt: expect.any(String), endedAt: expect.any(String) },
      ],
    });
  });

  it('repeats a mail whose answer was lost with its sender, visibly: two copies, one Message-ID', async () => {
    const ends = stage.service.app.get(WriteEnds, { strict: false });
    const write = ends.execute.bind(ends);
    ends.execute = () => Promise.reject(new Error('the process died between the answer and the commit'));
    await stage.hear(person);
    await stage.hear(delayed(1));
    await mails(1);
    ends.execute = write;
    const [row] = await log();
    expect(row).toMatchObject({ state: 'in-flight', maybeRepeated: false });
    await stage.db.database.query("UPDATE delivery SET next_try_at = now() WHERE state = 'in-flight'");
    const [first, second] = await mails(2);
    expect(second?.messageId).toBe(first?.messageId);
    expect([first, second].map((mail) => mail?.headers.get('x-seans-repeat'))).toEqual([undefined, 'maybe']);
    expect(await sent()).toMatchObject({ maybeRepeated: true });
    expect(await details(row!.id)).toMatchObject({ attempts: [{ outcome: 'unknown' }, { outcome: 'sent' }] });
  });

  it('marks nothing as repeated that was never handed over', async () => {
    await stage.hear(paid);
    const [row] = await stage.db.database.query<{ id: string }>("SELECT id FROM delivery WHERE channel = 'email'");
    await stage.db.database.query(
      `UPDATE delivery SET state = 'in-flight', attempts = 1, next_try_at = now() + interval '1 hour' WHERE id = $1`,
      [row!.id],
    );
    await stage.db.database.query('INSERT INTO delivery_attempt (delivery_id, number) VALUES ($1, 1)', [row!.id]);
    await stage.hear(person);
    await stage.db.database.query('UPDATE delivery SET next_try_at = now() WHERE id = $1', [row!.id]);
    const [mail] = await mails(1);
    expect(mail?.headers.has('x-seans-repeat')).toBe(false);
    expect(await sent()).toMatchObject({ maybeRepeated: false });
    expect(await details(row!.id)).toMatchObject({ attempts: [{ outcome: 'not-handed-over' }, { outcome: 'sent' }] });
  });

  it('carries what keeps automatic answers away, and nothing that tells who opened it', async () => {
    await stage.hear(person);
    await stage.hear(paid);
    const [mail] = await mails(1);
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail?.headers.has('list-unsubscribe')).toBe(false);
    expect(mail?.html).not.toMatch(/<img|<link|@import/);
  });

  it('previews the very HTML that was sent, without what opens anything', async () => {
    await stage.hear(person);
    await stage.hear(paid);
    const [mail] = await mails(1);
    const { id } = await sent();
    const shown = await preview(id);
    const html = await shown.text();
    expect(shown.headers.get('x-preview')).toBe('same');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(html).not.toContain('/orders/x');
    const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
    expect(plain(html)).toBe(
      plain(mail!.html).replaceAll('http://127.0.0.1:8080/orders/x', 'http://127.0.0.1:8080/not-kept'),
    );
    await stage.db.database.query(`UPDATE delivery SET data = data || '{"late": true}' WHERE id = $1`, [id]);
    expect((await preview(id)).headers.get('x-preview')).toBe('changed');
    expect((await stage.ask('GET', `/deliveries/${id}/preview`, { roles: ['finance'] })).status).toBe(403);
    expect((await stage.ask('GET', `/deliveries/${randomUUID()}/preview`, admin)).body.code).toBe('delivery-unknown');
  });

  it('keeps an officer’s words for the preview, asks for them by version, and keeps no personal link', async () => {
    const requested = golden('accreditations.application.information-requested.v2');
    await stage.hear(person);
    await stage.hear(requested);
    const [mail] = await mails(1);
    expect(mail?.text).toContain('Bring the letter of your editor.');
    expect(stage.owners.asked.at(-1)).toBe(
      `/internal/applications/${requested.aggregate}/words?version=${requested.version}`,
    );
    const { id } = await sent();
    const shown = await preview(id);
    expect(shown.headers.get('x-preview')).toBe('same');
    expect(await shown.text()).toContain('Bring the letter of your editor.');
    const [row] = await stage.db.database.query<{ row: string }>(
      'SELECT d::text AS row FROM delivery d WHERE id = $1',
      [id],
    );
    expect(row?.row).not.toContain('s3cr3t');
    // The inbox on the site has none of those words.
    const inbox = await stage.ask('GET', '/inbox', { person: AIGERIM });
    expect(inbox.body.unread).toBe(1);
    expect(JSON.stringify(inbox.body)).not.toContain('editor');
  });

  it('previews and repeats no link that signs in', async () => {
    const body = {
      personId: randomUUID(),
      email: 'new@example.kz',
      language: 'ru',
      link: 'http://127.0.0.1:8080/sign-in/link?token=s3cr3t',
      expiresAt: new Date(Date.now() + 10 * MINUTE).toISOString(),
    };
    await stage.ask('POST', '/internal/login-mails', { service: true, body });
    await mails(1);
    const { id } = await sent();
    expect((await stage.ask('GET', `/deliveries/${id}/preview`, admin)).body.code).toBe('delivery-not-kept');
    expect((await resend(id)).body.code).toBe('delivery-not-kept');
  });

  it('sends again what an admin asks for, once per key, as a delivery of its own with documents of today', async () => {
    await stage.hear(person);
    await stage.hear(paid);
    await mails(1);
    const first = await sent();
    const key = randomUUID();
    const [one, two] = await Promise.all([resend(first.id, key), resend(first.id, key)]);
    const made = one.status === 202 ? one : two;
    expect(made.status).toBe(202);
    const both = await mails(2);
    expect(both[1]?.messageId).not.toBe(both[0]?.messageId);
    expect(both[1]?.attachments).toHaveLength(2);
    expect(await details(first.id)).toMatchObject({ resends: [made.body.deliveryId] });
    const repeated = (await log()).find(({ id }) => id === made.body.deliveryId);
    expect(repeated?.resendOf).toBe(first.id);
    expect((await resend(first.id, key)).body).toEqual(made.body);
  });

  it('refuses to repeat what is still on its way', async () => {
    await stage.hear(paid);
    const [waiting] = await log();
    expect((await resend(waiting!.id)).body.code).toBe('delivery-under-way');
  });

  it('says nothing twice when whole topics are read again with a fresh inbox', async () => {
    const topics = [person, golden('accreditations.application.submitted.v1'), delayed(1), delayed(2), paid];
    for (const told of topics) await stage.hear(told);
    await mails(4);
    const before = await stage.db.database.query('SELECT id FROM delivery ORDER BY id');
    for (let again = 0; again < 2; again++) {
      await stage.forgetInbox();
      for (const told of topics) await stage.hear(told);
    }
    expect(await stage.db.database.query('SELECT id FROM delivery ORDER BY id')).toEqual(before);
    expect(stage.sink.mails).toHaveLength(4);
  });

  it('writes down facts of long ago and tells nobody: a copy that is built anew is quiet', async () => {
    await stage.hear(person);
    for (const [n, told] of [paid, delayed(1), booked(1)].entries())
      await stage.hear({ ...told, fact: `old-${n}`, time: new Date(Date.now() - 3 * DAY).toISOString() });
    await stage.hear(delayed(2));
    await mails(1);
    const rows = await stage.db.database.query<{ channel: string; state: string; trouble: string | null }>(
      `SELECT DISTINCT channel, state, trouble FROM delivery WHERE fact LIKE 'old-%' ORDER BY channel`,
    );
    expect(rows).toEqual([
      { channel: 'email', state: 'expired', trouble: 'old-fact' },
      { channel: 'in-app', state: 'expired', trouble: 'old-fact' },
    ]);
    expect((await stage.ask('GET', '/inbox', { person: AIGERIM })).body.unread).toBe(1);
  });

  it('drains a bulk at its set rate, and what is urgent overtakes it', async () => {
    const BULK = 5_000;
    await stage.db.database.query(
      `INSERT INTO contact (person_id, version, email, name, language)
       SELECT 'p' || n, 1, 'p' || n || '@example.kz', NULL, 'ru' FROM generate_series(1, ${BULK}) n`,
    );
    const decided = golden('accreditations.application.decided.v2');
    await stage.db.database.query(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, expires_at)
       SELECT gen_random_uuid(), 'bulk', 'p' || n, 'email', 'application-decided', 'accreditation', 70, 'a' || n, $1, 'none', 'queued',
              now() + interval '1 day' FROM generate_series(1, ${BULK}) n`,
      [JSON.stringify(decided.data)],
    );
    await stage.hear(person);
    const began = performance.now();
    await eventually(() => expect(stage.sink.mails.length).toBeGreaterThan(25));
    await stage.hear(delayed(1));
    const arrived = await eventually(() => {
      const at = stage.sink.mails.findIndex(({ to }) => to === 'aigerim@example.kz');
      expect(at).toBeGreaterThan(0);
      return at;
    });
    const seconds = (performance.now() - began) / 1_000;
    // Twenty a second, and what the first second had kept: the bulk has hardly begun, and the door's message is out.
    expect(stage.sink.mails.length).toBeLessThan(20 * (seconds + 3) + 24);
    expect(arrived).toBeLessThan(BULK / 10);
    const [left] = await stage.db.database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery WHERE fact = 'bulk' AND state = 'queued'`,
    );
    expect(left!.n).toBeGreaterThan(BULK * 0.9);
  });

  it('is shared by several processes: each mail leaves once', async () => {
    const MAILS = 60;
    const other = await stage.another();
    await stage.db.database.query(
      `INSERT INTO contact (person_id, version, email, name, language)
       SELECT 'p' || n, 1, 'p' || n || '@example.kz', NULL, 'ru' FROM generate_series(1, ${MAILS}) n`,
    );
    await stage.db.database.query(
      `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, expires_at)
       SELECT gen_random_uuid(), 'both', 'p' || n, 'email', 'screening-delayed', 'short-notice', 10, 'a' || n, $1, 'none', 'queued',
              now() + interval '1 day' FROM generate_series(1, ${MAILS}) n`,
      [JSON.stringify(delayed(1).data)],
    );
    const all = await mails(MAILS);
    await eventually(async () => expect(new Set((await log()).map(({ state }) => state))).toEqual(new Set(['sent'])));
    expect(new Set(all.map(({ to }) => to)).size).toBe(MAILS);
    expect(stage.sink.mails).toHaveLength(MAILS);
    await other.stop();
  });

  it('sends a decision whose words are not kept any more', async () => {
    const answer = stage.owners.answer;
    stage.owners.answer = () => ({ status: 404, body: {} });
    await stage.hear(person);
    await stage.hear(golden('accreditations.application.decided.v2'));
    const [mail] = await mails(1);
    stage.owners.answer = answer;
    expect(mail?.subject).toBe('Аккредитацияңыз мақұлданды');
  });

  it('forgets words after their days, and keeps that something was sent', async () => {
    await stage.hear(person);
    await stage.hear(delayed(1));
    await mails(1);
    const { id } = await sent();
    await stage.db.database.query("UPDATE delivery SET queued_at = now() - interval '401 days'");
    await stage.service.app.get(ForgetOldJob, { strict: false }).forget();
    expect((await stage.ask('GET', `/deliveries/${id}/preview`, admin)).body.code).toBe('delivery-not-kept');
    expect((await stage.ask('GET', '/inbox', { person: AIGERIM })).body).toEqual({ notes: [], unread: 0 });
    expect(await log()).toMatchObject([{ id, state: 'sent' }]);
  });

  it('gathers many changes that hit one person within minutes into one letter', async () => {
    await stage.hear(person);
    for (let n = 1; n <= 3; n++) {
      await stage.hear(booked(n));
      await mails(n);
    }
    for (let n = 4; n <= 8; n++) await stage.hear(booked(n));
    // Told again, nothing is gathered twice.
    await stage.forgetInbox();
    for (let n = 1; n <= 8; n++) await stage.hear(booked(n));
    expect(stage.sink.mails).toHaveLength(3);
    await stage.hurry();
    await stage.hear(person);
    const all = await eventually(async () => {
      await stage.hurry();
      expect(stage.sink.mails).toHaveLength(4);
      return stage.sink.mails;
    });
    expect(all[3]?.subject).toBe('Сізге қатысты 5 жаңалық');
    expect(all[3]?.text.match(/Жарық болсын/g)).toHaveLength(5);
    const states = (await log()).map(({ template, state, trouble }) => `${template} ${state} ${trouble}`);
    expect(states.filter((one) => one === 'booking-made withheld in-digest')).toHaveLength(5);
    const page = await stage.ask('GET', '/inbox', { person: AIGERIM });
    expect(page.body.unread).toBe(8);
    const digest = (await log()).find(({ template }) => template === 'digest');
    expect((await preview(digest!.id)).headers.get('x-preview')).toBe('same');
  });

  it('gathers calendars with the changes that they belong to', async () => {
    await stage.hear(person);
    for (let n = 1; n <= 3; n++) {
      await stage.hear(booked(n));
      await mails(n);
    }
    const told = golden('tickets.visit.reseated.v1');
    for (const screening of ['s-1', 's-2', 's-2']) {
      const data = { ...(told.data as object), screeningId: screening };
      await stage.hear({ ...told, fact: `${screening}-${randomUUID()}`, aggregate: `${screening}/p`, data });
    }
    const all = await eventually(async () => {
      await stage.hurry();
      expect(stage.sink.mails).toHaveLength(4);
      return stage.sink.mails;
    });
    expect(all[3]?.attachments.map(({ filename }) => filename)).toEqual(['screening-1.ics', 'screening-2.ics']);
    expect(all[3]?.subject).toBe('Сізге қатысты 3 жаңалық');
  });

  it('never gathers what is at a door', async () => {
    await stage.hear(person);
    for (let n = 1; n <= 6; n++) await stage.hear(delayed(n));
    await mails(6);
  });

  it('forgets a person in every table, and says what is left', async () => {
    const id = AIGERIM;
    await stage.hear(person);
    await stage.hear(paid);
    await stage.hear(golden('accreditations.application.information-requested.v2'));
    await mails(2);
    await eventually(async () => expect((await log()).map(({ state }) => state)).toEqual(['sent', 'sent']));
    const known = await stage.ask('GET', `/internal/people/${id}/export`, { service: true });
    expect(known.body).toMatchObject({ contact: { email: 'aigerim@example.kz' }, messages: expect.any(Array) });
    const before = await stage.ask('GET', `/internal/people/${id}/traces`, { service: true });
    expect((before.body.left as { what: string }[]).map(({ what }) => what)).toEqual([
      'contact',
      'inbox',
      'messages',
      'visits',
    ]);
    await stage.hear({ ...person, fact: 'gone', type: 'people.tombstone', version: 2, data: null });
    expect((await stage.ask('GET', `/internal/people/${id}/traces`, { service: true })).body).toEqual({ left: [] });
    await stage.hear({ ...paid, fact: 'late' });
    expect((await stage.ask('GET', `/internal/people/${id}/traces`, { service: true })).body).toEqual({ left: [] });
    expect(stage.sink.mails).toHaveLength(2);
  });
});
