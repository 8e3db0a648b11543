import Fastify from 'fastify';
import pg from 'pg';

/** P2's control: Fastify and one statement that writes an order, four claims, four tickets and an outbox row. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(`
  CREATE TABLE IF NOT EXISTS bare_order (id uuid PRIMARY KEY, total bigint NOT NULL, state text NOT NULL, made_at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE IF NOT EXISTS bare_claim (screening text, seat text, owner uuid NOT NULL, PRIMARY KEY (screening, seat));
  CREATE TABLE IF NOT EXISTS bare_ticket (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner uuid NOT NULL, serial text NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS bare_outbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data jsonb NOT NULL)`);
const SQL = `
  WITH o AS (INSERT INTO bare_order (id, total, state) VALUES ($1, 0, 'paid')),
       c AS (INSERT INTO bare_claim (screening, seat, owner) SELECT $2, s, $1 FROM unnest($3::text[]) AS s),
       t AS (INSERT INTO bare_ticket (owner, serial) SELECT $1, gen_random_uuid()::text FROM unnest($3::text[]) RETURNING id)
  INSERT INTO bare_outbox (data) VALUES ($4)`;
const app = Fastify();
app.get('/readyz', () => ({}));
app.post('/orders', async (request, reply) => {
  const { id, screening, seats } = request.body as { id: string; screening: string; seats: string[] };
  await pool.query({ name: 'purchase', text: SQL, values: [id, screening, seats, JSON.stringify({ id, seats })] });
  return reply.status(201).send({ id });
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
