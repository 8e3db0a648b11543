import { randomUUID } from 'node:crypto';
import type { AccreditationFile } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { KeepNoLonger } from '../src/privacy/keep-no-longer.js';
import { type AccreditationsStage, admin, EDITION, officer, openStage } from './accreditations-stage.js';
import { playS3, type S3Double } from './s3-double.js';

jest.setTimeout(60_000);

const service = { kind: 'service' as const, id: 'tickets', roles: [] };

describe('forgetting goes down to the files and the copies', () => {
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
  afterEach(() => {
    s3.down = false;
  });
  afterAll(async () => {
    await stage?.close();
    await s3.close();
  });

  const approved = async (outlet: string) => {
    const made = await stage.submitted(outlet);
    await stage.call(officer, 'POST', `/review/applications/${made.id}/start`, {});
    const { body } = await stage.call(officer, 'POST', `/review/applications/${made.id}/approve`, {});
    return { ...made, badge: body.badge.id as string };
  };
  const erase = (id: string) => stage.tell({ type: 'people.tombstone', topic: 'people' }, id, 9, null);
  const left = async (id: string) => (await stage.call(service, 'GET', `/internal/people/${id}/traces`)).body.left;
  const paperOf = async (application: string) => {
    const [row] = await stage.db.database.query<{ id: string }>('SELECT id FROM evidence WHERE application_id = $1', [
      application,
    ]);
    return row!.id;
  };
  const inStore = (file: string) => [...s3.objects.keys()].some((key) => key.includes(file));

  it('is not told as done while the store is down, and is done by itself once it is back', async () => {
    const { id, who } = await approved('Store Down News');
    const paper = await paperOf(id);
    expect(inStore(paper)).toBe(true);
    s3.down = true;
    for (let times = 0; times < 2; times++) await erase(who.id);
    expect(await left(who.id)).toEqual([{ what: 'files', count: 1 }]);
    s3.down = false;
    await eventually(async () => expect(await left(who.id)).toEqual([]), 30_000);
    expect(inStore(paper)).toBe(false);
  });

  it('takes the PDF of a batch that is finished while its holder is erased', async () => {
    const { id, who, badge } = await approved('Meanwhile News');
    s3.down = true;
    const [batch, file] = [randomUUID(), randomUUID()];
    await stage.db.database.query(
      `INSERT INTO print_batch (id, edition_id, format, back, state, total, attempts, taken_until, ordered_by)
       VALUES ($1, $2, 'a6', true, 'drawing', 1, 1, clock_timestamp() + interval '1 hour', 'spec')`,
      [batch, EDITION],
    );
    await stage.db.database.query(
      `INSERT INTO badge_print (id, badge_id, edition_id, batch_id, format, state)
       VALUES ($1, $1, $2, $3, 'a6', 'queued')`,
      [badge, EDITION, batch],
    );
    let erased: Promise<void> | undefined;
    await stage.db.database.transaction(async (tx) => {
      await tx.query(
        `UPDATE print_batch SET state = 'ready', ready_at = now(), file_id = $2, bytes = 1 WHERE id = $1`,
        [batch, file],
      );
      erased = erase(who.id);
      await eventually(async () => {
        const waiting = await stage.db.database.query(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%WITH held AS%'
              AND datname = current_database()`,
        );
        expect(waiting).toHaveLength(1);
      });
    });
    await erased;
    expect(await left(who.id)).toEqual([{ what: 'files', count: 2 }]);
    const [row] = await stage.db.database.query('SELECT state, file_id FROM print_batch WHERE id = $1', [batch]);
    expect(row).toEqual({ state: 'ready', file_id: null });
    expect(await stage.db.database.query('SELECT 1 FROM file_removal WHERE file_id = $1', [file])).toHaveLength(1);
    expect(id).toBeDefined();
  });

  it('reaches what was copied of a field, and what a former category asked for', async () => {
    const file: AccreditationFile = structuredClone(stage.file);
    const press = file.categories.find((one) => one.id === 'press')!;
    Object.assign(press.form.find((field) => field.id === 'outlet')!, { keepDays: 10, sets: ['badge'] });
    press.keepDays = 100;
    expect((await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file)).status).toBeLessThan(300);
    const { id } = await approved('Trace Herald');
    const frozen = await stage.call(officer, 'POST', '/document-sets', {
      editionId: EDITION,
      kind: 'badge',
      applicationIds: [id],
    });
    expect(frozen.status).toBe(201);
    const paper = randomUUID();
    await stage.db.database.query(
      `INSERT INTO evidence (id, application_id, kind, file_name, type, bytes, sha256)
       VALUES ($1, $2, 'school-letter', 'x.pdf', 'application/pdf', 1, 'x')`,
      [paper, id],
    );
    await stage.db.database.query('UPDATE application SET held = $2 WHERE id = $1', [
      id,
      JSON.stringify({
        category: 'press',
        fields: { name: 'Айгүл Сәрсенова', outlet: 'Trace Herald', 'old-field': 'Former Words' },
        outletKey: 'trace herald',
        search: 'айгүл сәрсенова trace herald',
        searchKey: 'aigul sarsenova trace herald',
        country: 'KZ',
        reason: null,
      }),
    ]);
    const keep = stage.service.app.get(KeepNoLonger);
    const on = async (day: string, version: number) => {
      await stage.setFestivalTime(new Date(`${day}T06:00:00Z`), version);
      await keep.execute();
      const [row] = await stage.db.database.query<{ all: string; search: string; papers: string[] }>(
        `SELECT a.search, a::text || (SELECT string_agg(b::text, '') FROM badge b WHERE b.application_id = a.id)
                || (SELECT string_agg(r::text, '') FROM document_set_row r WHERE r.application_id = a.id) AS all,
                ARRAY (SELECT e.kind FROM evidence e WHERE e.application_id = a.id ORDER BY 1) AS papers
           FROM application a WHERE id = $1`,
        [id],
      );
      return row!;
    };
    const before = await on('2019-09-30', 60);
    expect(before.all).toContain('Trace Herald');
    const after = await on('2019-10-01', 61);
    expect(after.all).not.toMatch(/trace herald/i);
    expect(after.search).toBe('аигул сарсенова');
    expect([after.all.includes('Former Words'), after.papers]).toEqual([true, ['commission-letter', 'school-letter']]);
    const last = await on('2019-12-30', 62);
    expect([last.all.includes('Former Words'), last.papers]).toEqual([false, []]);
    expect(await keep.execute()).toBe(0);
  });
});
