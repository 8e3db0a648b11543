import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditionRecorded, EventData, ScreeningRecorded, SeatPlanRecorded } from '#libs/contracts';
import { Hearing } from '#libs/messaging';
import { type Caller, openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import {
  EDITION,
  pairScanner,
  type TestDatabase,
  type TestKafka,
  type TestRedis,
  type TestScanner,
  testDatabase,
  testKafka,
  testRedis,
} from '#libs/testing';
import { type PaymentSandbox, startPaymentSandbox } from '../../../tools/payment-sandbox/payment-sandbox.js';
import { ticketsDatabase } from '../src/database.js';
import { ticketsService } from '../src/service.js';

// biome-ignore lint/suspicious/noExplicitAny: a spec reads answers of many shapes and asserts each field that it uses
type Loose = any;

const NAME = { kk: 'Өтірік', ru: 'Выдумка', en: 'Fiction' };

/** The service with its own database, Redis and payment sandbox; other services are played by events and tokens. */
export interface TicketsStage {
  service: RunningService;
  db: TestDatabase;
  redis: TestRedis;
  kafka: TestKafka;
  sandbox: PaymentSandbox;
  /** A screening on sale: rows A-C, ten seats each, zone A 2 500 ₸, B 1 000 ₸, C free. Festival time is machine time. */
  screening(changes?: Partial<EventData<typeof ScreeningRecorded>>): Promise<string>;
  tell(definition: { type: string; topic: string }, aggregate: string, version: number, data: unknown): Promise<void>;
  call(
    caller: Caller,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Loose }>;
  /** A gate device of the house manager's, paired, with a session. */
  scanner(manager: Caller, device?: object): Promise<TestScanner>;
  /** What the gateway would send along for this caller, for answers that are no JSON. */
  token(caller: Caller): Promise<string>;
  close(): Promise<void>;
}

export function planSeats(): EventData<typeof SeatPlanRecorded>['seats'] {
  return ['A', 'B', 'C'].flatMap((row) =>
    Array.from({ length: 10 }, (_, i) => ({
      id: `${row}-${i + 1}`,
      row,
      number: `${i + 1}`,
      category: row,
      kind: 'seat' as const,
    })),
  );
}

export async function openStage(settings: Record<string, string> = {}): Promise<TicketsStage> {
  const [db, redis, kafka] = await Promise.all([testDatabase('tickets', ticketsDatabase), testRedis(), testKafka()]);
  const folder = mkdtempSync(join(tmpdir(), 'seans-sandbox-'));
  const sandbox = await startPaymentSandbox({
    merchantId: '500001',
    secret: 'sandbox-secret',
    file: join(folder, 'payments.jsonl'),
    port: 0,
    slowMs: 200,
    retryMs: 200,
  });
  const gateway = generateKeyPairSync('ed25519').privateKey;
  const accreditations = generateKeyPairSync('ed25519').privateKey;
  const jwk = (key: typeof gateway, kid: string) => ({
    ...publicKeyOf(key).export({ format: 'jwk' }),
    kid,
    alg: 'EdDSA',
  });
  const env: Record<string, string> = {
    SEANS_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: db.url,
    REDIS_URL: redis.url,
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TOPIC_PREFIX: `${kafka.suffix}-`,
    FREEDOMPAY_URL: sandbox.url,
    STRIPE_URL: sandbox.url,
    FISCAL_URL: `${sandbox.url}/fiscal`,
    TERMINAL_URL: `${sandbox.url}/terminal`,
    TRUSTED_KEYS: JSON.stringify({ keys: [jwk(gateway, 'gateway-1'), jwk(accreditations, 'accreditations-1')] }),
    ...settings,
  };
  const port = await freePort();
  sandbox.stripe.webhookUrl = `http://127.0.0.1:${port}/payments/stripe/webhook`;
  const service = await openService(ticketsService, {
    env: { ...env, PORT: String(port), CALLBACK_URL: `http://127.0.0.1:${port}` },
  });
  const signers = {
    gateway: new TokenSigner('gateway', gateway),
    accreditations: new TokenSigner('accreditations', accreditations),
  };
  const hearing = service.app.get(Hearing);
  let counter = 0;

  const stage: TicketsStage = {
    service,
    db,
    redis,
    kafka,
    sandbox,
    async tell(definition, aggregate, version, data) {
      await hearing.hear(definition.topic as 'screenings', [
        { fact: randomUUID(), type: definition.type, aggregate, version, time: new Date().toISOString(), data },
      ]);
    },
    async screening(changes = {}) {
      const id = changes.screeningId ?? `screening-${++counter}`;
      const start = Date.now() + 86_400_000;
      const iso = (ms: number) => new Date(start + ms).toISOString();
      const data: EventData<typeof ScreeningRecorded> = {
        screeningId: id,
        editionId: EDITION,
        title: NAME,
        sectionId: null,
        filmIds: [],
        startsAt: iso(0),
        endsAt: iso(5_400_000),
        doorsOpenAt: iso(-1_800_000),
        lateEntryUntil: iso(900_000),
        timezone: 'Asia/Almaty',
        venue: { id: 'arman', name: NAME, address: '' },
        hall: { id: 'hall', name: NAME },
        planId: 'plan',
        planVersion: 1,
        ageRating: '16+',
        visibility: 'public',
        state: 'on-sale',
        prices: [
          { category: 'A', name: NAME, amount: 250_000, currency: 'KZT' },
          { category: 'B', name: NAME, amount: 100_000, currency: 'KZT' },
          { category: 'C', name: NAME, amount: 0, currency: 'KZT' },
        ],
        allocations: [],
        ...changes,
      };
      await stage.tell({ type: 'screenings.screening.recorded.v1', topic: 'screenings' }, id, counter + 1, data);
      return id;
    },
    async scanner(manager, device = {}) {
      const wanted = { editionId: EDITION, name: 'Gate', gate: '1', ...device };
      const { body } = await stage.call(manager, 'POST', '/door/devices', wanted);
      return pairScanner((path, sent) => stage.call(manager, 'POST', `/door${path}`, sent), body.pairingCode);
    },
    token: (caller) => signers.gateway.forCaller(caller, 'tickets'),
    async call(caller, method, path, body, key, headers) {
      const signer = caller.kind === 'service' ? signers.accreditations : signers.gateway;
      const answer = await fetch(`${service.url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${await signer.forCaller(caller, 'tickets')}`,
          ...(key && { 'Idempotency-Key': key }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : undefined };
    },
    async close() {
      await service.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
      await Promise.all([db.close(), redis.close(), kafka.close()]);
    },
  };
  const edition: EventData<typeof EditionRecorded> = {
    editionId: EDITION,
    name: NAME,
    from: '2019-09-14',
    to: '2030-09-20',
    timezone: 'Asia/Almaty',
    offsetMs: 0,
  };
  await stage.tell({ type: 'screenings.edition.recorded.v1', topic: 'screenings' }, EDITION, 1, edition);
  await stage.tell({ type: 'screenings.seat-plan.recorded.v1', topic: 'screenings' }, 'plan', 1, {
    planId: 'plan',
    version: 1,
    hallId: 'hall',
    seats: planSeats(),
  });
  return stage;
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
