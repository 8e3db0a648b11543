import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Database, migrateDatabase } from '#libs/persistence';
import { openService } from '#libs/service-defaults';
import { notificationsDatabase } from '../../apps/notifications/src/database.js';
import { Wakening } from '../../apps/notifications/src/deliveries/wakening.js';
import { writeLetter } from '../../apps/notifications/src/letters/write-letter.js';
import { notificationsService } from '../../apps/notifications/src/service.js';
import { type Bench, type Sample, withCpu } from './bench.js';
import { mailAll } from './controls/bare-mailer.js';
import { onServer, startChild } from './tickets-house.js';

const MAILS = 5_000;
const TARGET = 0.5;
const SITE = 'http://127.0.0.1:8080';

/** P14: a bulk of decisions from the queue to the mail server, each try written down, against a loop of sendMail. */
export const mailsBench: Bench = {
  id: 'P14',
  title: `${MAILS} mails drained`,
  unit: '/s',
  target: { text: `>= ${TARGET.toFixed(2)} of the control`, met: (result) => result.ratio.median >= TARGET },
  prepare: async ({ postgres }) => {
    const name = `bench_mails_${randomBytes(4).toString('hex')}`;
    const url = new URL(postgres);
    url.pathname = `/${name}`;
    await onServer(postgres, (client) => client.query(`CREATE DATABASE ${name}`));
    await migrateDatabase(notificationsDatabase, url.href);
    const drain = await startChild(['dist/tools/bench/controls/mail-drain.js'], {}, '/');
    const { port } = (await (await fetch(drain.url)).json()) as { port: number };
    const smtp = `smtp://127.0.0.1:${port}`;
    const service = await openService(notificationsService, {
      env: {
        SEANS_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: url.href,
        // Nothing is told and nothing heard here: no broker is asked.
        KAFKA_BROKERS: '127.0.0.1:1',
        SMTP_URL: smtp,
        PUBLIC_URL: SITE,
        MAIL_RATE: '10000',
      },
    });
    const database = service.app.get(Database, { strict: false });
    const wakening = service.app.get(Wakening, { strict: false });
    await database.query(
      `INSERT INTO contact (person_id, version, email, name, language)
       SELECT 'p' || n, 1, 'p' || n || '@example.kz', NULL, 'ru' FROM generate_series(1, ${MAILS}) n`,
    );
    const decided = JSON.parse(
      readFileSync('libs/contracts/examples/accreditations.application.decided.v2.json', 'utf8'),
    ) as { data: unknown };
    // Without what an officer wrote: asking the neighbour for it is the neighbour's figure.
    const queue = () =>
      database.query(
        `INSERT INTO delivery (id, fact, person_id, channel, template, class, priority, key, data, attachments, state, expires_at)
         SELECT gen_random_uuid(), 'bulk', 'p' || n, 'email', 'application-decided', 'accreditation', 70, 'a' || n, $1, 'none',
                'queued', clock_timestamp() + interval '1 day' FROM generate_series(1, ${MAILS}) n`,
        [JSON.stringify(decided.data)],
      );
    const drained = async () => {
      const open = `SELECT 1 FROM delivery WHERE state IN ('queued', 'in-flight', 'waiting-retry') LIMIT 1`;
      while ((await database.query(open)).length > 0) await wait(20);
    };
    const letter = writeLetter('application-decided', 'ru', decided.data, { link: SITE });
    const mail = { ...letter, from: 'Almaty Film Festival <tickets@festival.example>' };
    return {
      ours: async (): Promise<Sample> => {
        await database.query('TRUNCATE delivery, delivery_attempt, bounce, note');
        await queue();
        await database.query('ANALYZE delivery');
        const began = performance.now();
        const { cpuSeconds } = await withCpu(async () => {
          wakening.call();
          await drained();
        });
        return { value: MAILS / ((performance.now() - began) / 1_000), cpuSeconds, operations: MAILS };
      },
      control: async (): Promise<Sample> => {
        const { result: seconds, cpuSeconds } = await withCpu(() => mailAll(smtp, MAILS, mail));
        return { value: MAILS / seconds, cpuSeconds, operations: MAILS };
      },
      end: async () => {
        await service.stop();
        await drain.stop();
        await onServer(postgres, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
      },
    };
  },
};
