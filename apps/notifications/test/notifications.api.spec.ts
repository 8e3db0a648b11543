import { nobodyOf } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { TRIGGERS } from '../src/triggers/trigger.rules.js';
import { golden, Stage } from './notifications-stage.js';

jest.setTimeout(30_000);

const person = golden('gateway.person.recorded.v1');
const paid = golden('tickets.order.paid.v1');

describe('notifications', () => {
  let stage: Stage;
  const mails = (n: number) =>
    eventually(() => {
      expect(stage.sink.mails).toHaveLength(n);
      return stage.sink.mails;
    });
  const state = async () => (await stage.deliveries()).map((delivery) => delivery.state);
  /** Makes waiting retries due: machine time is the database's, and nobody sleeps. */
  const hurry = () => stage.hurry();

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  it('mails the tickets of a paid order in the buyer’s language, with PDF, calendar and link', async () => {
    await stage.hear(person);
    await stage.hear(paid);
    const [mail] = await mails(1);
    expect(mail).toMatchObject({
      to: 'aigerim@example.kz',
      subject: 'Билеттеріңіз (2): Жарық болсын, дс, 16 қырк., 19:30',
    });
    expect(mail?.attachments.map((part) => part.contentType)).toEqual(['application/pdf', 'text/calendar']);
    expect(mail?.attachments[0]?.content.toString()).toBe('%PDF-1.7 tickets');
    for (const words of [
      'Дүйсенбіде кездескенше',
      '7-қатар, 14-орын',
      '5\u00A0000\u00A0₸',
      'http://127.0.0.1:8080/orders/x',
    ]) {
      expect(mail?.html).toContain(words);
      expect(mail?.text).toContain(words);
    }
    await eventually(async () => expect(await state()).toEqual(['sent']));
  });

  it('sends nothing twice when a whole topic is heard again', async () => {
    for (let replay = 0; replay < 3; replay++) {
      await stage.hear(person);
      await stage.hear(paid);
      await stage.forgetInbox();
    }
    await mails(1);
    await eventually(async () => expect(await state()).toEqual(['sent']));
  });

  it('writes to nobody for an order of a buyer at the counter whom nobody knows', async () => {
    const nobody = nobodyOf('0198f3c0-0000-7000-8000-000000000001');
    await stage.hear({ ...paid, data: { ...(paid.data as object), personId: nobody } });
    expect(await state()).toEqual([]);
    const [held] = await stage.db.database.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM visit_hold WHERE person_id = $1',
      [nobody],
    );
    expect(held!.n).toBe(0);
  });

  it('waits for a contact that is told after the order', async () => {
    await stage.hear(paid);
    expect(await state()).toEqual(['awaiting-contact']);
    await stage.hear(person);
    await mails(1);
  });

  it('finds the contact that was told while the message was being written', async () => {
    const { database } = stage.db;
    await database.transaction(async (tx) => {
      // As a consumer of tickets does, whose transaction is still open when the person becomes known.
      await tx.query(
        `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, language, data, state, expires_at)
         SELECT gen_random_uuid(), 'at-once', $1, 'email', 'order-paid', 'documents', 20, 'k', 'en', $2, 'awaiting-contact',
                clock_timestamp() + interval '1 hour'`,
        [person.aggregate, JSON.stringify(paid.data)],
      );
      await stage.hear(person);
    });
    await mails(1);
  });

  it('digests every fact that it mails about twice, and mails once', async () => {
    // Each to a person of its own: what hits one within minutes would become a digest.
    const facts = TRIGGERS.flatMap(({ type, recipients }) => (type ? [{ told: golden(type), recipients }] : []));
    for (const [n, { told, recipients }] of facts.entries()) {
      const id = `person-${n}`;
      const [old] = recipients(told.data);
      const mine = JSON.parse(JSON.stringify(told).replaceAll(String(old), id)) as typeof told;
      const somebody = { ...person, fact: id, aggregate: id, data: { ...(person.data as object), personId: id } };
      for (const twice of [somebody, mine, somebody, mine]) await stage.hear(twice);
    }
    const all = await mails(facts.length);
    expect(new Set(all.map((mail) => mail.messageId)).size).toBe(facts.length);
    for (const mail of all) expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/undefined|\[object|NaN/);
  });

  it('tells a visitor of a cancelled screening once, not again for each ticket and booking', async () => {
    await stage.hear(person);
    const cancelled = golden('tickets.visit.cancelled.v1');
    await stage.hear(cancelled);
    await stage.hear(cancelled);
    for (const type of ['tickets.booking.cancelled.v1', 'tickets.order.lines-returned.v1']) {
      const told = golden(type);
      await stage.hear({ ...told, data: { ...(told.data as object), reason: 'screening-cancelled' } });
    }
    const [mail] = await mails(1);
    expect(mail?.subject).toMatch(/Жарық болсын/);
    expect(mail?.attachments.map((part) => part.filename)).toEqual(['screening.ics']);
    expect((await stage.deliveries()).map((delivery) => delivery.template)).toEqual(['screening-cancelled']);
  });

  it('writes one letter about a fee or a pass: an order without a seat has none of its own', async () => {
    await stage.hear(person);
    await stage.hear({ ...paid, data: { ...(paid.data as object), lines: [] } });
    await stage.hear(golden('tickets.accreditation-fee.paid.v1'));
    await mails(1);
    expect((await stage.deliveries()).map((delivery) => delivery.template)).toEqual(['fee-paid']);
  });

  it('says of a move where and when, which seat, until when the money comes back, and what clashes', async () => {
    await stage.hear(person);
    await stage.hear(golden('tickets.visit.moved.v1'));
    const [mail] = await mails(1);
    for (const words of ['6-қатар, 9-орын', 'бұрын: 7-қатар, 14-орын', '«Арман» кинотеатры', 'Олег', '16 қырк'])
      expect(mail?.text).toContain(words);
  });

  it('mails nobody outside about a rehearsal', async () => {
    const edition = golden('screenings.edition.recorded.v1');
    const rehearse = (version: number, rehearsal: boolean) =>
      stage.hear({ ...edition, fact: `edition-${version}`, version, data: { ...(edition.data as object), rehearsal } });
    await rehearse(12, true);
    await rehearse(11, false);
    await stage.hear(paid);
    await stage.hear(person);
    expect(await stage.deliveries()).toMatchObject([{ state: 'withheld', trouble: 'rehearsal' }]);
    const crew = {
      ...person,
      fact: 'crew',
      aggregate: 'crew-1',
      data: { ...(person.data as object), personId: 'crew-1', email: 'Stage@Crew.Example' },
    };
    await stage.hear(crew);
    const delayed = golden('tickets.visit.delayed.v1');
    await stage.hear({ ...delayed, data: { ...(delayed.data as object), personId: 'crew-1' } });
    const [rehearsed] = await mails(1);
    expect(rehearsed?.to.toLowerCase()).toBe('stage@crew.example');
    await rehearse(13, false);
    await stage.hear({ ...delayed, fact: 'for real' });
    expect((await mails(2))[1]?.subject).toMatch(/минутқа кешігеді/);
  });

  it('tries again while the mail server is busy, with the same Message-ID', async () => {
    let tries = 0;
    stage.sink.answer = () => (++tries <= 2 ? Object.assign(new Error('busy'), { responseCode: 451 }) : undefined);
    await stage.hear(person);
    await stage.hear(paid);
    await eventually(async () => {
      await hurry();
      expect(stage.sink.mails).toHaveLength(1);
    });
    await eventually(async () => expect(await stage.deliveries()).toMatchObject([{ state: 'sent', attempts: 3 }]));
  });

  it('takes up what a sender that died had in its hands, with the Message-ID of the delivery', async () => {
    await stage.hear(paid);
    await stage.db.database.query(
      `UPDATE delivery SET state = 'in-flight', attempts = 1, next_try_at = clock_timestamp() + interval '1 hour'
        WHERE channel = 'email'`,
    );
    await stage.hear(person);
    await stage.db.database.query('UPDATE delivery SET next_try_at = clock_timestamp()');
    const [mail] = await mails(1);
    const [row] = await stage.db.database.query<{ id: string }>("SELECT id FROM delivery WHERE channel = 'email'");
    expect(mail?.messageId).toBe(`<${row?.id}@127.0.0.1>`);
    await eventually(async () => expect(await stage.deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]));
  });

  it('waits while the owner of the documents is down, and sends the mail when it is back', async () => {
    const answer = stage.owners.answer;
    stage.owners.answer = () => ({ status: 503, body: {} });
    await stage.hear(person);
    await stage.hear(paid);
    await eventually(async () => expect(await state()).toEqual(['waiting-retry']));
    expect(stage.sink.mails).toHaveLength(0);
    stage.owners.answer = answer;
    await eventually(async () => {
      await hurry();
      expect(stage.sink.mails).toHaveLength(1);
    });
  });

  it('gives up at once when the mail server refuses for good', async () => {
    stage.sink.answer = () => Object.assign(new Error('no such person'), { responseCode: 550 });
    await stage.hear(person);
    await stage.hear(paid);
    await eventually(async () =>
      expect(await stage.deliveries()).toMatchObject([{ state: 'failed', trouble: 'smtp-550', attempts: 1 }]),
    );
  });

  it('withholds a mail about a badge that ended, and about a person who was erased', async () => {
    const issued = golden('accreditations.badge.issued.v1');
    const answer = stage.owners.answer;
    stage.owners.answer = () => ({ status: 410, body: {} });
    await stage.hear(person);
    await stage.hear(issued);
    await eventually(async () =>
      expect(await stage.deliveries()).toMatchObject([{ state: 'withheld', trouble: 'documents-gone' }]),
    );
    stage.owners.answer = answer;
    await stage.hear({ ...person, fact: 'gone', type: 'people.tombstone', version: 2, data: null });
    await stage.hear(paid);
    await stage.hear({ ...person, fact: 'older telling' });
    await eventually(async () =>
      expect((await stage.deliveries())[1]).toMatchObject({ state: 'withheld', trouble: 'person-erased', data: {} }),
    );
    const [contact] = await stage.db.database.query('SELECT email, erased FROM contact');
    expect(contact).toEqual({ email: null, erased: true });
  });

  it('does not send what is too old to be of use', async () => {
    await stage.hear(paid);
    await stage.db.database.query('UPDATE delivery SET expires_at = now()');
    await stage.hear(person);
    await eventually(async () => expect(await state()).toEqual(['expired']));
    expect(stage.sink.mails).toHaveLength(0);
  });

  it('mails a sign-in link without Kafka, once, and keeps neither link nor address', async () => {
    const body = {
      personId: '019d2c3e-0000-7000-8000-0000000000a2',
      email: 'new@example.kz',
      language: 'ru',
      link: 'http://127.0.0.1:8080/sign-in/link?token=s3cr3t',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    };
    const first = await stage.ask('POST', '/internal/login-mails', { service: true, body });
    const second = await stage.ask('POST', '/internal/login-mails', { service: true, body });
    expect([first.status, second.body]).toEqual([202, first.body]);
    const [mail] = await mails(1);
    expect(mail).toMatchObject({ to: 'new@example.kz', subject: 'Ссылка для входа' });
    expect(mail?.text).toContain(body.link);
    await eventually(async () => expect(await state()).toEqual(['sent']));
    const [row] = await stage.db.database.query<{ row: string }>('SELECT d::text AS row FROM delivery d');
    expect(row?.row).not.toMatch(/s3cr3t|new@example/);
  });

  it('shows the log to an admin alone, with masked addresses', async () => {
    await stage.hear(person);
    await stage.hear(paid);
    await mails(1);
    expect((await stage.ask('GET', '/deliveries', { roles: ['box-office'] })).status).toBe(403);
    const log = await stage.ask('GET', '/deliveries?limit=10&channel=email', { roles: ['admin'] });
    expect(log.body).toMatchObject({ deliveries: [{ template: 'order-paid', address: 'a…@example.kz' }] });
    const of = (id: string) => stage.ask('GET', `/deliveries?person=${id}`, { roles: ['admin'] });
    expect((await of(person.aggregate)).body.deliveries).toHaveLength(2);
    expect((await of('019d2c3e-0000-7000-8000-00000000ffff')).body.deliveries).toEqual([]);
    expect((await stage.ask('POST', '/internal/login-mails', { roles: ['admin'], body: {} })).status).toBe(403);
  });
});
