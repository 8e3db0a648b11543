import { DAY, HOUR } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { PayApplication } from '../src/applications/pay-application.js';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
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
const TIMES = 6;

describe('two things that happen to one application at once', () => {
  let stage: AccreditationsStage;
  let clock = 10;
  let n = 0;
  beforeAll(async () => {
    stage = await openStage();
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    const like = (id: string, more: object) => ({ ...structuredClone(press), id, ...more });
    stage.file.categories.push(
      like('free', { quotas: [] }),
      like('two-eyes', { quotas: [], secondOpinion: true }),
      like('paid', { quotas: [], fee: { amount: 500_000, currency: 'KZT' } }),
      like('one', { quotas: [{ of: 'outlet', capacity: 1, whenFull: 'waitlist' }] }),
    );
    await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}, by = officer) =>
    stage.call(by, 'POST', `/review/applications/${id}/${command}`, body);
  const mine = ({ id, who }: { id: string; who: Caller }, command: string) =>
    stage.call(who, 'POST', `/applications/${id}/${command}`, {});
  const started = async (category: string, outlet = `Race ${++n}`) => {
    const made = await stage.submitted(outlet, person(), category);
    await review(made.id, 'start');
    return made;
  };
  const row = async (id: string) =>
    (
      await stage.db.database.query<{ state: string; badges: number; steps: number; places: number }>(
        `SELECT state, (SELECT count(*)::int FROM badge b WHERE b.application_id = a.id AND b.state = 'live') AS badges,
                (SELECT count(*)::int FROM application_step s WHERE s.application_id = a.id) AS steps,
                (SELECT count(*)::int FROM quota_use u WHERE u.application_id = a.id) AS places
           FROM application a WHERE id = $1`,
        [id],
      )
    )[0]!;
  const round = () => stage.service.app.get(LapseApplications, { strict: false }).round();
  const at = (ms: number) => stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + ms), clock++);
  const repeat = async (work: () => Promise<void>) => {
    for (let i = 0; i < TIMES; i++) await work();
  };

  it('approved by two officers: one approval, one badge', () =>
    repeat(async () => {
      const { id } = await started('free');
      const answers = await Promise.all([review(id, 'approve'), review(id, 'approve', {}, another)]);
      expect(answers.map((one) => one.status).sort()).toEqual([200, 409]);
      expect(await row(id)).toMatchObject({ state: 'approved', badges: 1, steps: 4 });
    }));

  it('agreed to by the two whom it needs: one approval', () =>
    repeat(async () => {
      const { id } = await started('two-eyes');
      const answers = await Promise.all([review(id, 'approve'), review(id, 'approve', {}, another)]);
      expect(answers.map((one) => one.status)).toEqual([200, 200]);
      expect(await row(id)).toMatchObject({ state: 'approved', badges: 1, steps: 4 });
    }));

  it('approved and withdrawn: withdrawn, without a badge or a place', () =>
    repeat(async () => {
      const made = await started('one');
      await Promise.all([review(made.id, 'approve'), mine(made, 'withdraw')]);
      expect(await row(made.id)).toMatchObject({ state: 'withdrawn', badges: 0, places: 0 });
    }));

  it('accepted at the very time of its lapse: one of both, and the place is somebody’s', () =>
    repeat(async () => {
      const outlet = `Line ${++n}`;
      const holder = await started('one', outlet);
      await review(holder.id, 'approve');
      const [first, next] = [await started('one', outlet), await started('one', outlet)];
      for (const one of [first, next]) await review(one.id, 'approve');
      await mine(holder, 'withdraw');
      await at(25 * HOUR);
      const late = mine(first, 'accept');
      await Promise.all([late, round(), round()]);
      await at(0);
      expect([409, 410]).toContain((await late).status);
      expect([(await row(first.id)).state, (await row(next.id)).state]).toEqual(['lapsed', 'offered']);
    }));

  it('answered while it lapses: one of both', () =>
    repeat(async () => {
      const made = await started('free');
      await review(made.id, 'request-information', { message: 'x' });
      await at(4 * DAY);
      const [answer] = await Promise.all([mine(made, 'answer'), round()]);
      await at(0);
      const { state, steps } = await row(made.id);
      expect([answer.status, state]).toEqual(answer.status === 200 ? [200, 'under-review'] : [409, 'lapsed']);
      expect(steps).toBe(5);
    }));

  it('paid, told twice at once, and withdrawn: never a badge for what has ended, never two', () =>
    repeat(async () => {
      const made = await started('paid');
      await review(made.id, 'approve');
      const pay = () =>
        stage.service.app
          .get(Database, { strict: false })
          .transaction((tx) =>
            stage.service.app
              .get(PayApplication, { strict: false })
              .within(tx, { applicationId: made.id, orderId: `order-${made.id}` }),
          );
      await Promise.all([pay(), mine(made, 'withdraw'), pay()]);
      expect(await row(made.id)).toMatchObject({ state: 'withdrawn', badges: 0 });
    }));

  it('prepared in a release and withdrawn while it goes: the others go, this one has no badge', () =>
    repeat(async () => {
      const [leaving, staying] = [await started('free'), await started('free')];
      const { body } = await stage.call(officer, 'POST', '/releases', { edition: EDITION, name: 'race' });
      const decisions = [leaving, staying].map((one) => ({ applicationId: one.id, decision: 'approve' }));
      await stage.call(officer, 'POST', `/releases/${body.id}/decisions`, { decisions });
      const go = () => stage.call(officer, 'POST', `/releases/${body.id}/release`, {});
      const [first, , second] = await Promise.all([go(), mine(leaving, 'withdraw'), go()]);
      expect([first.status, second.status].sort()).toEqual([200, 409]);
      expect(await row(leaving.id)).toMatchObject({ state: 'withdrawn', badges: 0 });
      expect(await row(staying.id)).toMatchObject({ state: 'approved', badges: 1 });
    }));

  it('approved in two categories of one person: one accreditation', () =>
    repeat(async () => {
      const who = person();
      const made = [];
      for (const category of ['free', 'one']) {
        const one = await stage.submitted(`Both ${++n}`, who, category);
        await review(one.id, 'start');
        made.push(one);
      }
      const answers = await Promise.all(made.map((one) => review(one.id, 'approve')));
      expect(answers.map((one) => one.body.code ?? one.body.state).sort()).toEqual(['already-accredited', 'approved']);
      const loser = made[answers.findIndex((one) => one.status === 409)]!;
      expect(await row(loser.id)).toMatchObject({ state: 'under-review', places: 0, badges: 0 });
    }));
});
