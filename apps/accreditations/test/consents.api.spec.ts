import { type AccreditationsStage, admin, CONSENT, EDITION, openStage, PDF, person } from './accreditations-stage.js';

describe('the consent that an edition asks for', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const complete = async () => {
    const who = person();
    const { id } = (await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' })).body;
    const fields = { name: 'Айгүл', outlet: `Outlet ${id}`, medium: 'online', country: 'KZ', city: 'Алматы' };
    await stage.call(who, 'PUT', `/applications/${id}`, { fields, language: 'ru' }, { 'If-Match': '"1"' });
    await stage.upload(who, id, 'commission-letter', PDF);
    const submit = (body: object) => stage.call(who, 'POST', `/applications/${id}/submit`, body);
    return { id: id as string, who, submit };
  };
  const given = (id: string) =>
    stage.db.database.query<{ version: string; language: string; by: string }>(
      'SELECT version, language, given_by AS by FROM consent WHERE application_id = $1 ORDER BY at',
      [id],
    );
  const load = (file: object) => stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file);

  it('stands before the hand-in, with its text in three languages, and is recorded with it', async () => {
    const list = (await stage.call(undefined, 'GET', `/categories?edition=${EDITION}`)).body;
    expect(list.consent).toEqual(stage.file.consent);
    const { id, who, submit } = await complete();
    for (const body of [{}, { consent: { version: '2018' } }]) {
      const refused = await submit(body);
      expect([refused.status, refused.body.errors.map(({ code }: { code: string }) => code)]).toEqual([
        422,
        ['consent-missing'],
      ]);
    }
    expect(await given(id)).toEqual([]);
    expect((await submit(CONSENT)).body.state).toBe('submitted');
    expect(await given(id)).toEqual([{ version: '2019-07', language: 'ru', by: who.id }]);
  });

  it('gets another version with another text, and what was agreed to stays as it was', async () => {
    const before = await complete();
    await before.submit(CONSENT);
    const text = { kk: 'Жаңа', ru: 'Новый', en: 'New' };
    const same = await load({ ...stage.file, consent: { ...stage.file.consent, text } });
    expect([same.status, same.body.errors[0].code]).toEqual([422, 'row-consent-changed']);
    expect((await load({ ...stage.file, consent: { version: '2019-08', text } })).status).toBe(200);
    const { submit } = await complete();
    expect((await submit(CONSENT)).body.errors[0].code).toBe('consent-missing');
    expect((await submit({ consent: { version: '2019-08' } })).body.state).toBe('submitted');
    expect((await given(before.id)).map(({ version }) => version)).toEqual(['2019-07']);
    const { consent: _none, ...without } = stage.file;
    expect((await load(without)).status).toBe(200);
    expect((await (await complete()).submit({})).body.state).toBe('submitted');
  });
});
