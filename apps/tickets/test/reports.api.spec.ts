import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };
const DANGEROUS = '=HYPERLINK("http://evil.example";"нажми")';

describe('reports', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const finance = castMember('finance', ['finance']);
  const admin = castMember('admin', ['admin']);
  let screening: string;

  beforeAll(async () => {
    stage = await openStage({ SELLER_VAT_PERCENT: '12' });
    const title = { kk: DANGEROUS, ru: DANGEROUS, en: DANGEROUS };
    screening = await stage.screening({
      title,
      filmIds: ['film-one', 'film-two'],
      allocations: [{ id: 'public', classes: ['public'], capacity: 12, overflow: [] }],
    });
    const held = await stage.call(
      aigul,
      'POST',
      '/holds',
      { screeningId: screening, seats: ['A-1', 'A-2'] },
      randomUUID(),
    );
    const body = { holds: [held.body.token], language: 'ru', consent: CONSENT };
    const order = (await stage.call(aigul, 'POST', '/orders', body, randomUUID())).body;
    const pages = [];
    for (const provider of ['freedompay', 'stripe'])
      pages.push((await stage.call(aigul, 'POST', `/orders/${order.id}/payments`, { provider })).body.redirectUrl);
    const state = async () => (await stage.call(aigul, 'GET', `/orders/${order.id}`)).body.state;
    for (const page of pages) {
      await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' });
      await eventually(async () => expect(await state()).toBe('paid'));
    }
    await eventually(async () => {
      const [row] = await stage.db.database.query<{ n: string }>(
        `SELECT count(*) AS n FROM refund WHERE state = 'refunded'`,
      );
      expect(row!.n).toBe('1');
    });
  });
  afterAll(() => stage.close());

  const file = async (name: string, query = '') => {
    const headers = { Authorization: `Bearer ${await token()}` };
    return fetch(`${stage.service.url}/editions/${EDITION}/reports/${name}${query}`, { headers });
  };
  const token = () => stage.token(finance);
  /** Rows of a report as objects by the columns' ids. */
  const rows = async (name: string, query = '') => {
    const { status, body } = await stage.call(finance, 'GET', `/editions/${EDITION}/reports/${name}${query}`);
    expect([status, body.report]).toEqual([200, name]);
    const ids = body.columns.map((column: { id: string }) => column.id);
    return body.rows.map((row: unknown[]) => Object.fromEntries(row.map((cell, i) => [ids[i], cell])));
  };

  it('tell sales line by line, and what was given back', async () => {
    expect(await rows('sales')).toMatchObject([
      { screening, row: 'A', seat: '1', amount: 250_000, list: 250_000, state: 'sold', channel: 'online' },
      { screening, row: 'A', seat: '2', amount: 250_000 },
    ]);
    expect(await rows('refunds')).toMatchObject([{ provider: 'stripe', amount: 500_000, state: 'refunded', kept: 0 }]);
    expect(await rows('sales', '?until=2001-01-01T00:00:00Z')).toEqual([]);
  });

  it('tell how full a hall is, what its allocations used and what codes gave', async () => {
    const [occupied] = await rows('occupancy');
    expect(occupied).toMatchObject({ screening, seats: 30, sold: 2, waiting: 0, booked: 0, free: 28, admitted: 0 });
    expect(await rows('allocations')).toMatchObject([{ allocation: 'public', capacity: 12, used: 2, left: 10 }]);
    expect(await rows('promo-codes')).toEqual([]);
  });

  it('settle each provider and day, and name gross and VAT for each film and kind of ticket', async () => {
    expect(await rows('settlement')).toMatchObject([
      { provider: 'freedompay', captured: 500_000, refunded: 0, net: 500_000 },
      { provider: 'stripe', captured: 500_000, refunded: 500_000, net: 0 },
    ]);
    expect(await rows('films')).toMatchObject([
      { film: 'film-one', kind: 'full', films: 2, tickets: 2, gross: 500_000, vat: 53_571, net: 446_429 },
      { film: 'film-two', tickets: 2, gross: 500_000 },
    ]);
  });

  it('make a dangerous title harmless in CSV, and in XLSX too', async () => {
    const csv = await file('sales', '?format=csv&language=kk');
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    const text = await csv.text();
    expect(text).toContain(`"'${DANGEROUS.replaceAll('"', '""')}"`);
    expect(text).not.toMatch(/(^|,|\n)"?=/);
    const xlsx = await file('sales', '?format=xlsx');
    const bytes = Buffer.from(await xlsx.arrayBuffer());
    expect([xlsx.headers.get('content-disposition'), bytes.subarray(0, 2).toString()]).toEqual([
      'attachment; filename="seans-sales.xlsx"',
      'PK',
    ]);
  });

  it('are of any length in bounded memory, and free their connection when the reader goes away', async () => {
    await stage.db.database.query(
      `INSERT INTO refund (order_id, attempt_id, amount, currency, reason, upto, state)
       SELECT a.order_id, a.id, 1, 'KZT', repeat('x', 300), 1, 'due' FROM payment_attempt a, generate_series(1, 120000)
        WHERE a.id = (SELECT id FROM payment_attempt WHERE provider = 'freedompay' LIMIT 1)`,
    );
    const kept = retained();
    const before = kept();
    let [bytes, seen] = [0, 0];
    const needed: number[] = [];
    for await (const chunk of (await file('refunds', '?format=csv')).body as unknown as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes - seen < 4_000_000) continue;
      seen = bytes;
      needed.push(kept() - before);
    }
    expect(bytes).toBeGreaterThan(40_000_000);
    // What is on its way, and the service's own jobs, take some now and then; what stays would be there at every look, and
    // more of it in the second half. Less than before is nothing.
    const half = Math.floor(needed.length / 2);
    const [first, second] = [Math.min(...needed.slice(0, half)), Math.min(...needed.slice(half))];
    expect(second).toBeLessThan(Math.max(first, 0) + 8_000_000);
    expect(Math.max(...needed)).toBeLessThan(bytes / 1.5);
    const leaving = new AbortController();
    const answer = await fetch(`${stage.service.url}/editions/${EDITION}/reports/refunds?format=xlsx`, {
      headers: { Authorization: `Bearer ${await token()}` },
      signal: leaving.signal,
    });
    await (answer.body as unknown as ReadableStream<Uint8Array>).getReader().read();
    leaving.abort();
    await eventually(async () => {
      const [row] = await stage.db.database.query<{ n: string }>(
        `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
      expect(row!.n).toBe('0');
    });
  }, 120_000);

  it('are for finance and admin, and none exists that is not named', async () => {
    const ask = (who: typeof aigul, name: string, edition = EDITION) =>
      stage.call(who, 'GET', `/editions/${edition}/reports/${name}`);
    expect((await ask(aigul, 'sales')).status).toBe(403);
    expect((await ask(admin, 'sales')).status).toBe(200);
    expect((await ask(finance, 'toString')).body.code).toBe('report-unknown');
    expect((await ask(finance, 'sales', 'another')).body.code).toBe('report-unknown');
  });
});

/** Bytes that are still needed after the garbage is collected. */
function retained(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return () => {
    collect();
    // Not `external`, which still counts buffers that the collector's own threads have yet to sweep.
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
}
