import { DAY, HOUR } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { eventually } from '#libs/testing';
import { PayApplication } from '../src/applications/pay-application.js';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
import {
  type AccreditationsStage,
  admin,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  PDF,
  person,
} from './accreditations-stage.js';

jest.setTimeout(60_000);

const another: Caller = { ...officer, id: '00000000-0000-7000-8000-00000000001f' };

describe('what comes after an application was handed in', () => {
  let stage: AccreditationsStage;
  let clock = 10;
  beforeAll(async () => {
    stage = await openStage();
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    stage.file.categories.push(
      { ...structuredClone(press), id: 'press-paid', fee: { amount: 500_000, currency: 'KZT' } },
      {
        ...structuredClone(press),
        id: 'dated',
        opensAt: new Date(FESTIVAL_NOW.getTime() - DAY).toISOString(),
        closesAt: new Date(FESTIVAL_NOW.getTime() + DAY).toISOString(),
        evidence: [{ ...press.evidence[0]!, maxAgeDays: 30 }],
      },
    );
    const loaded = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
    expect(loaded.status).toBe(200);
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}, by = officer) =>
    stage.call(by, 'POST', `/review/applications/${id}/${command}`, body);
  const mine = (who: Caller, id: string, command: string, body: unknown = {}, extra = {}) =>
    stage.call(who, 'POST', `/applications/${id}/${command}`, body, extra);
  const started = async (outlet: string, category = 'press') => {
    const made = await stage.submitted(outlet, person(), category);
    await review(made.id, 'start');
    return made;
  };
  const approved = async (outlet: string, category = 'press') => {
    const made = await started(outlet, category);
    return { ...made, ...(await review(made.id, 'approve')).body } as typeof made & {
      state: string;
      version: number;
      fields: Record<string, string>;
      badge: { id: string; shortCode: string };
    };
  };
  const view = async (who: Caller, id: string) => (await stage.call(who, 'GET', `/applications/${id}`)).body;
  const typesOf = async (id: string) =>
    (
      await stage.db.database.query<{ type: string; data: Record<string, unknown> }>(
        'SELECT type, data FROM outbox WHERE aggregate_id = $1 ORDER BY seq',
        [id],
      )
    ).map((one) => [one.type.split('.').slice(2, 3).join(), one.data] as const);
  const at = (ms: number) => stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + ms), clock++);
  const round = () => stage.service.app.get(LapseApplications, { strict: false }).round();
  const paid = (applicationId: string, orderId: string) =>
    stage.service.app
      .get(Database, { strict: false })
      .transaction((tx) =>
        stage.service.app.get(PayApplication, { strict: false }).within(tx, { applicationId, orderId }),
      );

  describe('dates and papers', () => {
    it('a category takes applications between its dates, by festival time', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'dated' });
      const submit = async () => (await mine(who, body.id, 'submit')).body;
      await at(-2 * DAY);
      expect((await submit()).code).toBe('not-open-yet');
      await at(2 * DAY);
      expect((await submit()).code).toBe('applications-closed');
      await stage.db.database.query('INSERT INTO walk_up (application_id, officer_id) VALUES ($1, $2)', [
        body.id,
        officer.id,
      ]);
      await round();
      expect((await view(who, body.id)).state).toBe('draft');
      await stage.db.database.query('DELETE FROM walk_up WHERE application_id = $1', [body.id]);
      const shut = await stage.call(person(), 'POST', '/applications', { editionId: EDITION, category: 'dated' });
      expect(shut.body.code).toBe('applications-closed');
      const list = await stage.call(undefined, 'GET', `/categories?edition=${EDITION}`);
      expect(list.body.categories.find((one: { id: string }) => one.id === 'dated').open).toBe(false);
      await round();
      expect((await view(who, body.id)).state).toBe('lapsed');
      expect(await typesOf(body.id)).toEqual([]);
      await at(0);
    });

    it('a paper is as old as its own date says', async () => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'dated' });
      const codes = async () =>
        (await view(who, body.id)).problems
          .filter((one: { field: string }) => one.field.startsWith('evidence/'))
          .map((one: { code: string }) => one.code);
      const give = async (issuedOn?: string) => {
        for (const paper of (await view(who, body.id)).evidence)
          await stage.call(who, 'DELETE', `/applications/${body.id}/evidence/${paper.id}`);
        await stage.upload(who, body.id, 'commission-letter', PDF, issuedOn ? { told: { issuedOn } } : {});
        return codes();
      };
      expect(await codes()).toEqual(['evidence-missing']);
      expect(await give()).toEqual(['evidence-undated']);
      expect(await give('2019-08-12')).toEqual(['evidence-too-old']);
      expect(await give('2019-08-13')).toEqual([]);
    });
  });

  describe('an appeal', () => {
    const rejected = async (outlet: string) => {
      const made = await started(outlet);
      await review(made.id, 'reject', { reason: 'no clippings' });
      return made;
    };

    it('goes to another officer, once', async () => {
      const { id, who } = await rejected('Appeal Post');
      expect(await view(who, id)).toMatchObject({ state: 'rejected', reason: 'no clippings', allowed: ['appeal'] });
      const appealed = await mine(who, id, 'appeal', { message: 'There are twelve.' });
      expect(appealed.body).toMatchObject({ state: 'appealed', appealUntil: null });
      expect((await typesOf(id)).map(([type]) => type)).toEqual(['submitted', 'decided', 'appealed']);
      for (const command of ['start', 'approve'] as const) {
        const own = await review(id, command);
        expect([own.status, own.body.code]).toEqual([409, 'appeal-needs-another']);
      }
      const given = await stage.call(officer, 'PUT', `/review/applications/${id}/reviewer`, { reviewer: officer.id });
      expect(given.body.code).toBe('appeal-needs-another');
      await review(id, 'start', {}, another);
      expect((await review(id, 'reject', { reason: 'x' })).body.code).toBe('appeal-needs-another');
      await review(id, 'reject', { reason: 'still none' }, another);
      const again = await mine(who, id, 'appeal', { message: 'once more' });
      expect([again.status, again.body.code]).toEqual([409, 'appealed-already']);
    });

    it('is heard within the days of the category', async () => {
      const { id, who } = await rejected('Late Appeal');
      const { appealUntil } = await view(who, id);
      expect(Date.parse(appealUntil) - FESTIVAL_NOW.getTime()).toBeGreaterThan(2.9 * DAY);
      await at(3.1 * DAY);
      expect((await mine(who, id, 'appeal', { message: 'x' })).body.code).toBe('appeal-too-late');
      await at(0);
      expect((await mine(who, id, 'appeal', { message: 'x' })).status).toBe(200);
    });
  });

  describe('a change after the approval', () => {
    const change = (one: { id: string; who: Caller; version: number }, body: unknown) =>
      mine(one.who, one.id, 'change', body, { 'If-Match': `"${one.version}"` });

    it('of what is not material is kept at once', async () => {
      const one = await approved('Steady Times');
      const answer = await change(one, { fields: { ...one.fields, city: 'Шымкент' } });
      expect(answer.body).toMatchObject({ state: 'approved', fields: { city: 'Шымкент' }, held: null });
      expect(answer.body.badge.shortCode).toBe(one.badge.shortCode);
      expect((await change(one, { fields: one.fields })).body.code).toBe('changed-meanwhile');
      const same = await change({ ...one, version: answer.body.version }, { fields: answer.body.fields });
      expect(same.body.code).toBe('nothing-changed');
    });

    it('of the outlet opens the review again; the badge stays until it is approved, then a new one says the new outlet', async () => {
      const one = await approved('Before Times');
      const answer = await change(one, { fields: { ...one.fields, outlet: 'After Times' } });
      expect(answer.body).toMatchObject({
        state: 'under-review',
        badge: { state: 'live', shortCode: one.badge.shortCode },
        held: { category: 'press', fields: { outlet: 'Before Times' } },
      });
      const done = await review(one.id, 'approve');
      expect(done.body).toMatchObject({ state: 'approved', held: null, badge: { state: 'live' } });
      expect(done.body.badge.shortCode).not.toBe(one.badge.shortCode);
      const [old] = await stage.db.database.query('SELECT state FROM badge WHERE id = $1', [one.badge.id]);
      expect(old).toEqual({ state: 'replaced' });
      const counters = await stage.db.database.query<{ id: string; used: number }>(
        `SELECT id, used FROM quota WHERE id IN ($1, $2) ORDER BY id`,
        [`${EDITION}/press/after times`, `${EDITION}/press/before times`],
      );
      expect(counters.map((row) => row.used)).toEqual([1, 0]);
    });

    it('that is rejected, or that nobody explains in time, leaves everything as it was', async () => {
      const one = await approved('Rejected Change');
      await change(one, { fields: { ...one.fields, name: 'Somebody Else' } });
      const back = await review(one.id, 'reject', { reason: 'Another person.' });
      expect(back.body).toMatchObject({
        state: 'approved',
        held: null,
        fields: { name: one.fields.name },
        badge: { state: 'live', shortCode: one.badge.shortCode },
      });
      expect((await typesOf(one.id)).at(-1)).toEqual([
        'decided',
        expect.objectContaining({ decision: 'rejected', change: true }),
      ]);

      const { version } = back.body;
      await change({ ...one, version }, { fields: { ...one.fields, name: 'Again Else' } });
      await review(one.id, 'request-information', { message: 'Why?' });
      await at(4 * DAY);
      await round();
      await at(0);
      expect(await view(one.who, one.id)).toMatchObject({ state: 'approved', fields: { name: one.fields.name } });
    });

    it('takes new papers beside those that were approved, and they go with it where it is rejected', async () => {
      const { id, who, version, fields } = await approved('Papers Of Change');
      const [old] = (await view(who, id)).evidence;
      await change({ id, who, version }, { fields: { ...fields, name: 'Somebody Else' } });
      await review(id, 'request-information', { message: 'A letter for the new name, please.' });
      const remove = (paper: string) => stage.call(who, 'DELETE', `/applications/${id}/evidence/${paper}`);
      expect((await remove(old.id)).body.code).toBe('evidence-approved');
      const give = () => stage.upload(who, id, 'commission-letter', PDF);
      expect([(await give()).status, (await give()).status]).toEqual([201, 201]);
      const third = await give();
      expect(third.body.code).toBe('evidence-too-many');
      const papers = async () => (await view(who, id)).evidence.map((one: { id: string }) => one.id).sort();
      expect((await remove((await papers()).find((one: string) => one !== old.id))).status).toBeLessThan(300);
      expect(await papers()).toHaveLength(2);
      await mine(who, id, 'answer', { message: 'Here.' });
      await review(id, 'reject', { reason: 'Another person.' });
      expect(await papers()).toEqual([old.id]);
    });

    it('into a full outlet is refused while the old place stays', async () => {
      await approved('Tau Film Weekly');
      await approved('Tau Film Weekly');
      const one = await approved('Looking Elsewhere');
      await change(one, { fields: { ...one.fields, outlet: 'Tau Film Weekly' } });
      expect((await review(one.id, 'approve')).body.code).toBe('quota-full');
      expect((await review(one.id, 'reject', { reason: 'full' })).body).toMatchObject({
        state: 'approved',
        fields: { outlet: 'Looking Elsewhere' },
      });
    });

    it('can’t be used to hold two accreditations, and its badge can be revoked meanwhile', async () => {
      const one = await approved('Double Life');
      await change(one, { fields: { ...one.fields, outlet: 'Double Two' } });
      const second = await stage.submitted('Double Three', one.who, 'press-paid');
      await review(second.id, 'start');
      expect((await review(second.id, 'approve')).body.code).toBe('already-accredited');
      const gone = await stage.call(officer, 'POST', `/review/badges/${one.badge.id}/revoke`, { reason: 'x' });
      expect(gone.body).toMatchObject({ state: 'revoked', badge: { state: 'revoked' } });
    });
  });

  describe('a fee', () => {
    it('is asked for through tickets until it has taken it; the badge comes with the money, once', async () => {
      stage.door.up = false;
      const one = await approved('Paying Post', 'press-paid');
      expect(await view(one.who, one.id)).toMatchObject({
        state: 'awaiting-payment',
        fee: { amount: 500_000, currency: 'KZT' },
        badge: null,
      });
      stage.door.up = true;
      await eventually(() => expect(stage.door.fees.get(one.id)?.body).toMatchObject({ amount: 500_000 }));
      for (let times = 0; times < 2; times++) await paid(one.id, 'order-1');
      const done = await view(one.who, one.id);
      expect(done).toMatchObject({ state: 'approved', fee: null, badge: { state: 'live' } });
      const decisions = (await typesOf(one.id)).filter(([type]) => type === 'decided').map(([, data]) => data.decision);
      expect(decisions).toEqual(['awaiting-payment', 'approved']);
    });

    it('unpaid is withdrawn when its time is over, and only then the place is free', async () => {
      const one = await approved('Forgetful Post', 'press-paid');
      await eventually(() => expect(stage.door.fees.get(one.id)?.state).toBe('due'));
      stage.door.up = false;
      await at(3 * DAY + HOUR);
      await round();
      expect((await view(one.who, one.id)).state).toBe('awaiting-payment');
      stage.door.up = true;
      await eventually(async () => expect((await view(one.who, one.id)).state).toBe('lapsed'), 20_000);
      await at(0);
      expect(stage.door.fees.get(one.id)?.state).toBe('withdrawn');
      expect((await typesOf(one.id)).at(-1)).toEqual(['lapsed', expect.objectContaining({ cause: 'no-payment' })]);
    });

    it('that is being paid while its time runs out finds its application', async () => {
      const one = await approved('Last Minute', 'press-paid');
      await eventually(() => expect(stage.door.fees.get(one.id)?.state).toBe('due'));
      stage.door.fees.get(one.id)!.state = 'paid';
      await at(3 * DAY + HOUR);
      await round();
      await eventually(async () => {
        const [row] = await stage.db.database.query<{ taken: boolean }>(
          `SELECT taken_at IS NOT NULL AS taken FROM fee_telling WHERE application_id = $1 AND want = 'withdrawn'`,
          [one.id],
        );
        expect(row?.taken).toBe(true);
      });
      expect((await view(one.who, one.id)).state).toBe('awaiting-payment');
      await paid(one.id, 'order-2');
      expect((await view(one.who, one.id)).state).toBe('approved');
      await at(0);
    });

    it('that was withdrawn with a change is due again when the change is asked for again, and can be paid', async () => {
      const one = await approved('Paid Later');
      const change = async () => {
        const { version, fields } = await view(one.who, one.id);
        const answer = await mine(
          one.who,
          one.id,
          'change',
          { category: 'press-paid', fields },
          { 'If-Match': `"${version}"` },
        );
        expect(answer.body.state).toBe('under-review');
        expect((await review(one.id, 'approve')).body.state).toBe('awaiting-payment');
      };
      await change();
      await eventually(() => expect(stage.door.fees.get(one.id)).toMatchObject({ state: 'due', body: { round: 1 } }));
      await at(3 * DAY + HOUR);
      await round();
      await eventually(async () => expect((await view(one.who, one.id)).state).toBe('approved'), 20_000);
      await at(0);
      expect(stage.door.fees.get(one.id)?.state).toBe('withdrawn');
      await change();
      const again = async () => {
        const [row] = await stage.db.database.query<{ round: number; taken: boolean }>(
          'SELECT round, taken_at IS NOT NULL AS taken FROM fee_telling WHERE application_id = $1',
          [one.id],
        );
        return row!;
      };
      await eventually(async () => expect((await again()).taken).toBe(true));
      const { round: last } = await again();
      expect(stage.door.fees.get(one.id)).toMatchObject({ state: 'due', body: { round: last } });
      // Where tickets has not made it payable, it is told again.
      stage.door.fees.get(one.id)!.state = 'withdrawn';
      await stage.db.database.query(
        'UPDATE fee_telling SET taken_at = NULL, next_try_at = now() WHERE application_id = $1',
        [one.id],
      );
      await eventually(async () => {
        const [row] = await stage.db.database.query<{ attempts: number }>(
          'SELECT attempts FROM fee_telling WHERE application_id = $1',
          [one.id],
        );
        expect(row!.attempts).toBeGreaterThan(2);
      }, 10_000);
      expect((await again()).taken).toBe(false);
      await paid(one.id, 'order-9');
      expect(await view(one.who, one.id)).toMatchObject({ state: 'approved', category: 'press-paid' });
    });

    it('is withdrawn with the application; money that comes later goes back and brings no badge', async () => {
      const one = await approved('Changed Mind', 'press-paid');
      await eventually(() => expect(stage.door.fees.get(one.id)?.state).toBe('due'));
      stage.door.fees.get(one.id)!.state = 'paid';
      await mine(one.who, one.id, 'withdraw');
      await eventually(() => expect(stage.door.fees.get(one.id)?.state).toBe('withdrawn'));
      await paid(one.id, 'order-3');
      expect(await view(one.who, one.id)).toMatchObject({ state: 'withdrawn', badge: null });
      const [note] = await stage.db.database.query(
        `SELECT facts FROM audit WHERE object_id = $1 AND action = 'fee.paid-late'`,
        [one.id],
      );
      expect(note).toMatchObject({ facts: { orderId: 'order-3' } });
    });
  });
});
