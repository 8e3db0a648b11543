import Fastify from 'fastify';
import pg from 'pg';

/** P13's control: Fastify and the one query that a page of applications is, with the same rows. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 });
const PAGE = `SELECT id, edition_id, category, state, version, fields->>'name' AS name, fields->>'outlet' AS outlet, country,
  reviewer, submitted_at, due_at FROM application WHERE edition_id = $1 AND state <> 'draft'`;
const app = Fastify();
app.get('/readyz', () => ({}));
app.get<{ Querystring: { search?: string } }>('/applications', async ({ query: { search } }) => {
  const { rows } = search
    ? await pool.query({
        name: 'search',
        text: `${PAGE} AND strpos(search_key, $2) > 0 ORDER BY id LIMIT 50`,
        values: ['bench', search],
      })
    : await pool.query({ name: 'page', text: `${PAGE} ORDER BY id LIMIT 50`, values: ['bench'] });
  return { applications: rows };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.once('SIGTERM', () => process.exit(0));
