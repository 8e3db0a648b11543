import { Client } from 'pg';
import { MESSAGING_TABLES } from '#libs/messaging';
import { emptyDatabase } from '#libs/testing';
import { DeadLetterDesk, USAGE } from './deadletters.js';

jest.setTimeout(60_000);

describe('the desk for dead letters', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let client: Client;
  let said: string[];
  let desk: DeadLetterDesk;

  beforeAll(async () => {
    database = await emptyDatabase('deadletters');
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(MESSAGING_TABLES);
    await client.query(`
      INSERT INTO parked_key (consumer, topic, key) VALUES ('tickets', 'screenings', 's1');
      INSERT INTO dead_letter (consumer, topic, "partition", "offset", key, fact, type, event, reason, attempts)
      SELECT 'tickets', 'screenings', 0, n, 's1', 'f' || n, 'screenings.screening.recorded.v1', '{"version":1}', 'Error: broken', 3
        FROM generate_series(1, 2) n`);
  });
  beforeEach(() => {
    said = [];
    desk = new DeadLetterDesk({ tickets: database.url }, (line) => said.push(line));
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('says how it is used when it does not understand', async () => {
    expect(await desk.run([])).toBe(2);
    expect(await desk.run(['replay', 'nobody/1'])).toBe(2);
    expect(said).toEqual([USAGE, USAGE]);
  });

  it('lists, shows, asks for replay of a whole key, and drops', async () => {
    expect(await desk.run(['list'])).toBe(0);
    expect(said[0]).toBe('tickets/1  open  screenings.screening.recorded.v1  s1  Error: broken');
    await desk.run(['show', 'tickets/2']);
    expect(JSON.parse(said[2]!)).toMatchObject({ offset: '2', fact: 'f2', attempts: 3 });
    await desk.run(['replay', 'tickets/1']);
    expect(said[3]).toMatch(/^2 asked for/);
    expect(await desk.run(['drop', 'tickets/1'])).toBe(0);
    expect((await client.query('SELECT key FROM parked_key')).rowCount).toBe(1);
    expect(await desk.run(['drop', 'tickets/2'])).toBe(0);
    expect((await client.query('SELECT key FROM parked_key')).rowCount).toBe(0);
    expect((await client.query('SELECT fact FROM inbox ORDER BY 1')).rows).toEqual([{ fact: 'f1' }, { fact: 'f2' }]);
    said = [];
    await desk.run(['list']);
    expect(said).toEqual(['No dead letters.']);
  });
});
