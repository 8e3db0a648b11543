import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { TOPICS, type Topic } from '#libs/contracts';

/**
 * `npm run replay -- SERVICE TOPIC`: the service hears a whole topic again, as after the loss of a copy. It must be
 * stopped: its group's position goes to the start, and its inbox forgets the facts of that topic. What its handlers
 * already know has an equal or higher version and is left alone; what is sent once is sent once (see docs/events.md).
 */
interface RunFile {
  kafka: string;
  databases: Record<string, string>;
}

async function replay(service: string, topic: Topic): Promise<string> {
  const file = join(process.cwd(), '.local', 'run.json');
  if (!existsSync(file)) throw new Error('Nothing runs here: the brokers and databases are found in .local/run.json.');
  const run = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  const database = run.databases[service];
  if (!database) throw new Error(`There is no service "${service}".`);
  const prefix = process.env.KAFKA_TOPIC_PREFIX ?? '';
  const admin = new Kafka({ clientId: 'replay', brokers: run.kafka.split(','), logLevel: logLevel.NOTHING }).admin();
  const client = new Client({ connectionString: database });
  await Promise.all([admin.connect(), client.connect()]);
  try {
    const groupId = `${prefix}${service}`;
    const [group] = (await admin.describeGroups([groupId])).groups;
    if (group && group.members.length > 0) throw new Error(`${service} still hears. Stop it first, then replay.`);
    const { rowCount } = await client.query('DELETE FROM inbox WHERE consumer = $1 AND topic = $2', [service, topic]);
    await admin.resetOffsets({ groupId, topic: `${prefix}${topic}`, earliest: true });
    return `${service} forgot ${rowCount} facts of ${topic} and hears the topic from its start when it starts again.`;
  } finally {
    await Promise.all([admin.disconnect(), client.end()]);
  }
}

const [service, topic] = process.argv.slice(2);
try {
  if (!service || !TOPICS.includes(topic as Topic))
    throw new Error(`npm run replay -- SERVICE TOPIC, where TOPIC is one of ${TOPICS.join(', ')}`);
  process.stdout.write(`${await replay(service, topic as Topic)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
