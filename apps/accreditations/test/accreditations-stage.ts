import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type {
  AccreditationFile,
  BadgeStateTold,
  DemandFee,
  EditionRecorded,
  EventData,
  FeeState,
  Topic,
} from '#libs/contracts';
import { Hearing } from '#libs/messaging';
import { type Caller, openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { EDITION, FESTIVAL_NOW, type TestDatabase, type TestKafka, testDatabase, testKafka } from '#libs/testing';
import { pdfBytes } from '../../../test/fixtures/uploads/pdf-bytes.js';
import { accreditationsDatabase } from '../src/database.js';
import { accreditationsService } from '../src/service.js';

export { EDITION, FESTIVAL_NOW };

/** What the demonstration's file asks applicants to agree to. */
export const CONSENT = { consent: { version: '2019-07' } };

export const PDF = pdfBytes();

export { portrait } from '../../../test/fixtures/uploads/parts.js';

export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a spec reads what the wire says, whatever it is
  body: any;
}

/** Tickets, played: takes what it is told about badges and fees, or is down. */
export interface PlayedDoor {
  told: BadgeStateTold[];
  /** Fees by application, as they were asked for last; what `DELETE` answers is up to the spec. */
  fees: Map<string, { body: DemandFee; state: FeeState['state'] }>;
  up: boolean;
}

/** The service with its own database, broker prefix and uploads; gateway, screenings and tickets are played. */
export interface AccreditationsStage {
  service: RunningService;
  db: TestDatabase;
  door: PlayedDoor;
  uploads: string;
  file: AccreditationFile;
  tell(definition: { type: string; topic: string }, aggregate: string, version: number, data: unknown): Promise<void>;
  call(
    caller: Caller | undefined,
    method: string,
    path: string,
    body?: unknown,
    extra?: Record<string, string>,
  ): Promise<Answered>;
  upload(caller: Caller, application: string, kind: string, bytes: Buffer, options?: UploadOptions): Promise<Answered>;
  /** A press application with its letter, handed in by somebody new. */
  submitted(outlet: string, who?: Caller, category?: string): Promise<{ id: string; who: Caller }>;
  setFestivalTime(now: Date, version: number): Promise<void>;
  close(): Promise<void>;
}

interface UploadOptions {
  fileName?: string;
  fileFirst?: boolean;
  key?: string;
  /** Further fields of the form. */
  told?: Record<string, string>;
  /** Where it is sent to, when not to the application. */
  path?: string;
}

export const person = (id: string = randomUUID()): Caller => ({ kind: 'person', id, roles: [] });
export const officer: Caller = {
  kind: 'person',
  id: '00000000-0000-7000-8000-00000000000f',
  roles: ['accreditation-officer'],
};
export const admin: Caller = { kind: 'person', id: '00000000-0000-7000-8000-00000000000a', roles: ['admin'] };

async function playDoor(): Promise<{ server: Server; url: string; door: PlayedDoor }> {
  const door: PlayedDoor = { told: [], fees: new Map(), up: true };
  const fee = (method: string | undefined, path: string, text: string): FeeState | undefined => {
    if (method === 'POST') {
      const body = JSON.parse(text) as DemandFee;
      const before = door.fees.get(body.applicationId);
      if (before && (before.state === 'paid' || body.round <= before.body.round)) return { state: before.state };
      door.fees.set(body.applicationId, { body, state: 'due' });
      return { state: 'due' };
    }
    const [application, manner] = (path.split('/').at(-1) ?? '').split('?');
    const known = door.fees.get(application ?? '');
    const asked = new URLSearchParams(manner);
    if (known && known.body.round > Number(asked.get('round'))) return { state: known.state };
    if (known && (known.state === 'due' || asked.get('paid') === 'return')) known.state = 'withdrawn';
    return known && { state: known.state };
  };
  const server = createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const fees = request.url?.startsWith('/internal/accreditation-fees');
      const answer = door.up && fees ? fee(request.method, request.url ?? '', text) : {};
      if (door.up && !fees) door.told.push(JSON.parse(text) as BadgeStateTold);
      const status = door.up ? (answer ? 200 : 404) : 503;
      reply.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { server, door, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

function jwk(key: KeyObject, kid: string) {
  return { ...publicKeyOf(key).export({ format: 'jwk' }), kid, alg: 'EdDSA' };
}

/** @param env settings beside the usual ones */
export async function openStage(env: Record<string, string> = {}): Promise<AccreditationsStage> {
  const [db, kafka, played] = await Promise.all([
    testDatabase('accreditations', accreditationsDatabase),
    testKafka() as Promise<TestKafka>,
    playDoor(),
  ]);
  const uploads = mkdtempSync(join(tmpdir(), 'seans-uploads-'));
  const gateway = generateKeyPairSync('ed25519').privateKey;
  const tickets = generateKeyPairSync('ed25519').privateKey;
  const service = await openService(accreditationsService, {
    env: {
      SEANS_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: db.url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: `${kafka.suffix}-`,
      TICKETS_URL: played.url,
      UPLOADS_DIR: uploads,
      TELL_GATES_MS: '50',
      TRUSTED_KEYS: JSON.stringify({ keys: [jwk(gateway, 'gateway-1'), jwk(tickets, 'tickets-1')] }),
      ...env,
    },
  });
  const signers = { person: new TokenSigner('gateway', gateway), service: new TokenSigner('tickets', tickets) };
  const token = (caller: Caller) =>
    signers[caller.kind === 'service' ? 'service' : 'person'].forCaller(caller, 'accreditations');
  const file = JSON.parse(readFileSync(resolve(`data/${EDITION}/accreditation.json`), 'utf8')) as AccreditationFile;

  const stage: AccreditationsStage = {
    service,
    db,
    door: played.door,
    uploads,
    file,
    async tell(definition, aggregate, version, data) {
      const time = new Date().toISOString();
      await service.app
        .get(Hearing)
        .hear(definition.topic as Topic, [
          { fact: randomUUID(), type: definition.type, aggregate, version, time, data },
        ]);
    },
    async call(caller, method, path, body, extra = {}) {
      const answer = await fetch(`${service.url}${path}`, {
        method,
        headers: {
          ...(caller && { Authorization: `Bearer ${await token(caller)}` }),
          ...(method === 'POST' && { 'Idempotency-Key': randomUUID() }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...extra,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return read(answer);
    },
    async upload(
      caller,
      application,
      kind,
      bytes,
      {
        fileName = 'хат.pdf',
        fileFirst = false,
        key = randomUUID(),
        told = {},
        path = `/applications/${application}/evidence`,
      } = {},
    ) {
      const form = new FormData();
      if (!fileFirst) form.set('kind', kind);
      form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
      if (fileFirst) form.set('kind', kind);
      for (const [name, value] of Object.entries(told)) form.set(name, value);
      const answer = await fetch(`${service.url}${path}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await token(caller)}`, 'Idempotency-Key': key },
        body: form,
      });
      return read(answer);
    },
    async submitted(outlet, who = person(), category = 'press') {
      const started = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category });
      const { id } = started.body;
      const fields = { name: 'Айгүл Сәрсенова', outlet, medium: 'online', country: 'KZ', city: 'Алматы' };
      await stage.call(who, 'PUT', `/applications/${id}`, { fields }, { 'If-Match': '"1"' });
      await stage.upload(who, id, 'commission-letter', PDF);
      const submitted = await stage.call(who, 'POST', `/applications/${id}/submit`, CONSENT);
      if (submitted.status !== 200) throw new Error(JSON.stringify(submitted.body));
      return { id, who };
    },
    async setFestivalTime(now, version) {
      const data = { editionId: EDITION, offsetMs: now.getTime() - Date.now() };
      await stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, version, data);
    },
    async close() {
      await service.stop();
      played.server.close();
      rmSync(uploads, { recursive: true, force: true });
      await Promise.all([db.close(), kafka.close()]);
    },
  };
  const edition: EventData<typeof EditionRecorded> = {
    editionId: EDITION,
    name: { kk: 'II Алматы кинофестивалі', ru: 'II Алматинский кинофестиваль', en: 'II Almaty Film Festival' },
    from: '2019-09-14',
    to: '2019-09-20',
    timezone: 'Asia/Almaty',
    offsetMs: FESTIVAL_NOW.getTime() - Date.now(),
  };
  await stage.tell({ type: 'screenings.edition.recorded.v1', topic: 'screenings' }, EDITION, 1, edition);
  const loaded = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file);
  if (loaded.status !== 200) throw new Error(JSON.stringify(loaded.body));
  return stage;
}

async function read(answer: Response): Promise<Answered> {
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, headers: answer.headers, body: json && text ? JSON.parse(text) : text };
}
