import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

/** P5's control: Fastify sending the same bytes from memory. */
const map = readFileSync(process.env.MAP_FILE ?? '');
const app = Fastify();
app.get('/readyz', () => ({}));
app.get('/map', (_request, reply) => reply.type('application/json; charset=utf-8').send(map));
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
