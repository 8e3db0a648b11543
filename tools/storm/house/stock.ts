import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';

export const EDITION = 'storm';
const NAME = { kk: 'Дауыл', ru: 'Шторм', en: 'Storm' };
const ROW = 20;
const MINUTE = 60_000;

/** A screening on sale as its buyers know it. */
export interface Sale {
  id: string;
  /** In the order of the plan. */
  seats: string[];
  /** Minor units, by seat. */
  price: number;
}

/** A house whose shelves are filled. */
export interface Stocked {
  at: { tickets: readonly string[] };
  onDatabase<T>(name: 'screenings' | 'tickets', work: (client: pg.Client) => Promise<T>): Promise<T>;
}

export interface SaleOptions {
  seats: number;
  /** Places that are counted for the public; all of them, uncounted, when absent. */
  counted?: number;
  /** The doors are open now. */
  open?: boolean;
}

interface Fact {
  type: string;
  aggregate: string;
  version: number;
  data: object;
}

/**
 * Puts screenings on sale: the facts go into the outbox of screenings as if its office had recorded them, and take the
 * ordinary way from there. Resolves when both instances of tickets show them on sale.
 */
export async function stock(house: Stocked, wanted: readonly SaleOptions[]): Promise<Sale[]> {
  const facts: Fact[] = [edition()];
  const sales = wanted.map((options) => {
    const id = `storm-${randomUUID().slice(0, 8)}`;
    const sale: Sale = { id, seats: seatIds(options.seats), price: 250_000 };
    facts.push(plan(sale), screening(sale, options, 1, 'on-sale'));
    return sale;
  });
  await record(house, facts);
  for (const sale of sales) for (const at of house.at.tickets) await shown(`${at}/screenings/${sale.id}/seats`);
  return sales;
}

/**
 * The programme office records the screenings again and again, in turn, with rising versions; one of these facts, when
 * wanted, is such that nobody can digest it. Answers that fact's id.
 */
export async function repeatScreening(
  house: Stocked,
  sales: readonly Sale[],
  wanted: { from: number; to: number; poison?: { sale: Sale; version: number } },
): Promise<string> {
  const poison = randomUUID();
  await house.onDatabase('screenings', async (db) => {
    for (let version = wanted.from; version <= wanted.to; version++) {
      const facts = sales.map((sale) => {
        const bad = sale === wanted.poison?.sale && version === wanted.poison.version;
        const fact = screening(sale, { seats: sale.seats.length }, version, 'on-sale');
        return { ...fact, fact: bad ? poison : randomUUID(), data: bad ? { screeningId: sale.id } : fact.data };
      });
      await db.query(
        `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data)
         SELECT (f->>'fact')::uuid, f->>'type', 'screenings', f->>'aggregate', (f->>'version')::int, f->'data'
           FROM jsonb_array_elements($1) WITH ORDINALITY AS t (f, n) ORDER BY n`,
        [JSON.stringify(facts)],
      );
    }
  });
  return poison;
}

/** A scanner at a gate of the edition; its token. */
export async function pairGate(house: Stocked): Promise<string> {
  const token = randomUUID();
  const hash = createHash('sha256').update(token).digest('base64url');
  await house.onDatabase('tickets', (db) =>
    db.query(
      `WITH made AS (INSERT INTO device (id, edition_id, name, gate, state) VALUES ($1, $2, 'storm', '1', 'paired') RETURNING id)
       INSERT INTO device_session (hash, device_id, expires_at) SELECT $3, id, clock_timestamp() + interval '1 day' FROM made`,
      [randomUUID(), EDITION, hash],
    ),
  );
  return token;
}

function record(house: Stocked, facts: readonly Fact[]): Promise<unknown> {
  return house.onDatabase('screenings', async (db) => {
    for (const { type, aggregate, version, data } of facts)
      await db.query(
        `INSERT INTO outbox (fact, type, topic, aggregate_id, version, data) VALUES (gen_random_uuid(), $1, 'screenings', $2, $3, $4)`,
        [type, aggregate, version, data],
      );
  });
}

async function shown(url: string): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(100)) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok && ((await answer.json()) as { onSale: boolean }).onSale) return;
  }
  throw new Error(`${url} does not show the screening on sale`);
}

function seatIds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${1 + Math.floor(n / ROW)}-${1 + (n % ROW)}`);
}

function edition(): Fact {
  const today = new Date().toISOString().slice(0, 10);
  return {
    type: 'screenings.edition.recorded.v1',
    aggregate: EDITION,
    version: 1,
    data: { editionId: EDITION, name: NAME, from: today, to: today, timezone: 'Asia/Almaty', offsetMs: 0 },
  };
}

function plan({ id, seats }: Sale): Fact {
  const rows = seats.map((seat, n) => {
    const [row = '', number = ''] = seat.split('-');
    return { id: seat, row, number, category: 'A', kind: 'seat', x: 30 * (n % ROW), y: 30 * Math.floor(n / ROW) };
  });
  return {
    type: 'screenings.seat-plan.recorded.v1',
    aggregate: `plan-${id}`,
    version: 1,
    data: { planId: `plan-${id}`, version: 1, hallId: 'storm', seats: rows },
  };
}

function screening(sale: Sale, options: SaleOptions, version: number, state: string): Fact {
  const start = Date.now() + (options.open ? 30 : 3 * 24 * 60) * MINUTE;
  const at = (minutes: number) => new Date(start + minutes * MINUTE).toISOString();
  const allocation = (name: string, classes: string[], capacity: number) => ({
    id: `${sale.id}/${name}`,
    classes,
    capacity,
    overflow: [],
  });
  const { counted } = options;
  return {
    type: 'screenings.screening.recorded.v1',
    aggregate: sale.id,
    version,
    data: {
      screeningId: sale.id,
      editionId: EDITION,
      title: NAME,
      sectionId: null,
      filmIds: [],
      startsAt: at(0),
      endsAt: at(120),
      doorsOpenAt: at(options.open ? -60 : -30),
      lateEntryUntil: at(15),
      timezone: 'Asia/Almaty',
      venue: { id: 'storm', name: NAME, address: 'Almaty' },
      hall: { id: 'storm', name: NAME },
      planId: `plan-${sale.id}`,
      planVersion: 1,
      ageRating: '12+',
      visibility: 'public',
      state,
      prices: [{ category: 'A', name: NAME, amount: sale.price, currency: 'KZT' }],
      allocations:
        counted === undefined
          ? []
          : [
              allocation('public', ['public', 'box-office'], counted),
              allocation('press', ['press'], sale.seats.length - counted),
            ],
    },
  };
}
