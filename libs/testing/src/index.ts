/**
 * Real servers for specs. Only specs may import this.
 *
 * ```ts
 * let db: TestDatabase;
 * beforeAll(async () => { db = await testDatabase('tickets', ticketsDatabase); });   // created, migrated, opened
 * afterAll(() => db.close());                                                        // closed and dropped
 * db.database.query(…); db.url;
 *
 * const redis = await testRedis();          // redis.url (a logical database of its own), redis.close() flushes it
 * const kafka = await testKafka();          // kafka.brokers, kafka.topic('tickets') → 'tickets-3f2a…', unique to the suite
 * await kafka.createTopics(['tickets'], { partitions: 3 });   // names are made unique; kafka.close() deletes them
 * const own = await ownServer('redis');     // a private server to kill: own.address, own.kill(), own.start(), own.close()
 * await eventually(async () => expect(await count()).toBe(1)); // wait for a fact, never sleep
 * ```
 *
 * Which servers: those of SEANS_TEST_POSTGRES, SEANS_TEST_REDIS, SEANS_TEST_KAFKA (`npm test` sets them), else
 * containers where a Docker engine answers within 2 s, else the local stack, started once for the whole Jest run at
 * the first question and ended with it. So a bare `npx jest path/x.spec.ts` works too. No Docker for `ownServer`.
 */
export * from './cast.js';
export * from './eventually.js';
export * from './kafka.js';
export * from './own-server.js';
export * from './postgres.js';
export * from './redis.js';
export * from './scanner.js';
export * from './services.js';
