import { createHmac, randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { eventually } from '#libs/testing';
import { BounceListener } from '../src/bounces/bounce-listener.js';
import { returnPath } from '../src/sending/return-path.rules.js';
import { AIGERIM, golden, Stage } from './notifications-stage.js';

const person = golden('gateway.person.recorded.v1');
const paid = golden('tickets.order.paid.v1');
const admin = { roles: ['admin'] };
const SECRET = Buffer.from('a secret of the mail provider').toString('base64');
const DOMAIN = 'bounces.festival.example';

describe('mails that come back', () => {
  let stage: Stage;
  const mails = (n: number) =>
    eventually(() => {
      expect(stage.sink.mails).toHaveLength(n);
      return stage.sink.mails;
    });
  const states = () =>
    stage.db.database.query<{ state: string; trouble: string | null }>(
      "SELECT state, trouble FROM delivery WHERE channel = 'email' ORDER BY queued_at, id",
    );
  const suppressions = async () =>
    (await stage.ask('GET', '/suppressions', admin)).body.suppressions as {
      id: string;
      address: string;
      reason: string;
    }[];
  const again = (n: number) => stage.hear({ ...paid, fact: `again-${n}` });
  const sentMail = async () => {
    await stage.hear(person);
    await stage.hear(paid);
    const [mail] = await mails(1);
    await eventually(async () => expect(await states()).toMatchObject([{ state: 'sent' }]));
    return mail!;
  };

  /** A report as mail servers send it, RFC 3464. */
  const report = (to: string, fields: string) => {
    const transport = createTransport({
      port: stage.service.app.get(BounceListener, { strict: false }).port,
      host: '127.0.0.1',
      ignoreTLS: true,
    });
    const boundary = 'report-1';
    const raw = [
      'From: MAILER-DAEMON@mx.example.kz',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain',
      '',
      'It did not work.',
      `--${boundary}`,
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.kz',
      '',
      fields,
      '',
      `--${boundary}`,
      'Content-Type: text/rfc822-headers',
      '',
      'Subject: tickets',
      '',
      `--${boundary}--`,
      '',
    ].join('\r\n');
    return transport.sendMail({ envelope: { from: '', to }, raw });
  };
  const FAILED = 'Final-Recipient: rfc822; aigerim@example.kz\r\nAction: failed\r\nStatus: 5.1.1';

  const webhook = (body: object, options: { secret?: string; at?: number; id?: string } = {}) => {
    const id = options.id ?? `msg_${randomUUID()}`;
    const at = Math.floor((options.at ?? Date.now()) / 1_000);
    const text = JSON.stringify(body);
    const key = Buffer.from(options.secret ?? SECRET, 'base64');
    const signed = createHmac('sha256', key).update(`${id}.${at}.${text}`).digest('base64');
    return stage.ask('POST', '/bounces/webhook', {
      person: null,
      body: text,
      headers: { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signed}` },
    });
  };
  const bounced = (messageId: string, status = '5.1.1', type = 'mail.bounced') => ({
    type,
    timestamp: new Date().toISOString(),
    data: { messageId, recipient: 'Aigerim@Example.kz', status },
  });

  beforeAll(async () => {
    stage = await Stage.open({
      BOUNCE_DOMAIN: DOMAIN,
      BOUNCE_PORT: '0',
      BOUNCE_WEBHOOK_SECRET: `whsec_${SECRET}`,
    });
  });
  afterEach(() => stage.reset());
  afterAll(() => stage.close());

  it('return to an address of their own, and end their delivery and their address', async () => {
    const mail = await sentMail();
    expect(mail.from).toMatch(/^bounce\+[\w-]+@bounces\.festival\.example$/);
    await report(mail.from, FAILED);
    expect(await states()).toEqual([{ state: 'bounced', trouble: '5.1.1' }]);
    expect(await suppressions()).toMatchObject([{ address: 'a…@example.kz', reason: 'bounced' }]);
    await again(1);
    await eventually(async () =>
      expect(await states()).toMatchObject([{ state: 'bounced' }, { state: 'suppressed', trouble: 'bounced-before' }]),
    );
    expect(stage.sink.mails).toHaveLength(1);
    // The same report once more changes nothing.
    await report(mail.from, FAILED);
    expect(await suppressions()).toHaveLength(1);
  });

  it('leave an address alone that is only full, until it was so three times', async () => {
    const FULL = 'Final-Recipient: rfc822; aigerim@example.kz\r\nAction: failed\r\nStatus: 5.2.2';
    await report((await sentMail()).from, FULL);
    expect(await suppressions()).toEqual([]);
    for (const n of [1, 2]) {
      await again(n);
      const all = await mails(n + 1);
      await eventually(async () => expect((await states())[n]).toMatchObject({ state: 'sent' }));
      await report(all[n]!.from, FULL);
    }
    expect(await suppressions()).toHaveLength(1);
  });

  it('mean nothing where nothing failed: a delay, an answer from a holiday', async () => {
    const { from } = await sentMail();
    await report(from, FAILED.replace('failed', 'delayed').replace('5.1.1', '4.4.1'));
    await createTransport({
      port: stage.service.app.get(BounceListener, { strict: false }).port,
      host: '127.0.0.1',
      ignoreTLS: true,
    }).sendMail({ from: 'aigerim@example.kz', to: from, subject: 'Away', text: 'I am on holiday.' });
    expect(await states()).toMatchObject([{ state: 'sent' }]);
    expect(await suppressions()).toEqual([]);
  });

  it('say nothing of other people: whoever got one mail cannot stop mails to somebody else', async () => {
    const other = { ...person, fact: 'other', aggregate: 'other' };
    await stage.hear({ ...other, data: { ...(person.data as object), personId: 'other', email: 'dana@example.kz' } });
    const { from } = await sentMail();
    const named = (address: string) => FAILED.replace('aigerim@example.kz', address);
    await report(from, named('dana@example.kz'));
    await report(from, [named('marat@example.kz'), named('dana@example.kz'), FAILED].join('\r\n\r\n'));
    await report(from, `${FAILED}\r\nX-Padding: ${'x '.repeat(40_000)}`);
    expect(await suppressions()).toEqual([]);
    expect(await stage.db.database.query('SELECT address FROM bounce')).toEqual([]);
    // A mailbox that forwards is named as the original one.
    await report(from, `Original-Recipient: rfc822;Aigerim@example.kz\r\n${named('dana@example.kz')}`);
    expect(await suppressions()).toMatchObject([{ address: 'a…@example.kz' }]);
  });

  it('leave no link that signs in behind, whatever the delivery was about to do', async () => {
    stage.sink.answer = () => Object.assign(new Error('busy'), { responseCode: 451 });
    const email = 'new@example.kz';
    await stage.ask('POST', '/internal/login-mails', {
      service: true,
      body: {
        personId: randomUUID(),
        email,
        language: 'ru',
        link: 'http://127.0.0.1:8080/sign-in/link?token=s3cr3t',
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      },
    });
    await eventually(async () => expect(await states()).toMatchObject([{ state: 'waiting-retry' }]));
    const [row] = await stage.db.database.query<{ id: string }>(
      "WITH held AS (UPDATE delivery SET next_try_at = now() + interval '1 hour' RETURNING id) SELECT id FROM held",
    );
    await webhook(bounced(`<${row!.id}@127.0.0.1>`, '5.1.1'));
    const [left] = await stage.db.database.query<{ row: string }>('SELECT d::text AS row FROM delivery d');
    expect(left?.row).toContain('bounced');
    expect(left?.row).not.toMatch(/s3cr3t|new@example/);
  });

  it('are taken at no address that we did not make', async () => {
    const forged = returnPath(randomUUID(), DOMAIN, Buffer.alloc(32, 'somebody else'));
    await expect(report(forged, FAILED)).rejects.toMatchObject({ responseCode: 550 });
    await expect(report(`tickets@${DOMAIN}`, FAILED)).rejects.toMatchObject({ responseCode: 550 });
  });

  it('are told by the provider as well, signed, and the same twice is once', async () => {
    const mail = await sentMail();
    const event = bounced(mail.messageId);
    expect((await webhook(event, { id: 'msg_1' })).body).toEqual({ taken: true });
    expect((await webhook(event, { id: 'msg_1' })).body).toEqual({ taken: true });
    expect(await states()).toEqual([{ state: 'bounced', trouble: '5.1.1' }]);
    expect(await suppressions()).toHaveLength(1);
    expect((await webhook(bounced(`<${randomUUID()}@127.0.0.1>`))).body).toEqual({ taken: false });
  });

  it('are believed by their signature alone', async () => {
    const mail = await sentMail();
    const event = bounced(mail.messageId);
    const foreign = Buffer.from('somebody else’s secret').toString('base64');
    for (const refused of [
      await webhook(event, { secret: foreign }),
      await webhook(event, { at: Date.now() - 3_600_000 }),
      await stage.ask('POST', '/bounces/webhook', { person: null, body: event }),
    ])
      expect([refused.status, refused.body.code]).toEqual([401, 'webhook-unsigned']);
    expect(await states()).toMatchObject([{ state: 'sent' }]);
  });

  it('a complaint stops mails, not the link that signs in, and an admin lifts it', async () => {
    const mail = await sentMail();
    await webhook(bounced(mail.messageId, '5.7.1', 'mail.complained'));
    expect(await states()).toMatchObject([{ state: 'sent' }]);
    const [stopped] = await suppressions();
    expect(stopped).toMatchObject({ reason: 'complained' });
    await stage.ask('POST', '/internal/login-mails', {
      service: true,
      body: {
        personId: AIGERIM,
        email: 'aigerim@example.kz',
        language: 'kk',
        link: 'http://127.0.0.1:8080/sign-in/link?token=x',
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      },
    });
    await mails(2);
    expect((await stage.ask('DELETE', `/suppressions/${stopped!.id}`, { roles: ['finance'] })).status).toBe(403);
    expect((await stage.ask('DELETE', `/suppressions/${stopped!.id}`, admin)).status).toBe(204);
    expect((await stage.ask('DELETE', `/suppressions/${stopped!.id}`, admin)).body.code).toBe('suppression-unknown');
    await again(1);
    await mails(3);
  });

  it('an address that the mail server refuses at once gets no more either', async () => {
    stage.sink.answer = () => Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 });
    await stage.hear(person);
    await stage.hear(paid);
    await eventually(async () => expect(await states()).toMatchObject([{ state: 'failed', trouble: 'smtp-550' }]));
    expect(await suppressions()).toHaveLength(1);
  });
});
