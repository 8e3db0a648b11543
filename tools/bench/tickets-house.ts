import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { migrateDatabase } from '#libs/persistence';
import { publicKeyOf, TokenSigner } from '#libs/service-defaults';
import { ticketsDatabase } from '../../apps/tickets/src/database.js';
import type { Servers } from './bench.js';

export const SEATS = 2_000;
export const SECRET = 'bench-token-secret';

export interface Child {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

export interface HouseOptions {
  /** Seats of each screening. */
  seats?: number;
  /** Two counted allocations instead of one share for everybody. */
  counted?: boolean;
  /** The doors are open now. */
  open?: boolean;
  env?: Record<string, string>;
}

/** The tickets service as its own process, with a database of its own full of screenings of 2,000 seats. */
export interface TicketsHouse {
  tickets: Child;
  database: string;
  screenings: string[];
  token(buyer: string): Promise<string>;
  end(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts a program of dist/ on a free port and waits until it answers. */
export async function startChild(args: string[], env: Record<string, string>, ready: string): Promise<Child> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env, PORT: String(port) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(50)) {
    if (child.exitCode !== null) throw new Error(`${args.at(-1)} ended with code ${child.exitCode}`);
    if (
      await fetch(`${url}${ready}`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
  }
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function onServer(server: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

export async function ticketsHouse(
  servers: Servers,
  screenings: number,
  options: HouseOptions = {},
): Promise<TicketsHouse> {
  const tag = randomBytes(4).toString('hex');
  const url = new URL(servers.postgres);
  url.pathname = `/bench_${tag}`;
  await onServer(servers.postgres, (client) => client.query(`CREATE DATABASE bench_${tag}`));
  await migrateDatabase(ticketsDatabase, url.href);
  const ids = Array.from({ length: screenings }, (_, n) => `bench-${tag}-${n}`);
  await onServer(url.href, (client) => stock(client, ids, options));
  const key = generateKeyPairSync('ed25519').privateKey;
  const signer = new TokenSigner('gateway', key);
  const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
  const tickets = await startChild(
    ['--import', './dist/libs/service-defaults/src/preload.js', 'dist/apps/tickets/src/main.js'],
    {
      SEANS_ENV: 'development',
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      DATABASE_URL: url.href,
      REDIS_URL: servers.redis,
      KAFKA_BROKERS: servers.kafka,
      KAFKA_TOPIC_PREFIX: `bench-${tag}-`,
      TOKEN_SECRET: SECRET,
      TRUSTED_KEYS: JSON.stringify({ keys: [jwk] }),
      ...options.env,
    },
    '/readyz',
  );
  return {
    tickets,
    database: url.href,
    screenings: ids,
    token: (buyer) => signer.forCaller({ kind: 'person', id: buyer, roles: [] }, 'tickets', 110),
    end: async () => {
      await tickets.stop();
      await onServer(servers.postgres, (client) => client.query(`DROP DATABASE IF EXISTS bench_${tag} WITH (FORCE)`));
    },
  };
}

async function stock(client: pg.Client, screenings: string[], options: HouseOptions): Promise<void> {
  const count = options.seats ?? SEATS;
  const start = options.open ? Date.now() + 1_800_000 : Date.parse('2030-09-16T13:00:00.000Z');
  const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
  const name = { kk: 'x', ru: 'x', en: 'x' };
  const seats = Array.from({ length: count }, (_, n) => ({
    id: `s${n}`,
    row: `${1 + Math.floor(n / 50)}`,
    number: `${1 + (n % 50)}`,
    category: 'A',
    kind: 'seat',
  }));
  await client.query(
    `INSERT INTO edition_copy (edition_id, version, name, date_from, date_to, timezone) VALUES ('bench', 1, $1, '2019-09-14', '2030-09-20', 'Asia/Almaty')`,
    [name],
  );
  await client.query(`INSERT INTO plan_copy (plan_id, plan_version, seats) VALUES ('plan', 1, $1)`, [
    JSON.stringify(seats),
  ]);
  for (const screeningId of screenings) {
    const data = {
      screeningId,
      editionId: 'bench',
      title: name,
      sectionId: null,
      filmIds: [],
      startsAt: at(0),
      endsAt: at(120),
      doorsOpenAt: at(-60),
      lateEntryUntil: at(90),
      timezone: 'Asia/Almaty',
      venue: { id: 'v', name, address: '' },
      hall: { id: 'h', name },
      planId: 'plan',
      planVersion: 1,
      ageRating: null,
      visibility: 'public',
      state: 'on-sale',
      prices: [{ category: 'A', name, amount: 0, currency: 'KZT' }],
      allocations: options.counted
        ? [
            { id: 'public', classes: ['public'], capacity: count - 1, overflow: [] },
            { id: 'press', classes: ['press'], capacity: 1, overflow: [] },
          ]
        : [],
    };
    await client.query(
      `INSERT INTO screening_copy (screening_id, edition_id, version, state, starts_at, ends_at, data)
       VALUES ($1, 'bench', 1, 'on-sale', $3, $4, $2)`,
      [screeningId, data, data.startsAt, data.endsAt],
    );
    await client.query(
      `INSERT INTO inventory (screening_id, edition_id, plan_id, plan_version, on_sale) VALUES ($1, 'bench', 'plan', 1, true)`,
      [screeningId],
    );
    for (const { id, capacity } of data.allocations)
      await client.query('INSERT INTO usage_limit (id, capacity) VALUES ($1, $2)', [`${screeningId}:${id}`, capacity]);
  }
}
