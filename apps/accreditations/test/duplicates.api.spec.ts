import { randomUUID } from 'node:crypto';
import type { DuplicatePair } from '#libs/contracts';
import { type AccreditationsStage, CONSENT, EDITION, officer, openStage, PDF, person } from './accreditations-stage.js';

describe('two applications of one person', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const applied = async (name: string, outlet: string, more: Record<string, string> = {}) => {
    const who = person();
    const { id } = (await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' })).body;
    const fields = { name, outlet, medium: 'online', country: 'KZ', city: 'Алматы', ...more };
    await stage.call(who, 'PUT', `/applications/${id}`, { fields }, { 'If-Match': '"1"' });
    await stage.upload(who, id, 'commission-letter', PDF);
    expect((await stage.call(who, 'POST', `/applications/${id}/submit`, CONSENT)).body.state).toBe('submitted');
    return { id: id as string, who };
  };
  const pairs = async (by = officer, query = '') =>
    (await stage.call(by, 'GET', `/review/duplicates?edition=${EDITION}${query}`)).body.pairs as DuplicatePair[];
  const merge = (keep: string, drop: string) =>
    stage.call(officer, 'POST', '/review/duplicates/merge', { keep, drop, reason: 'One person' });

  it('are found across scripts, the likeliest first, and only while both are open', async () => {
    const tag = randomUUID();
    const cyrillic = await applied('Гүлнәр Сәрсенова', `Дала ${tag}`, { phone: '+7 701 000 11 22' });
    const latin = await applied('Sarsenova Gulnara', `Dala ${tag}`, { phone: '+7 701 000 11 22' });
    const stranger = await applied('Gulnar Sarsenova', `Other ${tag}`);
    const found = await pairs();
    const of = (one: { id: string }, other: { id: string }) =>
      found.findIndex(({ first, second }) => [first.id, second.id].sort().join() === [one.id, other.id].sort().join());
    expect(found[of(cyrillic, latin)]?.because).toEqual(['like-name', 'same-phone', 'same-outlet']);
    expect(of(cyrillic, latin)).toBeLessThan(of(cyrillic, stranger));
    expect(
      (await pairs(officer, `&application=${stranger.id}`)).every(({ first, second }) =>
        [first.id, second.id].includes(stranger.id),
      ),
    ).toBe(true);
    // A change of the name is seen at once.
    await stage.db.database.query(
      `UPDATE application SET fields = jsonb_set(fields, '{name}', '"Иван Петров"'), version = version + 1 WHERE id = $1`,
      [stranger.id],
    );
    expect(await pairs(officer, `&application=${stranger.id}`)).toEqual([]);
    await stage.call(latin.who, 'POST', `/applications/${latin.id}/withdraw`);
    expect(await pairs(officer, `&application=${cyrillic.id}`)).toEqual([]);
    const elsewhere = { ...officer, roles: ['accreditation-officer@other'] as never };
    expect(await pairs(elsewhere)).toEqual([]);
  });

  it('are merged once: one goes on, the other’s badge ends, and its history stays readable', async () => {
    const keep = await applied('Қайрат Бекмұхамбет', 'Qala');
    const drop = await applied('Kairat Bekmukhambet', 'Qala 2');
    for (const command of ['start', 'approve'])
      await stage.call(officer, 'POST', `/review/applications/${drop.id}/${command}`, {});
    const both = await Promise.all([merge(keep.id, drop.id), merge(keep.id, drop.id)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await merge(drop.id, keep.id)).body.code).toBe('not-mergeable');
    const { merged } = (await stage.call(officer, 'GET', `/review/applications/${keep.id}/merged`)).body;
    expect(merged.map(({ id }: { id: string }) => id)).toEqual([drop.id]);
    expect(merged[0].history.map(({ state }: { state: string }) => state)).toEqual([
      'draft',
      'submitted',
      'under-review',
      'approved',
      'withdrawn',
    ]);
    expect(merged[0].history.at(-1)).toMatchObject({ by: 'officer', reason: 'One person' });
    const [badge] = await stage.db.database.query<{ state: string; used: number }>(
      `SELECT state, (SELECT count(*) FROM quota_use WHERE application_id = $1)::int AS used FROM badge WHERE application_id = $1`,
      [drop.id],
    );
    expect(badge).toEqual({ state: 'revoked', used: 0 });
    expect((await stage.call(keep.who, 'GET', `/applications/${keep.id}`)).body.state).toBe('submitted');
  });

  it('are one person’s for sure by the individual number, which lies sealed', async () => {
    const volunteer = async (name: string) => {
      const who = person();
      const { id } = (await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'volunteer' }))
        .body;
      const fields = { name, citizen: 'yes', iin: '870314300007', languages: 'kk', phone: '+7 701 000 00 00' };
      const saved = await stage.call(who, 'PUT', `/applications/${id}`, { fields }, { 'If-Match': '"1"' });
      const handed = await stage.call(who, 'POST', `/applications/${id}/submit`, CONSENT);
      expect([handed.body.state, saved.body.problems]).toEqual(['submitted', []]);
      return id as string;
    };
    const [one, other] = [await volunteer('Дәурен Ахметов'), await volunteer('Dauren Akhmetov')];
    const [pair] = await pairs(officer, `&application=${one}`);
    expect([pair?.first.id, pair?.second.id].sort()).toEqual([one, other].sort());
    expect(pair?.because).toContain('same-identity-number');
    const { merged } = (await merge(one, other)).body;
    expect(merged[0].fields.iin).toBe('870314300007');
  });

  it('may be two people after all, and are not shown again', async () => {
    const one = await applied('Ерлан Жұмабаев', 'Alpha');
    const other = await applied('Yerlan Zhumabayev', 'Beta');
    expect(await pairs(officer, `&application=${one.id}`)).toHaveLength(1);
    const body = { first: one.id, second: other.id };
    expect((await stage.call(officer, 'POST', '/review/duplicates/dismiss', body)).status).toBe(200);
    expect(await pairs(officer, `&application=${one.id}`)).toEqual([]);
    expect((await stage.call(one.who, 'POST', '/review/duplicates/dismiss', body)).status).toBe(403);
    expect((await merge(one.id, one.id)).body.code).toBe('not-mergeable');
    expect((await merge(one.id, randomUUID())).status).toBe(404);
  });
});
