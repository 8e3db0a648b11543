import { Redis } from 'ioredis';
import { Client } from 'pg';
import { eventually } from './eventually.js';
import { testKafka } from './kafka.js';
import { ownServer } from './own-server.js';
import { emptyDatabase } from './postgres.js';
import { testRedis } from './redis.js';

jest.setTimeout(120_000);

describe('the servers of a test run', () => {
  it('give each suite its own database and drop it after', async () => {
    const one = await emptyDatabase('one');
    const two = await emptyDatabase('one');
    expect(one.url).not.toBe(two.url);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    expect(rows[0]?.server_version).toMatch(/^\d+\.\d+/);
    await client.end();
    await one.drop();
    await two.drop();
    await expect(new Client({ connectionString: one.url }).connect()).rejects.toMatchObject({ code: '3D000' });
  });

  it('give each suite its own logical Redis database', async () => {
    const [one, two] = await Promise.all([testRedis(), testRedis()]);
    const client = new Redis(one.url);
    const other = new Redis(two.url);
    await client.set('seat', 'A-1');
    await expect(other.get('seat')).resolves.toBeNull();
    await one.flush();
    await expect(client.get('seat')).resolves.toBeNull();
    await Promise.all([client.quit(), other.quit(), one.close(), two.close()]);
  });

  it('give each suite its own topics on a real broker', async () => {
    const kafka = await testKafka();
    const [name] = await kafka.createTopics(['tickets'], { partitions: 2, compacted: true });
    expect(name).toBe(kafka.topic('tickets'));
    const { topics } = await kafka.admin.fetchTopicMetadata({ topics: [name!] });
    expect(topics[0]?.partitions).toHaveLength(2);
    await kafka.close();
  });
});

describe('a private server', () => {
  it('can be killed and comes back at the same address with its data', async () => {
    const own = await ownServer('redis', { durable: true });
    const client = new Redis(own.address, { retryStrategy: () => 20, maxRetriesPerRequest: null });
    client.on('error', () => undefined);
    await client.set('kept', 'yes');
    await own.stop();
    await own.start();
    await eventually(async () => expect(await client.get('kept')).toBe('yes'));
    client.disconnect();
    await own.close();
  });
});
