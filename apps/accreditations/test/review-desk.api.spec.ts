import { randomUUID } from 'node:crypto';
import { DAY } from '#libs/kernel';
import type { Caller } from '#libs/service-defaults';
import {
  type AccreditationsStage,
  admin,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  person,
} from './accreditations-stage.js';

jest.setTimeout(60_000);

const another: Caller = { ...officer, id: '00000000-0000-7000-8000-00000000001f' };
const elsewhere: Caller = { ...officer, id: randomUUID(), roles: ['accreditation-officer@other-2020'] };
const notifications: Caller = { kind: 'service', id: 'notifications', roles: [] };

describe('what officers keep beside applications', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    stage.file.categories.push({ ...structuredClone(press), id: 'two-eyes', secondOpinion: true });
    await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}, by = officer) =>
    stage.call(by, 'POST', `/review/applications/${id}/${command}`, body);
  const put = (id: string, what: string, body: unknown, by = officer) =>
    stage.call(by, 'PUT', `/review/applications/${id}/${what}`, body);
  const ids = async (query: string, by = officer) => {
    const { body } = await stage.call(by, 'GET', `/review/applications?edition=${EDITION}&${query}`);
    return body.applications.map((row: { id: string }) => row.id);
  };

  it('an approval that two must agree to counts with the second officer, never with the same one twice', async () => {
    const { id, who } = await stage.submitted('Two Eyes Post', person(), 'two-eyes');
    await review(id, 'start');
    const first = await review(id, 'approve', { reason: 'well known' });
    expect(first.body).toMatchObject({
      state: 'under-review',
      opinionsNeeded: 2,
      opinions: [{ by: officer.id, reason: 'well known' }],
      badge: null,
    });
    expect((await review(id, 'approve')).body.state).toBe('under-review');
    const seen = (await stage.call(who, 'GET', `/applications/${id}`)).body;
    expect(JSON.stringify(seen)).not.toContain('well known');
    expect((await review(id, 'approve', {}, another)).body).toMatchObject({
      state: 'approved',
      badge: { state: 'live' },
    });
  });

  it('an opinion does not count for answers that came after it', async () => {
    const { id, who } = await stage.submitted('Second Thoughts', person(), 'two-eyes');
    await review(id, 'start');
    await review(id, 'approve');
    await review(id, 'request-information', { message: 'x' }, another);
    await stage.call(who, 'POST', `/applications/${id}/answer`, {});
    const again = await review(id, 'approve', {}, another);
    expect(again.body).toMatchObject({ state: 'under-review', opinions: [{ by: another.id }] });
  });

  it('somebody is to look at it: who begins, or who is named', async () => {
    const { id } = await stage.submitted('Assigned Post');
    expect((await put(id, 'reviewer', { reviewer: another.id })).body.reviewer).toBe(another.id);
    await review(id, 'start');
    expect(await ids('reviewer=me', another)).toContain(id);
    expect(await ids('reviewer=nobody')).not.toContain(id);
    expect((await put(id, 'reviewer', { reviewer: null })).body.reviewer).toBe(null);
    expect(await ids('reviewer=nobody')).toContain(id);
    const begun = await stage.submitted('Begun Post');
    expect((await review(begun.id, 'start')).body.reviewer).toBe(officer.id);
    const foreign = await put(id, 'reviewer', { reviewer: null }, elsewhere);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'application-unknown']);
  });

  it('notes and ticks are for officers alone', async () => {
    const { id, who } = await stage.submitted('Noted Post');
    const key = { 'Idempotency-Key': randomUUID() };
    const text = 'Айжан опубликовала три рецензии';
    for (let times = 0; times < 2; times++)
      await stage.call(officer, 'POST', `/review/applications/${id}/notes`, { text }, key);
    await put(id, 'checklist', { checked: { 'outlet-exists': true, 'same-name': false } });
    const ticked = await put(id, 'checklist', { checked: { 'same-name': true } }, another);
    expect(ticked.body).toMatchObject({
      notes: [{ by: officer.id, text }],
      checked: { 'outlet-exists': true, 'same-name': true },
    });
    const mine = await stage.call(who, 'GET', `/applications/${id}`);
    expect(JSON.stringify(mine.body)).not.toMatch(/рецензии|outlet-exists/);
  });

  it('a filter is kept for its officer', async () => {
    const id = randomUUID();
    const filter = { edition: EDITION, name: 'Radio from abroad', filter: { country: 'DE', search: 'radio' } };
    for (let times = 0; times < 2; times++) await stage.call(officer, 'PUT', `/review/filters/${id}`, filter);
    const list = (by: Caller) => stage.call(by, 'GET', `/review/filters?edition=${EDITION}`);
    expect((await list(officer)).body.filters).toEqual([{ id, ...filter }]);
    expect((await list(another)).body.filters).toEqual([]);
    expect((await stage.call(another, 'PUT', `/review/filters/${id}`, filter)).body.code).toBe('filter-unknown');
    expect((await stage.call(another, 'DELETE', `/review/filters/${id}`)).status).toBe(404);
    expect((await stage.call(officer, 'DELETE', `/review/filters/${id}`)).status).toBe(204);
    expect((await list(officer)).body.filters).toEqual([]);
  });

  it('the queue is narrowed by outlet, country, due date and a name in any script, page by page', async () => {
    const made = [];
    for (const outlet of ['Жұлдыз Пресс', 'Жулдыз пресс', 'Zhuldyz Press', 'Other'])
      made.push(await stage.submitted(outlet));
    const [kazakh, russian, latin, other] = made.map((one) => one.id);
    expect(await ids(`outlet=${encodeURIComponent('ЖҰЛДЫЗ ПРЕСС')}`)).toEqual([kazakh, russian]);
    for (const typed of ['zhuldyz', 'жұлдыз', 'Julduz', 'жулдыз айгул', 'Aigul zhuldyz'])
      expect([typed, await ids(`search=${encodeURIComponent(typed)}`)]).toEqual([
        typed,
        typed === 'Julduz' ? [] : [kazakh, russian, latin],
      ]);
    expect(await ids('country=DE')).toEqual([]);
    expect(await ids('country=KZ&limit=200')).toContain(other);
    const due = (days: number) => new Date(FESTIVAL_NOW.getTime() + days * DAY).toISOString();
    expect(await ids(`dueBefore=${due(4)}&limit=200`)).not.toContain(other);
    expect(await ids(`dueBefore=${due(6)}&limit=200`)).toContain(other);
    const all = await ids('limit=200');
    const paged: string[] = [];
    for (let after = ''; ; ) {
      const { body } = await stage.call(officer, 'GET', `/review/applications?edition=${EDITION}&limit=2${after}`);
      paged.push(...body.applications.map((row: { id: string }) => row.id));
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    expect(paged).toEqual(all);
  });

  it('the words of a step are for letters only, and each letter gets those of its own step', async () => {
    const { id, who } = await stage.submitted('Wordy Post');
    const { body: begun } = await review(id, 'start');
    const asked = await review(id, 'request-information', {
      message: 'Which pages?',
      dueAt: '2019-09-14T04:00:00.000Z',
    });
    const words = (version: number, by: Caller = notifications) =>
      stage.call(by, 'GET', `/internal/applications/${id}/words?version=${version}`);
    expect((await words(asked.body.version)).body).toEqual({
      message: 'Which pages?',
      link: expect.stringContaining('/accreditation'),
      dueAt: '2019-09-14T04:00:00.000Z',
    });
    await stage.call(who, 'POST', `/applications/${id}/answer`, { message: 'Culture' });
    const no = await review(id, 'reject', { reason: 'Not this year' });
    expect((await words(no.body.version)).body).toMatchObject({ reason: 'Not this year' });
    expect((await words(asked.body.version)).body).toEqual({ message: 'Which pages?', link: expect.any(String) });
    expect((await words(begun.version)).body).toEqual({ link: expect.any(String) });
    expect((await words(999)).status).toBe(404);
    expect((await words(begun.version, who)).status).toBe(403);
    const outbox = await stage.db.database.query('SELECT data::text AS data FROM outbox WHERE aggregate_id = $1', [id]);
    expect(JSON.stringify(outbox)).not.toMatch(/Which pages|Not this year|Айгүл/);
  });

  it('says how many of the papers that are asked for are there, whom it lacks, and in which language letters go', async () => {
    const { id } = await stage.submitted('Papers Weekly');
    const list = async (query: string) => {
      const { body } = await stage.call(officer, 'GET', `/review/applications?edition=${EDITION}&${query}`);
      return body.applications as { id: string; papers: { asked: number; given: number } }[];
    };
    const row = (await list('search=Papers')).find((one) => one.id === id);
    expect(row?.papers).toEqual({ asked: 1, given: 1 });
    expect((await list('papers=missing')).map((one) => one.id)).not.toContain(id);
    const { body } = await stage.call(officer, 'GET', `/review/applications/${id}`);
    expect(['kk', 'ru', 'en']).toContain(body.language);
    expect((await stage.call(officer, 'GET', `/review/applications?edition=${EDITION}&papers=all`)).status).toBe(422);
  });
});
