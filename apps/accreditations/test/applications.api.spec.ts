import {
  type AccreditationsStage,
  admin,
  CONSENT,
  EDITION,
  officer,
  openStage,
  person,
} from './accreditations-stage.js';

jest.setTimeout(30_000);

describe('an application through the doors of accreditations', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const problemsOf = (problems: { field: string; code: string }[]) => problems.map((one) => `${one.field} ${one.code}`);

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

    it('is kept as it was typed, right or wrong, and shows what stands against handing it in', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const fields = { name: ` ${'x'.repeat(81)}`, medium: 'pigeon', site: 'javascript:alert(1)', country: 'KZ' };
      const saved = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
      expect([saved.status, saved.body.fields]).toEqual([200, fields]);
      expect(problemsOf(saved.body.problems)).toEqual([
        'fields/name field-too-large',
        'fields/outlet field-missing',
        'fields/medium field-choice',
        'fields/city field-missing',
        'fields/site field-format',
        'evidence/commission-letter evidence-missing',
      ]);
      const early = await stage.call(who, 'POST', `/applications/${body.id}/submit`, CONSENT);
      expect([early.status, problemsOf(early.body.errors)]).toEqual([422, problemsOf(saved.body.problems)]);
    });

    it('keeps an individual number sealed, also a mistyped one, and gives it back as it was typed', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'volunteer' });
      const fields = { name: 'Дәурен', citizen: 'yes', iin: '870314 300 001' };
      const saved = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
      expect(saved.body.fields).toEqual(fields);
      expect(problemsOf(saved.body.problems)).toContain('fields/iin field-too-large');
      const dump = async () =>
        JSON.stringify(
          await stage.db.database.query('SELECT a::text AS a FROM application a WHERE id = $1', [body.id]),
        );
      expect(await dump()).not.toMatch(/870314/);
      expect(await dump()).toMatch(/sealed:/);
      expect((await stage.call(who, 'GET', `/applications/${body.id}`)).body.fields).toEqual(fields);
    });

    it('has no answers to questions that the form lacks, and keeps nothing of such a call', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const fields = { name: 'Дәурен', vip: 'yes' };
      const answer = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
      expect([answer.status, problemsOf(answer.body.errors)]).toEqual([422, ['fields/vip field-unknown']]);
      expect((await stage.call(who, 'GET', `/applications/${body.id}`)).body.fields).toEqual({});
    });

    it('asks by conditions: a crew from abroad brings passports and a list of its cameras', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const fields = { name: 'Aru Omar', outlet: 'Berlin Eins', medium: 'tv', country: 'DE', city: 'Berlin' };
      const saved = await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"1"' });
      const asked = problemsOf(saved.body.problems);
      expect(asked).toContain('fields/passport-number field-missing');
      expect(asked).toContain('fields/equipment field-missing');
      expect(asked).toContain('evidence/passport-copy evidence-missing');
      expect(asked).not.toContain('fields/consulate field-missing');
      const visa = await stage.call(
        who,
        'PUT',
        `/applications/${body.id}`,
        { fields: { ...fields, visa: 'yes' } },
        { 'If-Match': '"2"' },
      );
      expect(problemsOf(visa.body.problems)).toContain('fields/consulate field-missing');
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
        const sent = path === '/submit' ? CONSENT : undefined;
        const foreign = await stage.call(person(), method, `/applications/${first.body.id}${path}`, sent);
        expect([foreign.status, foreign.body.code]).toEqual([404, 'application-unknown']);
      }
      const desk = await stage.call(officer, 'GET', `/review/applications/${first.body.id}`);
      expect([desk.status, desk.body.code]).toEqual([404, 'application-unknown']);
    });

    it('handed in too early is told everything that is missing at once', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
      const answer = await stage.call(who, 'POST', `/applications/${body.id}/submit`, CONSENT);
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
});
