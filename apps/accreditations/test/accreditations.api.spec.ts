import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importAdmissionKey, readAdmissionCode } from '#libs/admission-code';
import { eventually } from '#libs/testing';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
import {
  type AccreditationsStage,
  admin,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  PDF,
  PNG,
  person,
} from './accreditations-stage.js';

const DAY = 86_400_000;

describe('accreditation through its doors', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}, extra = {}) =>
    stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body, extra);
  const judge = (badge: string, command: string, body: unknown = { reason: 'desk' }) =>
    stage.call(officer, 'POST', `/review/badges/${badge}/${command}`, body);
  const approved = async (outlet: string) => {
    const made = await stage.submitted(outlet);
    await review(made.id, 'start');
    const answer = await review(made.id, 'approve');
    return { ...made, answer, badge: answer.body.badge };
  };
  const told = (aggregate: string) =>
    stage.db.database.query<{ type: string; version: string; data: Record<string, unknown>; fact: string }>(
      'SELECT type, version, data, fact FROM outbox WHERE aggregate_id = $1 ORDER BY seq',
      [aggregate],
    );
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

  describe('a review', () => {
    it('asks for more, gets it and approves; the badge lives and is told', async () => {
      const { id, who } = await stage.submitted('Talgar Times');
      await review(id, 'start');
      const dueAt = new Date(FESTIVAL_NOW.getTime() + DAY).toISOString();
      expect((await review(id, 'request-information', { message: 'x', dueAt: '2019-09-01T00:00:00Z' })).body.code).toBe(
        'due-date-past',
      );
      const asked = await review(id, 'request-information', {
        message: 'Соңғы жарияланым керек',
        kind: 'clippings',
        dueAt,
      });
      expect(asked.body).toMatchObject({ state: 'information-requested', request: { kind: 'clippings', dueAt } });
      await stage.upload(who, id, 'clippings', PDF);
      const back = await stage.call(who, 'POST', `/applications/${id}/answer`, { message: 'Міне' });
      expect(back.body).toMatchObject({ state: 'under-review', request: null });
      const done = await review(id, 'approve', { reason: 'Қош келдіңіз' });
      expect(done.body).toMatchObject({ state: 'approved', badge: { state: 'live', atGates: true } });
      expect((await told(id)).map((row) => row.type.split('.').slice(1, 3).join('.'))).toEqual([
        'application.submitted',
        'application.information-requested',
        'application.decided',
      ]);
      const [issued] = await told(done.body.badge.id);
      expect(issued!.data).toMatchObject({
        accreditationId: id,
        personId: who.id,
        function: 'press',
        classes: ['press'],
      });
      const mine = await stage.call(who, 'GET', '/badges/mine');
      const { body: keys } = await stage.call(
        { kind: 'service', id: 'tickets', roles: [] },
        'GET',
        '/internal/badge-keys',
      );
      const code = await readAdmissionCode(
        mine.body.badges[0].admissionCode,
        new Map([[201, await importAdmissionKey(keys['201'])]]),
      );
      expect(code).toMatchObject({ outcome: 'ok', code: { kind: 'badge', serial: issued!.data.serial } });
      expect(JSON.stringify(await told(done.body.badge.id))).not.toContain(mine.body.badges[0].admissionCode);
      const pdf = await stage.call(who, 'GET', '/badges/mine/pdf');
      expect([pdf.status, pdf.headers.get('content-type'), pdf.body.slice(0, 5)]).toEqual([
        200,
        'application/pdf',
        '%PDF-',
      ]);
    });

    it('answers the same when a command is sent twice, and refuses one that the state does not allow', async () => {
      const { id } = await stage.submitted('Ile Press');
      const key = { 'Idempotency-Key': randomUUID() };
      const first = await review(id, 'start', {}, key);
      expect((await review(id, 'start', {}, key)).body).toEqual(first.body);
      const illegal = await review(id, 'start');
      expect([illegal.status, illegal.body.code, illegal.body.facts.state]).toEqual([
        409,
        'application-step-illegal',
        'under-review',
      ]);
      const rejected = await review(id, 'reject', { reason: 'Редакция хаты ескі' });
      expect(rejected.body).toMatchObject({ state: 'rejected', reason: 'Редакция хаты ескі', badge: null });
      expect((await review(id, 'approve')).status).toBe(409);
    });

    it('decides only what the officer saw, where the officer says what that was', async () => {
      const { id } = await stage.submitted('Zhetisu Weekly');
      const { version } = (await review(id, 'start')).body;
      const stale = await review(id, 'approve', {}, { 'If-Match': `"${version - 1}"` });
      expect([stale.status, stale.body.code]).toEqual([412, 'changed-meanwhile']);
      const fresh = await review(id, 'approve', {}, { 'If-Match': `"${version}"` });
      expect(fresh.body).toMatchObject({ state: 'approved', version: version + 1 });
    });

    it('finds applications by state and by a name in another script’s letters', async () => {
      const { id } = await stage.submitted('Шарын Хабар');
      const found = await stage.call(
        officer,
        'GET',
        `/review/applications?edition=${EDITION}&state=submitted&search=${encodeURIComponent('шарын айгул')}`,
      );
      expect(found.body.applications.map((row: { id: string }) => row.id)).toEqual([id]);
      expect(found.body.counts.submitted).toBeGreaterThan(0);
      const elsewhere = { ...officer, roles: ['accreditation-officer@other-2020'] };
      expect((await stage.call(elsewhere, 'GET', `/review/applications/${id}`)).status).toBe(404);
      expect((await stage.call(elsewhere, 'GET', '/review/applications')).body.applications).toEqual([]);
    });

    it('lets an application lapse when its due date passes in festival time', async () => {
      const { id, who } = await stage.submitted('Kolsai Post');
      await review(id, 'start');
      const dueAt = new Date(FESTIVAL_NOW.getTime() + 2 * DAY).toISOString();
      await review(id, 'request-information', { message: 'x', dueAt });
      const job = stage.service.app.get(LapseApplications, { strict: false });
      await job.round();
      expect((await stage.call(who, 'GET', `/applications/${id}`)).body.state).toBe('information-requested');
      await stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + 3 * DAY), 2);
      await job.round();
      expect((await stage.call(who, 'GET', `/applications/${id}`)).body.state).toBe('lapsed');
      await stage.setFestivalTime(FESTIVAL_NOW, 3);
    });
  });

  describe('a quota', () => {
    it('puts the fifth of four on the waiting list, whichever script the outlet is written in', async () => {
      const states: string[] = [];
      for (const outlet of ['Medeu Daily', 'MEDEU daily', 'medeu-daily', 'Medeu  Daily', 'Medeu Daily'])
        states.push((await approved(outlet)).answer.body.state);
      expect(states).toEqual(['approved', 'approved', 'approved', 'approved', 'waitlisted']);
    });

    it('refuses where its rule says so, and a withdrawn place can be given again', async () => {
      const first = await approved('Tau Film Weekly');
      await approved('Тау Фильм Уикли');
      const third = await stage.submitted('Tau Film Weekly');
      await review(third.id, 'start');
      const full = await review(third.id, 'approve');
      expect([full.status, full.body.code, full.body.facts]).toEqual([
        409,
        'quota-full',
        { of: 'outlet', outlet: 'Tau Film Weekly', capacity: 2 },
      ]);
      await stage.call(first.who, 'POST', `/applications/${first.id}/withdraw`);
      expect((await review(third.id, 'approve')).body.state).toBe('approved');
    });

    it('of four ends with four after 200 approvals at once', async () => {
      const made = [];
      for (let i = 0; i < 200; i += 20)
        made.push(...(await Promise.all(Array.from({ length: 20 }, () => stage.submitted('Race Herald')))));
      await Promise.all(made.map(({ id }) => review(id, 'start')));
      const answers = await Promise.all(made.map(({ id }) => review(id, 'approve')));
      const count = (state: string) => answers.filter((answer) => answer.body.state === state).length;
      expect([count('approved'), count('waitlisted')]).toEqual([4, 196]);
      const [quota] = await stage.db.database.query(`SELECT used, capacity FROM quota WHERE id LIKE '%/race herald'`);
      expect(quota).toEqual({ used: 4, capacity: 4 });
    }, 120_000);
  });

  describe('a badge', () => {
    it('revoked is told at once to the doors and by the outbox as one fact', async () => {
      const { badge } = await approved('Revoke Gazette');
      const answer = await judge(badge.id, 'revoke', { reason: 'misuse' });
      expect(answer.body).toMatchObject({ state: 'revoked', badge: { state: 'revoked', atGates: true } });
      const heard = stage.door.told.filter((one) => one.aggregate === badge.id);
      const outbox = (await told(badge.id)).at(-1)!;
      expect(heard).toHaveLength(1);
      expect(heard[0]).toMatchObject({ fact: outbox.fact, type: outbox.type, version: 2, data: outbox.data });
      expect((await judge(badge.id, 'suspend')).body.code).toBe('badge-step-illegal');
    });

    it('is not at the gates while tickets is down, and gets there when it is back', async () => {
      const { badge, id } = await approved('Downtime News');
      stage.door.up = false;
      const answer = await judge(badge.id, 'suspend');
      expect(answer.body).toMatchObject({ state: 'suspended', badge: { state: 'suspended', atGates: false } });
      stage.door.up = true;
      await eventually(async () => {
        const view = await stage.call(officer, 'GET', `/review/applications/${id}`);
        expect(view.body.badge.atGates).toBe(true);
      });
      const back = await judge(badge.id, 'reinstate', {});
      expect(back.body).toMatchObject({ state: 'approved', badge: { state: 'live' } });
      expect((await told(badge.id)).map((row) => [row.type.split('.')[2], row.version])).toEqual([
        ['issued', '1'],
        ['revoked', '2'],
        ['issued', '3'],
      ]);
    });

    it('reported lost is replaced by another serial; one lives', async () => {
      const { badge, who } = await approved('Lost Letters');
      const answer = await judge(badge.id, 'lost');
      expect(answer.body.badge.state).toBe('live');
      expect(answer.body.badge.shortCode).not.toBe(badge.shortCode);
      const mine = await stage.call(who, 'GET', '/badges/mine');
      expect(mine.body.badges.map((one: { id: string }) => one.id)).toEqual([answer.body.badge.id]);
      expect((await told(badge.id)).at(-1)!.data).toMatchObject({ state: 'reported_lost' });
    });

    it('has documents for a mail while it lives, for services only', async () => {
      const { badge, who } = await approved('Paper Trail');
      const path = `/internal/badges/${badge.id}/documents`;
      expect((await stage.call(who, 'GET', path)).status).toBe(403);
      const caller = { kind: 'service', id: 'notifications', roles: [] } as const;
      const documents = await stage.call(caller, 'GET', path);
      expect(Buffer.from(documents.body.pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
      await judge(badge.id, 'revoke');
      expect((await stage.call(caller, 'GET', path)).status).toBe(404);
    });
  });
});
