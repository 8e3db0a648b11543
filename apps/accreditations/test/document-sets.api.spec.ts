import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccreditationsStage,
  CONSENT,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  PDF,
  person,
} from './accreditations-stage.js';

jest.setTimeout(60_000);

const day = (offset: number) => new Date(FESTIVAL_NOW.getTime() + offset * 86_400_000).toISOString().slice(0, 10);

describe('document sets', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  /** A foreign television crew's correspondent, approved. */
  const correspondent = async (outlet: string, more: Record<string, string> = {}, translation = 'true') => {
    const who = person();
    const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
    const fields = {
      name: 'Hélène Dupont',
      outlet,
      medium: 'tv',
      country: 'FR',
      city: 'Lyon',
      citizenship: 'FR',
      'passport-surname': 'DUPONT',
      'passport-given': 'HELENE MARIE',
      born: '1985-05-05',
      'passport-number': 'X1234567',
      'passport-expires': '2021-01-01',
      visa: 'yes',
      consulate: 'Paris',
      arrival: day(20),
      departure: day(30),
      equipment: JSON.stringify([
        { item: 'Camera FX9', serial: 'SN-001', value: 11_000 },
        { item: '=cmd', serial: 'SN-002', value: 2_000 },
      ]),
      crew: JSON.stringify([{ name: 'PIERRE MARTIN', job: 'camera' }]),
      ...more,
    };
    const saved = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
    expect(saved.status).toBe(200);
    await stage.upload(who, body.id, 'commission-letter', PDF, { told: { issuedOn: day(-5), translation } });
    await stage.upload(who, body.id, 'passport-copy', PDF);
    const submitted = await stage.call(who, 'POST', `/applications/${body.id}/submit`, CONSENT);
    if (submitted.status !== 200) throw new Error(JSON.stringify(submitted.body));
    await stage.call(officer, 'POST', `/review/applications/${body.id}/start`, {});
    const approved = await stage.call(officer, 'POST', `/review/applications/${body.id}/approve`, {});
    expect(approved.body.state).toBe('approved');
    return { id: body.id as string, who };
  };
  const preview = async (kind: string) =>
    (await stage.call(officer, 'GET', `/document-sets/preview?edition=${EDITION}&kind=${kind}`)).body;
  const freeze = (body: object, extra = {}) =>
    stage.call(officer, 'POST', '/document-sets', { editionId: EDITION, ...body }, extra);
  const file = async (id: string, query: string) => {
    const answer = await stage.call(officer, 'GET', `/document-sets/${id}/file?${query}`);
    expect(answer.status).toBe(200);
    return answer;
  };
  const of = (list: { applicationId: string }[], id: string) => list.find((one) => one.applicationId === id);

  it('come of one form: who is in which, with warnings, before anything goes out', async () => {
    const ready = await correspondent('Ready TV');
    const late = await correspondent('Late TV', { arrival: day(9), 'passport-expires': day(60) }, 'false');
    const noVisa = await correspondent('No Visa TV', { visa: 'no', consulate: '' });
    const home = await stage.submitted('Home Press');
    await stage.call(officer, 'POST', `/review/applications/${home.id}/start`, {});
    await stage.call(officer, 'POST', `/review/applications/${home.id}/approve`, {});

    const visa = await preview('visa');
    expect(visa.rules).toEqual({ visaLeadDays: 14, passportMonths: 6 });
    expect(of(visa.people, ready.id)).toMatchObject({ name: 'DUPONT HELENE MARIE', warnings: [], missing: [] });
    expect(
      (of(visa.people, late.id) as unknown as { warnings: { code: string }[] }).warnings.map((one) => one.code),
    ).toEqual(['visa-too-late', 'passport-ends-early', 'translation-missing']);
    expect([of(visa.people, noVisa.id), of(visa.people, home.id)]).toEqual([undefined, undefined]);
    const ministry = await preview('foreign-ministry');
    expect(of(ministry.people, noVisa.id)).toBeDefined();
    expect(of(ministry.people, home.id)).toBeUndefined();
    expect(of((await preview('badge')).people, home.id)).toMatchObject({ name: 'Айгүл Сәрсенова' });
  });

  it('are frozen: a change of the application is in the next set, and the digests hold', async () => {
    const { id, who } = await correspondent('Frozen TV');
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await freeze({ kind: 'foreign-ministry', applicationIds: [id] }, key);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ people: 1, warnings: 0, leftOut: [] });
    expect((await freeze({ kind: 'foreign-ministry', applicationIds: [id] }, key)).body).toEqual(first.body);
    const before = await file(first.body.id, 'format=xlsx&table=people&language=en');
    await stage.db.database.query(
      `UPDATE application SET fields = fields || '{"passport-number": "NEW9999"}' WHERE id = $1`,
      [id],
    );
    const again = await stage.call(officer, 'GET', `/document-sets/${first.body.id}`);
    expect(again.body).toEqual(first.body);
    expect(again.body.rows).toMatchObject([{ applicationId: id, name: 'DUPONT HELENE MARIE', intact: true }]);
    const second = await freeze({ kind: 'foreign-ministry', applicationIds: [id] });
    expect(second.body.sha256).not.toBe(first.body.sha256);
    expect(before.headers.get('content-disposition')).toContain('.xlsx');
    await expect(
      stage.db.database.query(`UPDATE document_set_row SET data = '{}' WHERE application_id = $1`, [id]),
    ).rejects.toThrow('frozen');
    await expect(
      stage.db.database.query('DELETE FROM document_set_row WHERE application_id = $1', [id]),
    ).rejects.toThrow('frozen');

    // Erased: what it says goes from every set, the digest stays and names nobody.
    for (let times = 0; times < 2; times++)
      await stage.tell({ type: 'people.tombstone', topic: 'people' }, who.id, 2, null);
    const erased = await stage.call(officer, 'GET', `/document-sets/${first.body.id}`);
    expect(erased.body.rows).toEqual([{ ...first.body.rows[0], name: null, warnings: [] }]);
    const [dump] = await stage.db.database.query<{ rows: string }>(
      `SELECT string_agg(r::text || s::text, '') AS rows FROM document_set_row r JOIN document_set s ON s.id = r.set_id
        WHERE r.application_id = $1`,
      [id],
    );
    expect(dump!.rows).not.toMatch(/DUPONT|X1234567|NEW9999|Frozen TV/);
  });

  it('say what was approved while a change is reviewed, with the papers of before it', async () => {
    const { id, who } = await correspondent('Steady TV');
    const frozen = async () => {
      const { body } = await freeze({ kind: 'foreign-ministry', applicationIds: [id] });
      const [row] = await stage.db.database.query<{ data: { values: Record<string, string>; papers: unknown[] } }>(
        'SELECT data FROM document_set_row WHERE set_id = $1',
        [body.id],
      );
      return row!.data;
    };
    const before = await frozen();
    expect(before.papers).toHaveLength(2);
    const { fields, version } = (await stage.call(who, 'GET', `/applications/${id}`)).body;
    const change = { fields: { ...fields, outlet: 'Other TV', 'passport-number': 'Y7654321', name: 'Somebody Else' } };
    const changed = await stage.call(who, 'POST', `/applications/${id}/change`, change, { 'If-Match': `"${version}"` });
    expect(changed.body.state).toBe('under-review');
    expect(await frozen()).toEqual(before);
    await stage.call(officer, 'POST', `/review/applications/${id}/request-information`, { message: 'Which one?' });
    const paper = await stage.upload(who, id, 'commission-letter', PDF, { told: { issuedOn: day(-1) } });
    expect([200, 201, 409]).toContain(paper.status);
    await stage.db.database.query(
      `INSERT INTO evidence (id, application_id, kind, file_name, type, bytes, sha256)
       SELECT gen_random_uuid(), application_id, kind, file_name, type, bytes, 'new' FROM evidence WHERE application_id = $1 LIMIT 1`,
      [id],
    );
    expect(await frozen()).toEqual(before);
  });

  it('are written as sheets of people, crew, equipment and papers, and as pages', async () => {
    const { id } = await correspondent('Sheets TV');
    const { body } = await freeze({ kind: 'foreign-ministry', applicationIds: [id] });
    for (const table of ['people', 'crew', 'equipment', 'papers']) {
      const sheet = await file(body.id, `format=xlsx&table=${table}&language=kk`);
      expect([sheet.headers.get('content-type'), sheet.body.slice(0, 2)]).toEqual([
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'PK',
      ]);
    }
    for (const language of ['kk', 'ru', 'en']) {
      const pdf = await file(body.id, `format=pdf&language=${language}`);
      expect(pdf.body.slice(0, 5)).toBe('%PDF-');
    }
    if (process.env.SEANS_PICTURES) {
      mkdirSync(process.env.SEANS_PICTURES, { recursive: true });
      const { SetFiles } = await import('../src/document-sets/set-files.js');
      const { DocumentSetsQueries } = await import('../src/document-sets/document-sets.queries.js');
      const { set, people } = await stage.service.app
        .get(DocumentSetsQueries, { strict: false })
        .forFile(body.id, officer);
      const pdf = await stage.service.app.get(SetFiles, { strict: false }).pdf(set, people, 'kk');
      writeFileSync(join(process.env.SEANS_PICTURES, 'set.pdf'), pdf);
    }
  });

  it('are the officers’ of their edition, and empty ones are not made', async () => {
    expect((await freeze({ kind: 'visa', applicationIds: [randomUUID()] })).body.code).toBe('document-set-empty');
    const { body } = await stage.call(officer, 'GET', `/document-sets?edition=${EDITION}`);
    expect(body.sets.length).toBeGreaterThan(2);
    const elsewhere = { ...officer, roles: ['accreditation-officer@other-2020'] };
    for (const path of ['', '/file?format=pdf'])
      expect((await stage.call(elsewhere, 'GET', `/document-sets/${body.sets[0].id}${path}`)).status).toBe(404);
    expect((await stage.call(elsewhere, 'GET', `/document-sets?edition=${EDITION}`)).status).toBe(403);
    expect((await stage.call(person(), 'GET', `/document-sets?edition=${EDITION}`)).status).toBe(403);
  });
});
