import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { type Erasure, type HeldSeats, type Order, type PersonExport, TOPICS } from '#libs/contracts';
// Its client mends a timer of the Kafka library that newer Nodes complain about.
import '#libs/messaging';
import { apply } from './press.step.js';
import { CONSENT, type Stage } from './stage.js';
import { check, until } from './walk.js';

/** Tables of every database in which one of the words stands in any row. */
async function inDatabases(databases: Record<string, string>, words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [service, connectionString] of Object.entries(databases)) {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      const tables = await client.query<{ name: string }>(
        `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
      );
      for (const { name } of tables.rows) {
        const { rows } = await client.query(
          `SELECT 1 FROM ${name} t WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) w WHERE strpos(lower(t::text), lower(w)) > 0) LIMIT 1`,
          [words],
        );
        if (rows.length > 0) found.push(`${service}.${name}`);
      }
    } finally {
      await client.end();
    }
  }
  return found;
}

async function inRedis(url: string, words: readonly string[]): Promise<string[]> {
  const redis = new Redis(url);
  const found: string[] = [];
  try {
    for await (const keys of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>)
      for (const key of keys) {
        const dump = `${key} ${(await redis.dumpBuffer(key))?.toString('utf8') ?? ''}`;
        if (words.some((word) => dump.includes(word))) found.push(`redis ${key}`);
      }
  } finally {
    redis.disconnect();
  }
  return found;
}

/** Reads every topic from its start to where it ends now, keys, values and headers. */
async function onTopics(brokers: string, words: readonly string[]): Promise<string[]> {
  const kafka = new Kafka({ clientId: 'demo', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const prefix = process.env.KAFKA_TOPIC_PREFIX ?? '';
  const admin = kafka.admin();
  await admin.connect();
  const found = new Set<string>();
  try {
    for (const topic of TOPICS.map((name) => `${prefix}${name}`)) {
      const open = new Map(
        (await admin.fetchTopicOffsets(topic))
          .filter(({ low, high }) => BigInt(low) < BigInt(high))
          .map(({ partition, high }) => [partition, BigInt(high)]),
      );
      if (open.size === 0) continue;
      const groupId = `demo-reads-${topic}-${process.pid}`;
      const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await new Promise<void>((done, failed) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => failed(payload.error));
        consumer
          .run({
            autoCommit: false,
            eachBatch: async ({ batch }) => {
              for (const { key, value, headers } of batch.messages) {
                const text = `${key} ${value} ${JSON.stringify(headers)}`;
                if (words.some((word) => text.includes(word))) found.add(`topic ${topic}`);
              }
              if (BigInt(batch.lastOffset()) + 1n >= (open.get(batch.partition) ?? 0n)) open.delete(batch.partition);
              if (open.size === 0) done();
            },
          })
          .catch(failed);
      });
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => undefined);
    }
  } finally {
    await admin.disconnect();
  }
  return [...found];
}

async function paperOf(database: string, application: string): Promise<string> {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id::text FROM evidence WHERE application_id = $1', [
      application,
    ]);
    const id = rows[0]?.id ?? '';
    return join('.local/data/uploads', id.slice(-2), `${id}.bin`);
  } finally {
    await client.end();
  }
}

/** n. Somebody with an application, a badge and a ticket asks to be forgotten, and is found nowhere afterwards. */
export async function forgetStep(stage: Stage, screening: string, say: (line: string) => void): Promise<void> {
  const name = `Forgetme ${stage.tag.toUpperCase()} Plantedname`;
  const person = await apply(stage, name, `Daily ${stage.tag}`);
  const officer = await stage.signedIn('accreditation-officer');
  for (const act of ['start', 'approve'])
    check((await officer.post(`/accreditations/review/applications/${person.id}/${act}`)).status < 300, act);
  const note = { text: `A note about ${name}` };
  await officer.post(`/accreditations/review/applications/${person.id}/notes`, note);
  const [seat] = await stage.freeSeats(screening);
  const held = await person.browser.post<HeldSeats>('/tickets/holds', { screeningId: screening, seats: [seat] });
  const order = await person.browser.post<Order>('/tickets/orders', {
    holds: [held.body.token],
    language: 'en',
    consent: CONSENT,
  });
  check(order.status === 201, 'the person has an order too', order.body);
  await stage.mail(person.email, (mail) =>
    mail.attachments.some(({ contentType }) => contentType === 'application/pdf'),
  );

  const { run } = stage;
  const words = [person.email, person.email.split('@')[0]!, name, name.toLowerCase()];
  const everywhere = async () => [
    ...(await inDatabases(run.databases, words)),
    ...(await inRedis(run.redis, words)),
    ...(await onTopics(run.kafka, words)),
  ];
  const paper = await paperOf(run.databases.accreditations, person.id);
  const before = await everywhere();
  check(
    before.some((place) => place.startsWith('topic')) && before.includes('accreditations.application'),
    'the search finds what is there',
    before,
  );
  const shown = await person.browser.get<PersonExport>('/people/me/export');
  check(JSON.stringify(shown.body).includes(name), 'the person is shown everything', shown.status);

  const asked = await person.browser.post<Erasure>('/people/me/erasure', { confirm: true });
  check(asked.status === 202, 'the person asks to be forgotten', asked.body);
  const admin = await stage.signedIn('admin');
  const erasure = await until(
    'the erasure is verified in every part',
    async () => {
      const { body } = await admin.get<Erasure>(`/people/erasures/${asked.body.personId}`);
      return body.doneAt ? body : undefined;
    },
    90,
  );
  const after = await everywhere();
  check(after.length === 0, 'name and address stand in no table, no key of Redis and no topic', after);
  check(!existsSync(paper), 'the uploaded paper is gone', paper);
  say(`name and address were found in ${before.length} places (${before.join(', ')})`);
  say(`${erasure.parts.map(({ part }) => part).join(', ')}: verified; then found in 0 places, the paper deleted`);
}
