import { startMailSink } from './mail-sink.js';

/** MAIL_FOLDER, SMTP_PORT, PORT and HOST say where. */
const sink = await startMailSink({
  folder: process.env.MAIL_FOLDER ?? '.local/mail',
  smtpPort: Number(process.env.SMTP_PORT ?? 2525),
  httpPort: Number(process.env.PORT ?? 8025),
  host: process.env.HOST,
});
process.stdout.write(`mail sink: ${sink.smtpUrl}, ${sink.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sink.stop().then(() => process.exit(0)));
}
