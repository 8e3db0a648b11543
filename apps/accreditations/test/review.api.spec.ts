import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { importAdmissionKey, readAdmissionCode } from '#libs/admission-code';
import { eventually } from '#libs/testing';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
import { type AccreditationsStage, EDITION, FESTIVAL_NOW, officer, openStage, PDF } from './accreditations-stage.js';

const DAY = 86_400_000;

jest.setTimeout(30_000);

describe('the officer’s desk of accreditations', () => {
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
        { of: 'outlet', subject: 'Tau Film Weekly', capacity: 2, override: false },
      ]);
      await stage.call(first.who, 'POST', `/applications/${first.id}/withdraw`);
      expect((await review(third.id, 'approve')).body.state).toBe('approved');
    });

    it('of four ends with four after 200 approvals at once', async () => {
      const made = [];
      for (let i = 0; i < 200; i += 20)
        made.push(...(await Promise.all(Array.from({ length: 20 }, () => stage.submitted('Race Herald')))));
      // 200 at once wait for ten connections: who waited too long is told to come again, and does.
      const until = async (id: string, command: string) => {
        for (;;) {
          const answer = await review(id, command);
          if (answer.status !== 503) return answer;
        }
      };
      await Promise.all(made.map(({ id }) => until(id, 'start')));
      const answers = await Promise.all(made.map(({ id }) => until(id, 'approve')));
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

  it('forgets an erased person: words, papers and badge go, and twice is as once', async () => {
    const { id, who, badge } = await approved('Forget Me Post');
    const papers = async () =>
      readdirSync(stage.uploads, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).length;
    const before = await papers();
    for (let times = 0; times < 2; times++)
      await stage.tell({ type: 'people.tombstone', topic: 'people' }, who.id, 2, null);
    const { body } = await stage.call(who, 'GET', `/applications/${id}`);
    expect(body).toMatchObject({ state: 'withdrawn', fields: {}, evidence: [], badge: { state: 'revoked' } });
    await eventually(async () => expect(await papers()).toBe(before - 1));
    expect((await told(badge.id)).map((row) => row.type.split('.')[2])).toEqual(['issued', 'revoked']);
    const dump = await stage.db.database.query(
      `SELECT a::text || s::text || b::text AS row FROM application a JOIN application_step s ON s.application_id = a.id
         JOIN badge b ON b.application_id = a.id WHERE a.id = $1`,
      [id],
    );
    expect(JSON.stringify(dump)).not.toMatch(/Айгүл|Forget Me/);
  });
});
