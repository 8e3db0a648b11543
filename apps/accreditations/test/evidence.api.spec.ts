import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Idempotency } from '#libs/service-defaults';
import { SweepOrphans } from '../src/evidence/sweep-orphans.job.js';
import {
  type AccreditationsStage,
  EDITION,
  officer,
  openStage,
  PDF,
  person,
  portrait,
} from './accreditations-stage.js';
import { playS3, type S3Double } from './s3-double.js';

jest.setTimeout(30_000);

describe('a paper through the doors of accreditations', () => {
  let stage: AccreditationsStage;
  let face: Buffer;
  beforeAll(async () => {
    stage = await openStage();
    face = await portrait();
  }, 120_000);
  afterAll(() => stage?.close());

  const draft = async () => {
    const who = person();
    const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
    return { who, id: body.id as string };
  };
  const files = () => readdirSync(stage.uploads, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
  const audited = async () =>
    (
      await stage.db.database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM audit WHERE action = 'evidence.read'`,
      )
    )[0]!.n;

  it.each([false, true])('is kept encrypted, whether the file comes first or not (%s)', async (fileFirst) => {
    const { who, id } = await draft();
    const before = files().length;
    const answer = await stage.upload(who, id, 'commission-letter', PDF, {
      fileFirst,
      fileName: '../../хат <1>.pdf',
      told: { issuedOn: '2019-08-20', translation: 'true' },
    });
    expect([answer.status, answer.body.evidence]).toMatchObject([
      201,
      [
        {
          kind: 'commission-letter',
          type: 'application/pdf',
          fileName: 'хат 1.pdf',
          bytes: PDF.length,
          issuedOn: '2019-08-20',
          translation: true,
        },
      ],
    ]);
    expect(files().length).toBe(before + 1);
    for (const file of files()) {
      const stored = readFileSync(join(file.parentPath, file.name));
      expect(stored.includes(Buffer.from('%PDF'))).toBe(false);
    }
  });

  it.each([
    [
      'a text that calls itself a PDF',
      'commission-letter',
      Buffer.from('not a pdf at all'),
      415,
      'evidence-type-refused',
    ],
    ['an empty file', 'commission-letter', Buffer.alloc(0), 422, 'evidence-empty'],
    ['a PDF as a portrait', 'portrait', PDF, 415, 'evidence-type-refused'],
    ['a kind that nobody asked for', 'no-such-paper', PDF, 422, 'evidence-kind-unknown'],
    ['a file over the cap', 'portrait', Buffer.alloc(6 * 1024 * 1024, 'x'), 413, 'evidence-too-large'],
    [
      'a letter with a script behind it',
      'commission-letter',
      Buffer.concat([PDF, Buffer.from('<script>')]),
      415,
      'evidence-suspicious',
    ],
  ])('is refused and leaves nothing behind: %s', async (_name, kind, bytes, status, code) => {
    const { who, id } = await draft();
    const before = files().length;
    for (const fileFirst of [false, true]) {
      const answer = await stage.upload(who, id, kind, bytes, { fileFirst });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect(files().length).toBe(before);
    expect((await stage.call(who, 'GET', `/applications/${id}`)).body.evidence).toEqual([]);
  });

  it('with a date that is none, or a field that nobody knows, is not taken', async () => {
    const { who, id } = await draft();
    for (const told of [{ issuedOn: '2019-02-31' }, { issuedOn: 'May' }, { translation: 'yes' }, { path: '/etc' }]) {
      const answer = await stage.upload(who, id, 'commission-letter', PDF, {
        told: { ...told } as unknown as Record<string, string>,
      });
      expect([answer.status, answer.body.code]).toEqual([400, 'upload-malformed']);
    }
    const json = await stage.call(who, 'POST', `/applications/${id}/evidence`, { kind: 'portrait' });
    expect([json.status, json.body.code]).toEqual([400, 'upload-malformed']);
  });

  it('is still there when the answer to COMMIT is lost, and the same call finds it', async () => {
    const { who, id } = await draft();
    const key = randomUUID();
    const idempotency = stage.service.app.get(Idempotency, { strict: false });
    const once = idempotency.once.bind(idempotency);
    const lost = jest.spyOn(idempotency, 'once').mockImplementationOnce(async (call, work) => {
      await once(call, work);
      throw new Error('Connection terminated');
    });
    expect((await stage.upload(who, id, 'commission-letter', PDF, { key })).status).toBe(503);
    lost.mockRestore();
    const again = await stage.upload(who, id, 'commission-letter', PDF, { key });
    expect([again.status, again.body.evidence.length]).toEqual([201, 1]);
    expect(files().map((file) => file.name)).toContain(`${again.body.evidence[0].id}.bin`);
  });

  it('sent twice with one key is one paper; one too many is refused; one can be taken back', async () => {
    const { who, id } = await draft();
    const before = files().length;
    const key = randomUUID();
    await stage.upload(who, id, 'portrait', face, { key });
    const again = await stage.upload(who, id, 'portrait', face, { key });
    expect(again.body.evidence).toHaveLength(1);
    expect((await stage.upload(who, id, 'portrait', face)).body.code).toBe('evidence-too-many');
    expect(files().length).toBe(before + 1);
    const gone = await stage.call(who, 'DELETE', `/applications/${id}/evidence/${again.body.evidence[0].id}`);
    expect(gone.body.evidence).toEqual([]);
    expect(files().length).toBe(before);
  });

  it('sent to another’s application is sent to nobody', async () => {
    const { id } = await draft();
    const answer = await stage.upload(person(), id, 'portrait', face);
    expect([answer.status, answer.body.code]).toEqual([404, 'application-unknown']);
  });

  it('is read by the officer who asked for the link, as a download, for a minute, and that is written down', async () => {
    const { id, who } = await stage.submitted('Dala Review');
    const { body } = await stage.call(officer, 'GET', `/review/applications/${id}`);
    const path = `/review/evidence/${body.evidence[0].id}`;
    expect((await stage.call(who, 'POST', `${path}/links`)).status).toBe(403);
    const elsewhere = { ...officer, roles: ['accreditation-officer@other-2020'] };
    expect((await stage.call(elsewhere, 'POST', `${path}/links`)).status).toBe(404);
    const { body: link } = await stage.call(officer, 'POST', `${path}/links`);
    expect(Date.parse(link.until) - Date.now()).toBeLessThanOrEqual(60_000);
    const opened = link.url.replace('/api/accreditations', '');
    const before = await audited();
    const paper = await stage.call(officer, 'GET', opened);
    expect(Object.fromEntries(paper.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    expect(paper.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(Buffer.byteLength(paper.body)).toBeGreaterThan(0);
    expect(await audited()).toBe(before + 1);

    const colleague = { ...officer, id: randomUUID() };
    const late = opened.replace(/until=\d+/, `until=${Date.now() + 600_000}`);
    for (const [by, url] of [
      [colleague, opened],
      [officer, late],
    ] as const) {
      const answer = await stage.call(by, 'GET', url);
      expect([answer.status, answer.body.code]).toEqual([410, 'evidence-link-ended']);
    }
    expect((await stage.call(officer, 'GET', path)).status).toBe(422);
    expect(await audited()).toBe(before + 1);
  });

  it('whose row was lost is swept from the store, and no other', async () => {
    const { who, id } = await draft();
    const kept = await stage.upload(who, id, 'portrait', face);
    await stage.upload(who, id, 'commission-letter', PDF);
    const before = files().length;
    await stage.db.database.query(`DELETE FROM evidence WHERE id = $1`, [kept.body.evidence[0].id]);
    const job = stage.service.app.get(SweepOrphans, { strict: false });
    await job.round();
    expect(files().length).toBe(before);
    await job.round(-60_000);
    expect(files().length).toBe(before - 1);
  });
});

describe('papers of a service whose store is a bucket', () => {
  let s3: S3Double;
  let stage: AccreditationsStage;
  beforeAll(async () => {
    s3 = await playS3();
    stage = await openStage({
      UPLOADS_STORE: 's3',
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: s3.bucket,
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    });
  }, 120_000);
  afterAll(async () => {
    await stage?.close();
    await s3.close();
  });

  it('are kept there sealed and read from there; while it is down nothing is taken and nothing is left', async () => {
    const { id } = await stage.submitted('Bucket News');
    expect(s3.objects.size).toBe(1);
    const { body } = await stage.call(officer, 'GET', `/review/applications/${id}`);
    const { body: link } = await stage.call(officer, 'POST', `/review/evidence/${body.evidence[0].id}/links`);
    const paper = await stage.call(officer, 'GET', link.url.replace('/api/accreditations', ''));
    expect([paper.status, paper.body.slice(0, 8)]).toEqual([200, '%PDF-1.7']);
    const who = person();
    const draft = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
    s3.down = true;
    const answer = await stage.upload(who, draft.body.id, 'commission-letter', PDF);
    s3.down = false;
    expect([answer.status, answer.body.code]).toEqual([503, 'part-unavailable']);
    expect((await stage.call(who, 'GET', `/applications/${draft.body.id}`)).body.evidence).toEqual([]);
    expect(s3.objects.size).toBe(1);
    const waiting = readdirSync(stage.uploads, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    expect(waiting).toEqual([]);
    expect((await stage.upload(who, draft.body.id, 'commission-letter', PDF)).status).toBe(201);
  });
});
