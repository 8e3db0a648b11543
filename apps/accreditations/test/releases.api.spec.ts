import { randomUUID } from 'node:crypto';
import type { PreparedDecision } from '#libs/contracts';
import { HOUR } from '#libs/kernel';
import type { Caller } from '#libs/service-defaults';
import { ReleaseDue } from '../src/releases/release-due.job.js';
import {
  type AccreditationsStage,
  admin,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  person,
} from './accreditations-stage.js';

jest.setTimeout(120_000);

const another: Caller = { ...officer, id: '00000000-0000-7000-8000-00000000001f' };
const elsewhere: Caller = { ...officer, id: randomUUID(), roles: ['accreditation-officer@other-2020'] };

describe('decisions prepared now and released as one act', () => {
  let stage: AccreditationsStage;
  let clock = 10;
  let n = 0;
  beforeAll(async () => {
    stage = await openStage();
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    stage.file.categories.push(
      { ...structuredClone(press), id: 'press-paid', fee: { amount: 500_000, currency: 'KZT' } },
      { ...structuredClone(press), id: 'two-eyes', secondOpinion: true, quotas: [] },
      { ...structuredClone(press), id: 'narrow', quotas: [{ of: 'category', capacity: 1, whenFull: 'waitlist' }] },
      { ...structuredClone(press), id: 'wide', quotas: [{ of: 'category', capacity: 100_000, whenFull: 'refuse' }] },
    );
    await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}, by = officer) =>
    stage.call(by, 'POST', `/review/applications/${id}/${command}`, body);
  const started = async (category = 'press', who = person()) => {
    const made = await stage.submitted(`Release ${++n}`, who, category);
    await review(made.id, 'start');
    return made;
  };
  const open = async (releaseAt?: Date) => {
    const body = { edition: EDITION, name: 'First round', ...(releaseAt && { releaseAt: releaseAt.toISOString() }) };
    return (await stage.call(officer, 'POST', '/releases', body)).body.id as string;
  };
  const prepare = async (
    release: string,
    decisions: { applicationId: string; decision: PreparedDecision; reason?: string; override?: boolean }[],
    by = officer,
  ) => (await stage.call(by, 'POST', `/releases/${release}/decisions`, { decisions })).body;
  const act = (release: string, what: string, body: unknown = {}) =>
    stage.call(officer, 'POST', `/releases/${release}/${what}`, body);
  const seen = async ({ id, who }: { id: string; who: Caller }) =>
    (await stage.call(who, 'GET', `/applications/${id}`)).body;
  const told = async (id: string) =>
    (
      await stage.db.database.query<{ data: { decision?: string; bulk?: boolean; until?: string | null } }>(
        `SELECT data FROM outbox WHERE aggregate_id = $1 AND type LIKE '%decided%' ORDER BY seq`,
        [id],
      )
    ).map((row) => row.data);
  const used = async (counter: string) =>
    (
      await stage.db.database.query<{ used: number }>('SELECT used FROM quota WHERE id = $1', [`${EDITION}/${counter}`])
    )[0]?.used ?? 0;

  it('are unseen by their applicants until they all go at once, with badges, fees and facts', async () => {
    const [yes, no, later, fee] = [await started(), await started(), await started(), await started('press-paid')];
    const release = await open();
    const before = await Promise.all([yes, no, later, fee].map(seen));
    const prepared = await prepare(release, [
      { applicationId: yes.id, decision: 'approve', reason: 'Welcome' },
      { applicationId: no.id, decision: 'reject', reason: 'Not this year' },
      { applicationId: later.id, decision: 'waitlist', reason: 'Perhaps' },
      { applicationId: fee.id, decision: 'approve' },
    ]);
    expect(prepared).toMatchObject({
      refused: [],
      release: { counts: { approve: 2, reject: 1, waitlist: 1 }, notGoing: [] },
    });
    expect(await Promise.all([yes, no, later, fee].map(seen))).toEqual(before);
    for (const one of [yes, no, later, fee]) expect(await told(one.id)).toEqual([]);
    expect((await stage.call(officer, 'GET', `/review/applications/${yes.id}`)).body).toMatchObject({
      prepared: { releaseId: release, decision: 'approve' },
      allowed: [],
    });
    const page = await stage.call(officer, 'GET', `/releases/${release}/decisions`);
    expect(page.body.decisions.map((one: { decision: string }) => one.decision)).toEqual([
      'approve',
      'reject',
      'waitlist',
      'approve',
    ]);
    for (const command of ['approve', 'reject'])
      expect((await review(no.id, command, { reason: 'x' })).body.code).toBe('decision-prepared');

    const key = { 'Idempotency-Key': randomUUID() };
    for (let times = 0; times < 2; times++)
      expect((await stage.call(officer, 'POST', `/releases/${release}/release`, {}, key)).body.state).toBe('released');
    expect(await seen(yes)).toMatchObject({ state: 'approved', reason: 'Welcome', badge: { state: 'live' } });
    expect(await seen(no)).toMatchObject({ state: 'rejected', reason: 'Not this year', allowed: ['appeal'] });
    expect(await seen(later)).toMatchObject({ state: 'waitlisted', reason: 'Perhaps' });
    expect(await seen(fee)).toMatchObject({ state: 'awaiting-payment', fee: { amount: 500_000 } });
    expect(await told(yes.id)).toMatchObject([{ decision: 'approved', bulk: true, until: null }]);
    expect(await told(no.id)).toMatchObject([{ decision: 'rejected', bulk: true, until: expect.any(String) }]);
    expect(await told(fee.id)).toMatchObject([{ decision: 'awaiting-payment', bulk: true, until: expect.any(String) }]);
    const [commit] = await stage.db.database.query<{ n: number }>(
      `SELECT count(DISTINCT xmin::text)::int AS n FROM application WHERE id = ANY ($1)`,
      [[yes.id, no.id, later.id, fee.id]],
    );
    expect(commit!.n).toBe(1);
    const after = await act(release, 'undo');
    expect([after.status, after.body.code]).toEqual([409, 'release-over']);
    expect((await review(later.id, 'approve')).body.state).toBe('approved');
  });

  it('take their places when they are prepared, and give them back when they are taken back', async () => {
    const [first, second] = [await started('narrow'), await started('narrow')];
    const release = await open();
    const one = await prepare(release, [
      { applicationId: first.id, decision: 'approve' },
      { applicationId: second.id, decision: 'approve' },
    ]);
    expect(one.refused).toMatchObject([{ applicationId: second.id, code: 'quota-full' }]);
    expect(one.release.counts.approve).toBe(1);
    expect(await used('narrow')).toBe(1);
    expect((await review(second.id, 'approve')).body.state).toBe('waitlisted');
    await act(release, 'undo', { applicationIds: [first.id] });
    expect((await stage.call(officer, 'GET', `/releases/${release}`)).body.counts.approve).toBe(0);
    expect(await seen(second)).toMatchObject({ state: 'offered' });
    expect((await prepare(release, [{ applicationId: first.id, decision: 'approve' }])).refused).toMatchObject([
      { code: 'quota-full' },
    ]);
  });

  it('can be changed from one to another, and discarded as if they had never been', async () => {
    const one = await started('wide');
    const release = await open();
    await prepare(release, [{ applicationId: one.id, decision: 'approve' }]);
    const places = await used('wide');
    const changed = await prepare(release, [{ applicationId: one.id, decision: 'reject', reason: 'no' }]);
    expect(changed.release.counts).toEqual({ approve: 0, reject: 1, waitlist: 0 });
    expect(await used('wide')).toBe(places - 1);
    const gone = await stage.call(officer, 'DELETE', `/releases/${release}`);
    expect(gone.body).toMatchObject({ state: 'discarded', counts: { approve: 0, reject: 0, waitlist: 0 } });
    expect((await review(one.id, 'approve')).body.state).toBe('approved');
  });

  it('say what would not go: no reason, no second officer, withdrawn meanwhile, accredited meanwhile, another edition', async () => {
    const [bare, two, leaving, twice] = [await started(), await started('two-eyes'), await started(), await started()];
    const other = await started('wide', twice.who);
    const release = await open();
    const { refused } = await prepare(release, [
      { applicationId: bare.id, decision: 'reject' },
      { applicationId: two.id, decision: 'approve' },
      { applicationId: leaving.id, decision: 'approve' },
      { applicationId: twice.id, decision: 'approve' },
      { applicationId: other.id, decision: 'approve' },
      { applicationId: randomUUID(), decision: 'approve' },
    ]);
    expect(
      Object.fromEntries(refused.map((one: { applicationId: string; code: string }) => [one.applicationId, one.code])),
    ).toEqual({
      [bare.id]: 'reason-needed',
      [two.id]: 'second-opinion-needed',
      [other.id]: 'already-accredited',
      [refused.find((one: { code: string }) => one.code === 'application-unknown').applicationId]:
        'application-unknown',
    });
    // The refused preparation was no opinion: only what an officer says about the application is one.
    expect((await stage.call(officer, 'GET', `/review/applications/${two.id}`)).body.opinions).toEqual([]);
    expect((await prepare(release, [{ applicationId: two.id, decision: 'approve' }], another)).refused).toMatchObject([
      { code: 'second-opinion-needed' },
    ]);
    await review(two.id, 'approve', { reason: 'well known' });
    expect((await prepare(release, [{ applicationId: two.id, decision: 'approve' }], another)).refused).toEqual([]);
    await stage.call(leaving.who, 'POST', `/applications/${leaving.id}/withdraw`);
    expect((await stage.call(officer, 'GET', `/releases/${release}`)).body.notGoing).toMatchObject([
      { applicationId: leaving.id, code: 'application-step-illegal' },
    ]);
    const out = await act(release, 'release');
    expect(out.body).toMatchObject({ state: 'released', notGoing: [{ applicationId: leaving.id }] });
    expect([(await seen(two)).state, (await seen(leaving)).state, (await seen(twice)).state]).toEqual([
      'approved',
      'withdrawn',
      'approved',
    ]);
    const foreign = await stage.call(elsewhere, 'GET', `/releases/${release}`);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'release-unknown']);
  });

  it('bind nobody who left: a prepared yes of an application that ended keeps no other one from being approved', async () => {
    const first = await started();
    const second = await started('wide', first.who);
    const release = await open();
    await prepare(release, [{ applicationId: first.id, decision: 'approve' }]);
    expect((await review(second.id, 'approve')).body.code).toBe('already-accredited');
    await stage.call(first.who, 'POST', `/applications/${first.id}/withdraw`);
    expect((await review(second.id, 'approve')).body.state).toBe('approved');
  });

  it('leave nothing behind where they are refused, and are written down with who prepared and who took back', async () => {
    stage.file.categories.push({
      ...structuredClone(stage.file.categories.find((one) => one.id === 'narrow')!),
      id: 'narrow-two',
      secondOpinion: true,
    });
    await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
    const [first, second] = [await started('narrow-two'), await started('narrow-two')];
    const release = await open();
    const opinionsOf = async (id: string) =>
      (await stage.call(officer, 'GET', `/review/applications/${id}`)).body.opinions.map(
        (one: { by: string }) => one.by,
      );
    for (const one of [first, second]) await review(one.id, 'approve');
    const yes = (id: string) => ({ applicationId: id, decision: 'approve' as const });
    const { refused } = await prepare(release, [yes(first.id), yes(second.id)], another);
    expect(refused).toHaveLength(1);
    const [full, ready] = refused[0].applicationId === first.id ? [first, second] : [second, first];
    expect(refused).toMatchObject([{ applicationId: full.id, code: 'quota-full' }]);
    expect([await opinionsOf(full.id), await opinionsOf(ready.id)]).toEqual([[officer.id], [officer.id, another.id]]);
    await act(release, 'undo', { applicationIds: [ready.id] });
    const noted = async (id: string) =>
      (
        await stage.db.database.query<{ note: string }>(
          `SELECT action || ' ' || actor_id || ' ' || (facts->>'releaseId') AS note FROM audit
            WHERE object_id = $1 AND action LIKE 'release.%' ORDER BY seq`,
          [id],
        )
      ).map(({ note }) => note);
    expect(await noted(full.id)).toEqual([]);
    expect(await noted(ready.id)).toEqual([
      `release.prepare ${another.id} ${release}`,
      `release.undo ${officer.id} ${release}`,
    ]);
  });

  it('hold up no other one where one can’t go at its time', async () => {
    const [broken, whole] = [await started(), await started()];
    const at = (hours: number) => new Date(FESTIVAL_NOW.getTime() + hours * HOUR);
    const [first, second] = [await open(at(1)), await open(at(2))];
    await prepare(first, [{ applicationId: broken.id, decision: 'approve' }]);
    await prepare(second, [{ applicationId: whole.id, decision: 'approve' }]);
    const put = (fields: unknown) =>
      stage.db.database.query('UPDATE application SET fields = $2 WHERE id = $1', [broken.id, JSON.stringify(fields)]);
    const { fields } = await seen(broken);
    await put(null);
    await stage.setFestivalTime(at(3), clock++);
    const job = stage.service.app.get(ReleaseDue, { strict: false });
    await job.round();
    expect((await seen(whole)).state).toBe('approved');
    await put(fields);
    await job.round();
    expect((await seen(broken)).state).toBe('approved');
    await stage.setFestivalTime(FESTIVAL_NOW, clock++);
  });

  it('go at their time by themselves, by festival time, once', async () => {
    const one = await started();
    const at = new Date(FESTIVAL_NOW.getTime() + 2 * HOUR);
    const past = await stage.call(officer, 'POST', '/releases', {
      edition: EDITION,
      name: 'x',
      releaseAt: '2019-09-01T00:00:00Z',
    });
    expect(past.body.code).toBe('release-time-past');
    const release = await open(at);
    await prepare(release, [{ applicationId: one.id, decision: 'approve' }]);
    const later = new Date(at.getTime() + HOUR).toISOString();
    const put = (version: string) =>
      stage.call(officer, 'PUT', `/releases/${release}`, { name: 'Later', releaseAt: later }, { 'If-Match': version });
    expect((await put('"9"')).body.code).toBe('changed-meanwhile');
    expect((await put('"1"')).body).toMatchObject({ name: 'Later', releaseAt: later, version: 2 });
    const job = stage.service.app.get(ReleaseDue, { strict: false });
    await stage.setFestivalTime(at, clock++);
    await job.round();
    expect((await seen(one)).state).toBe('under-review');
    await stage.setFestivalTime(new Date(at.getTime() + HOUR), clock++);
    await Promise.all([job.round(), job.round(), job.round()]);
    expect((await seen(one)).state).toBe('approved');
    expect(await told(one.id)).toHaveLength(1);
    await stage.setFestivalTime(FESTIVAL_NOW, clock++);
  });

  it('are 5,000 in one act: all visible in the same instant, none before', async () => {
    const N = 5_000;
    // Made in the database as five thousand people's hand-ins would have left them.
    await stage.db.database.query(
      `INSERT INTO application (id, edition_id, category, person_id, state, version, language, fields, search, search_key, submitted_at)
       SELECT gen_random_uuid(), $1, 'wide', gen_random_uuid()::text, 'under-review', 5, 'kk',
              jsonb_build_object('name', 'Bulk ' || n), '', 'bulk', now() FROM generate_series(1, $2::int) n`,
      [EDITION, N],
    );
    const rows = await stage.db.database.query<{ id: string }>(
      `SELECT id FROM application WHERE category = 'wide' AND search_key = 'bulk' ORDER BY id`,
    );
    const release = await open();
    for (let from = 0; from < N; from += 1_000)
      expect(
        (
          await prepare(
            release,
            rows
              .slice(from, from + 1_000)
              .map(({ id }, i) =>
                i % 5 === 0
                  ? { applicationId: id, decision: 'reject', reason: 'no' }
                  : { applicationId: id, decision: 'approve' },
              ),
          )
        ).refused,
      ).toEqual([]);
    const states = async () =>
      (
        await stage.db.database.query<{ state: string; n: number }>(
          `SELECT state, count(*)::int AS n FROM application WHERE search_key = 'bulk' GROUP BY state ORDER BY state`,
        )
      ).map((row) => `${row.state} ${row.n}`);
    let done = false;
    const watched = new Set<string>();
    const watch = (async () => {
      while (!done) watched.add((await states()).join(', '));
    })();
    const began = Date.now();
    const out = await act(release, 'release');
    done = true;
    await watch;
    expect(out.body).toMatchObject({ state: 'released', counts: { approve: 4_000, reject: 1_000 }, notGoing: [] });
    watched.add((await states()).join(', '));
    expect([...watched]).toEqual(['under-review 5000', 'approved 4000, rejected 1000']);
    const [facts] = await stage.db.database.query<{ badges: number; decided: number; steps: number }>(
      `SELECT (SELECT count(*)::int FROM badge b JOIN application a ON a.id = b.application_id
                WHERE a.search_key = 'bulk' AND b.state = 'live') AS badges,
              (SELECT count(*)::int FROM outbox o JOIN application a ON a.id::text = o.aggregate_id
                WHERE a.search_key = 'bulk' AND o.data->>'bulk' = 'true') AS decided,
              (SELECT count(*)::int FROM application_step s JOIN application a ON a.id = s.application_id
                WHERE a.search_key = 'bulk') AS steps`,
    );
    expect(facts).toEqual({ badges: 4_000, decided: 5_000, steps: 5_000 });
    expect(Date.now() - began).toBeLessThan(60_000);
  });
});
