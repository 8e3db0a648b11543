import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccreditationsStage,
  admin,
  EDITION,
  officer,
  openStage,
  PDF,
  PNG,
  person,
} from './accreditations-stage.js';

jest.setTimeout(30_000);

describe('an application through the doors of accreditations', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const rowsIn = async (table: string) =>
    (await stage.db.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;

  describe('the categories', () => {
    it('are there for everybody, with form and papers', async () => {
      const { body } = await stage.call(undefined, 'GET', `/categories?edition=${EDITION}`);
      expect(body.categories.map((one: { id: string }) => one.id)).toContain('press');
      expect(body.categories[0].evidence[0]).toMatchObject({ kind: 'commission-letter', required: true });
    });

    it('imported a second time change nothing', async () => {
      const again = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
      expect(again.body.categories).toEqual({ added: 0, changed: 0, unchanged: stage.file.categories.length });
      expect(again.body.outlets).toEqual({ added: 0, changed: 0, unchanged: stage.file.outlets.length });
    });

    it('are refused whole, naming the row, when one row is wrong', async () => {
      const broken = structuredClone(stage.file);
      broken.categories[0]!.description.en = 'changed';
      broken.outlets[1]!.category = 'jury';
      broken.categories[3]!.id = 'press';
      const answer = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, broken);
      expect([answer.status, answer.body.code]).toEqual([422, 'categories-refused']);
      expect(answer.body.errors.map((e: { field: string }) => e.field)).toEqual([
        'categories/3/id',
        'outlets/1/category',
      ]);
      const { body } = await stage.call(undefined, 'GET', `/categories?edition=${EDITION}`);
      expect(body.categories[0].description.en).not.toBe('changed');
    });

    it('are an admin’s to load', async () => {
      const answer = await stage.call(officer, 'POST', `/editions/${EDITION}/categories`, stage.file);
      expect([answer.status, answer.body.code]).toEqual([403, 'role-needed']);
    });
  });

  describe('a draft', () => {
    it('is saved only over the version that its writer saw', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const put = (match: Record<string, string>) =>
        stage.call(who, 'PUT', `/applications/${body.id}`, { fields: { name: 'Дәурен' } }, match);
      expect((await put({})).body.code).toBe('precondition-needed');
      const saved = await put({ 'If-Match': '"1"' });
      expect([saved.status, saved.headers.get('etag'), saved.body.fields]).toEqual([200, '"2"', { name: 'Дәурен' }]);
      const late = await put({ 'If-Match': '"1"' });
      expect([late.status, late.body.code]).toEqual([412, 'changed-meanwhile']);
    });

    it('refuses fields that the form lacks and answers of the wrong kind, and keeps nothing', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const fields = { name: 'x'.repeat(81), medium: 'pigeon', vip: 'yes', site: 'javascript:alert(1)' };
      const answer = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((e: { field: string; code: string }) => `${e.field} ${e.code}`).sort()).toEqual([
        'fields/medium field-choice',
        'fields/name field-too-large',
        'fields/site field-format',
        'fields/vip field-unknown',
      ]);
      expect((await stage.call(who, 'GET', `/applications/${body.id}`)).body.fields).toEqual({});
    });

    it('is one per category and nobody else’s', async () => {
      const who = person();
      const first = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'jury' });
      const second = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'jury' });
      expect([second.status, second.body.code]).toEqual([409, 'application-already-open']);
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/submit'],
        ['POST', '/withdraw'],
      ] as const) {
        const foreign = await stage.call(person(), method, `/applications/${first.body.id}${path}`);
        expect([foreign.status, foreign.body.code]).toEqual([404, 'application-unknown']);
      }
      const desk = await stage.call(officer, 'GET', `/review/applications/${first.body.id}`);
      expect([desk.status, desk.body.code]).toEqual([404, 'application-unknown']);
    });

    it('handed in too early is told everything that is missing at once', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const answer = await stage.call(who, 'POST', `/applications/${body.id}/submit`);
      expect([answer.status, answer.body.code]).toEqual([422, 'application-incomplete']);
      expect(answer.body.errors.map((e: { field: string }) => e.field)).toEqual([
        'fields/name',
        'fields/outlet',
        'fields/medium',
        'fields/country',
        'fields/city',
        'evidence/commission-letter',
      ]);
    });
  });

  describe('a paper', () => {
    const draft = async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      return { who, id: body.id as string };
    };
    const files = () => readdirSync(stage.uploads, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());

    it.each([false, true])('is kept encrypted, whether the file comes first or not (%s)', async (fileFirst) => {
      const { who, id } = await draft();
      const before = files().length;
      const answer = await stage.upload(who, id, 'commission-letter', PDF, {
        fileFirst,
        fileName: '../../хат <1>.pdf',
      });
      expect([answer.status, answer.body.evidence]).toMatchObject([
        201,
        [{ kind: 'commission-letter', type: 'application/pdf', fileName: 'хат 1.pdf', bytes: PDF.length }],
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
      ['a kind that nobody asked for', 'passport', PDF, 422, 'evidence-kind-unknown'],
      [
        'a file over the cap',
        'portrait',
        Buffer.concat([PNG, Buffer.alloc(6 * 1024 * 1024)]),
        413,
        'evidence-too-large',
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

    it('sent twice with one key is one paper; one too many is refused; one can be taken back', async () => {
      const { who, id } = await draft();
      const key = randomUUID();
      await stage.upload(who, id, 'portrait', PNG, { key });
      const again = await stage.upload(who, id, 'portrait', PNG, { key });
      expect(again.body.evidence).toHaveLength(1);
      expect((await stage.upload(who, id, 'portrait', PNG)).body.code).toBe('evidence-too-many');
      const gone = await stage.call(who, 'DELETE', `/applications/${id}/evidence/${again.body.evidence[0].id}`);
      expect(gone.body.evidence).toEqual([]);
    });

    it('as a picture is kept without what hangs behind its end', async () => {
      const { who, id } = await draft();
      const answer = await stage.upload(who, id, 'portrait', Buffer.concat([PNG, Buffer.from('43.2N 76.9E')]));
      expect(answer.body.evidence).toMatchObject([{ type: 'image/png', bytes: PNG.length }]);
      const broken = await stage.upload(who, id, 'portrait', PNG.subarray(0, 40));
      expect([broken.status, broken.body.code]).toEqual([415, 'evidence-type-refused']);
    });

    it('is read by officers only, as a download, and that is written down', async () => {
      const { id, who } = await stage.submitted('Dala Review');
      const { body } = await stage.call(officer, 'GET', `/review/applications/${id}`);
      const path = `/review/evidence/${body.evidence[0].id}`;
      expect((await stage.call(who, 'GET', path)).status).toBe(403);
      const before = await rowsIn('audit');
      const paper = await stage.call(officer, 'GET', path);
      expect(paper.headers.get('content-disposition')).toMatch(/^attachment/);
      expect(Buffer.from(paper.body)).toEqual(PDF);
      expect(await rowsIn('audit')).toBe(before + 1);
    });

    it('is not taken without a form', async () => {
      const { who, id } = await draft();
      const answer = await stage.call(who, 'POST', `/applications/${id}/evidence`, { kind: 'portrait' });
      expect([answer.status, answer.body.code]).toEqual([400, 'upload-malformed']);
    });
  });
});
