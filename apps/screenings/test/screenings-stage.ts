import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { newId } from '#libs/kernel';
import { openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { readProgrammeFolder } from '../../../tools/import/programme-files.js';
import { screeningsDatabase } from '../src/database.js';
import { screeningsService } from '../src/service.js';

// biome-ignore lint/suspicious/noExplicitAny: a spec reads answers of many shapes and asserts each field that it uses
type Loose = any;

export const EDITION_PATH = '/editions/almaty-2019';
const PERSON = '01900000-0000-7000-8000-000000000001';

export interface Answered {
  status: number;
  headers: Headers;
  body: Loose;
}

/** The service with its own database and the programme of 2019 loaded; it stands at 12 September 2019, 10:00. */
export class ScreeningsStage {
  private constructor(
    readonly db: TestDatabase,
    readonly service: RunningService,
    private readonly signer: TokenSigner,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<ScreeningsStage> {
    const db = await testDatabase('screenings', screeningsDatabase);
    const key = generateKeyPairSync('ed25519').privateKey;
    const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
    const service = await openService(screeningsService, {
      env: {
        SEANS_ENV: 'test',
        LOG_LEVEL: 'silent',
        DATABASE_URL: db.url,
        KAFKA_BROKERS: '127.0.0.1:1',
        TRUSTED_KEYS: JSON.stringify({ keys: [jwk] }),
        FESTIVAL_START: '2019-09-12T10:00',
        ...env,
      },
    });
    const stage = new ScreeningsStage(db, service, new TokenSigner('gateway', key));
    const files = readProgrammeFolder(join(__dirname, '../../../data/almaty-2019'));
    const loaded = await stage.ask('POST', `${EDITION_PATH}/import`, { body: { files } });
    if (loaded.status !== 200) throw new Error(JSON.stringify(loaded.body));
    return stage;
  }

  async ask(
    method: string,
    path: string,
    options: { roles?: string[] | null; service?: boolean; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answered> {
    const caller = options.service
      ? { kind: 'service' as const, id: 'gateway', roles: [] }
      : { kind: 'person' as const, id: PERSON, roles: options.roles ?? ['programmer'] };
    const response = await fetch(`${this.service.url}${path}`, {
      method,
      headers: {
        ...(options.roles === null
          ? {}
          : { Authorization: `Bearer ${await this.signer.forCaller(caller, 'screenings')}` }),
        ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' ? { 'Idempotency-Key': newId() } : {}),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  }

  /** What was told last of an aggregate. */
  async told(type: string, aggregate: string): Promise<Loose> {
    const [row] = await this.db.database.query<{ data: unknown }>(
      'SELECT data FROM outbox WHERE type = $1 AND aggregate_id = $2 ORDER BY version DESC LIMIT 1',
      [type, aggregate],
    );
    return row?.data;
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.db.close();
  }
}
