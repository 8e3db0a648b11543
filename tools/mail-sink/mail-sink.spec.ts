import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { type MailSink, startMailSink } from './mail-sink.js';
import type { StoredMail } from './store.js';

describe('the mail sink', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seans-mail-'));
  let sink: MailSink;
  const start = () => startMailSink({ folder, smtpPort: 0, httpPort: 0 });
  const send = (subject: string, to = 'aru@example.org') =>
    createTransport(sink.smtpUrl).sendMail({
      from: 'seans@example.org',
      to,
      subject,
      text: 'Билетіңіз: http://127.0.0.1/t/1 <b>',
      attachments: [{ filename: 'билет.pdf', content: Buffer.from('%PDF-1.7') }],
    });
  const list = async () => (await (await fetch(`${sink.url}/messages`)).json()) as StoredMail[];

  beforeAll(async () => {
    sink = await start();
  });
  afterAll(async () => {
    await sink.stop();
    rmSync(folder, { recursive: true });
  });

  it('lists what was sent and gives back the very message', async () => {
    await send('Билеттеріңіз дайын');
    const [mail] = await list();
    expect(mail).toMatchObject({ to: ['aru@example.org'], subject: 'Билеттеріңіз дайын', at: expect.any(String) });
    const eml = await fetch(`${sink.url}/messages/${mail!.id}.eml`);
    expect(eml.headers.get('content-type')).toBe('message/rfc822');
    expect(await eml.text()).toContain('To: aru@example.org');
  });

  it('gives every mail its own id when many arrive at once', async () => {
    const before = (await list()).length;
    await Promise.all(Array.from({ length: 8 }, (_, index) => send(`mail ${index}`)));
    const mails = (await list()).slice(before);
    expect(new Set(mails.map((mail) => mail.id)).size).toBe(8);
    for (const mail of mails) {
      expect(await (await fetch(`${sink.url}/messages/${mail.id}.eml`)).text()).toContain(`Subject: ${mail.subject}`);
    }
  });

  it('shows a mail as a mail program does, and lets it run and fetch nothing', async () => {
    await createTransport(sink.smtpUrl).sendMail({
      from: 'seans@example.org',
      to: 'aru@example.org',
      subject: 'html',
      html: '<style>p{color:red}</style><p>Сәлем</p>',
    });
    const mail = (await list()).at(-1)!;
    const page = await fetch(`${sink.url}/messages/${mail.id}/html`);
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await page.text()).toContain('<p>Сәлем</p>');
    expect((await fetch(`${sink.url}/messages/000001/html`)).status).toBe(404);
  });

  it('shows the text to people without letting it be markup', async () => {
    const page = await (await fetch(`${sink.url}/mail/000001`)).text();
    expect(page).toContain('<a href="http://127.0.0.1/t/1">');
    expect(page).toContain('&lt;b&gt;');
  });

  it('hands out an attachment', async () => {
    const part = await fetch(`${sink.url}/messages/000001/attachments/0`);
    expect(await part.text()).toBe('%PDF-1.7');
  });

  it('keeps its mails over a restart', async () => {
    const before = await list();
    await sink.stop();
    sink = await start();
    expect(await list()).toEqual(before);
  });

  it('reads no other file', async () => {
    expect((await fetch(`${sink.url}/messages/..%2f..%2fpackage.eml`)).status).toBe(404);
  });
});
