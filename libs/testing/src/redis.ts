import { Redis } from 'ioredis';
import { serverAddress } from './services.js';

export interface TestRedis {
  /** `redis://host:port/n`: a logical database that no other suite of the run uses. */
  url: string;
  /** Empties the logical database. */
  flush(): Promise<void>;
  /** Empties it and closes the connection of the helper. */
  close(): Promise<void>;
}

const LOGICAL_DATABASES = 1_023;

/** A logical database for one suite. Its number is drawn from a counter in database 0. */
export async function testRedis(): Promise<TestRedis> {
  const server = await serverAddress('redis');
  const counter = new Redis(server, { maxRetriesPerRequest: 2 });
  const number = ((await counter.incr('seans:test:suites')) % LOGICAL_DATABASES) + 1;
  await counter.quit();
  const url = `${server.replace(/\/\d*$/, '')}/${number}`;
  const client = new Redis(url);
  await client.flushdb();
  const flush = async () => void (await client.flushdb());
  return {
    url,
    flush,
    close: async () => {
      await flush();
      await client.quit();
    },
  };
}
