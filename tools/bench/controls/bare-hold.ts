import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { HOLD } from '../../../apps/tickets/src/inventory/seats/seat-states.lua.js';

/** P1's control: Fastify, ioredis and the same script; no guard of any kind. */
const redis = new Redis(process.env.REDIS_URL ?? '');
const sha = (await redis.script('LOAD', HOLD)) as string;
await redis.set('bare:{bench}:epoch', 1);
const keys = ['epoch', 'seats', 'holds', 'buyers', 'expiry'].map((name) => `bare:{bench}:${name}`);
const app = Fastify();
app.get('/readyz', () => ({}));
app.post('/holds', async (request, reply) => {
  const { id, buyer, seats } = request.body as { id: string; buyer: string; seats: string[] };
  const answer = await redis.evalsha(sha, 5, ...keys, 1, id, buyer, 300_000, 'seats', ...seats);
  return reply.status(201).send({ answer });
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
