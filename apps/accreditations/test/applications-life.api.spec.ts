import type { ApplicationState } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import {
  type Actor,
  APPLICATION_CYCLE,
  COMMANDS,
  type Command,
  endsOf,
  HELD_STATES,
  mayDo,
} from '../src/applications/application.rules.js';
import { ApplicationSteps } from '../src/applications/application-steps.js';
import { LapseApplication } from '../src/applications/lapse-application.js';
import { PayApplication } from '../src/applications/pay-application.js';
import { PromoteWaiting } from '../src/applications/promote-waiting.js';
import {
  type AccreditationsStage,
  admin,
  CONSENT,
  EDITION,
  officer,
  openStage,
  PDF,
  person,
} from './accreditations-stage.js';

jest.setTimeout(60_000);

const STATES = Object.keys(APPLICATION_CYCLE) as ApplicationState[];
const ACTORS: Actor[] = ['applicant', 'officer', 'system'];
const another: Caller = { ...officer, id: '00000000-0000-7000-8000-00000000001f' };
const FIELDS = { name: 'Айгүл Сәрсенова', medium: 'online', country: 'KZ', city: 'Алматы' };

interface Living {
  id: string;
  who: Caller;
  outlet: string;
}

describe('every command by every actor in every state', () => {
  let stage: AccreditationsStage;
  let n = 0;
  beforeAll(async () => {
    stage = await openStage();
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    const paid = { ...press, id: 'press-paid', fee: { amount: 500_000, currency: 'KZT' } };
    const file = { ...stage.file, categories: [...stage.file.categories, paid] };
    const loaded = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file);
    expect(loaded.status).toBe(200);
  }, 120_000);
  afterAll(() => stage?.close());

  const use = <T>(what: abstract new (...args: never[]) => T): T =>
    stage.service.app.get<T>(what as never, { strict: false });
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => use(Database).transaction(work);
  const mine = ({ id, who }: Living, path: string, body: unknown = {}, extra = {}) =>
    stage.call(who, 'POST', `/applications/${id}/${path}`, body, extra);
  const review = ({ id }: Living, command: string, body: unknown = {}, by = officer) =>
    stage.call(by, 'POST', `/review/applications/${id}/${command}`, body);
  const row = async ({ id }: Living) =>
    (
      await stage.db.database.query<{ state: ApplicationState; version: number; held: unknown; steps: number }>(
        `SELECT state, version, held, (SELECT count(*)::int FROM application_step s WHERE s.application_id = a.id) AS steps
           FROM application a WHERE id = $1`,
        [id],
      )
    )[0]!;
  const badgeOf = async ({ id }: Living) =>
    (
      await stage.db.database.query<{ id: string }>(
        'SELECT id FROM badge WHERE application_id = $1 ORDER BY issued_at DESC LIMIT 1',
        [id],
      )
    )[0]?.id;
  const onBadge = async (living: Living, command: string, by = officer) =>
    stage.call(
      by,
      'POST',
      `/review/badges/${(await badgeOf(living)) ?? '00000000-0000-7000-8000-000000000000'}/${command}`,
      { reason: 'walk' },
    );
  const lapse = ({ id }: Living) =>
    inTx(async (tx) => use(LapseApplication).within(tx, await use(ApplicationSteps).lock(tx, id)));
  const offer = ({ outlet }: Living) =>
    inTx((tx) => use(PromoteWaiting).freed(tx, [`${EDITION}/press/${outlet.toLowerCase()}`]));

  async function submitted(category = 'press'): Promise<Living> {
    const outlet = `walk ${++n}`;
    return { ...(await stage.submitted(outlet, person(), category)), outlet };
  }
  async function draft(): Promise<Living> {
    const who = person();
    const outlet = `walk ${++n}`;
    const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
    return { id: body.id, who, outlet };
  }
  async function then(living: Promise<Living>, ...steps: ((living: Living) => Promise<unknown>)[]): Promise<Living> {
    const reached = await living;
    for (const step of steps) await step(reached);
    return reached;
  }
  const start = (one: Living) => review(one, 'start');
  const approve = (one: Living) => review(one, 'approve');
  const ask = (one: Living) => review(one, 'request-information', { message: 'x' });
  const reopen = async (one: Living, category?: string) => {
    const fields = { ...FIELDS, outlet: `${one.outlet} anew` };
    const { version } = await row(one);
    return mine(one, 'change', { fields, ...(category && { category }) }, { 'If-Match': `"${version}"` });
  };
  const reject = (one: Living) => review(one, 'reject', { reason: 'no' });
  const REACH: Record<ApplicationState, () => Promise<Living>> = {
    draft,
    submitted: () => submitted(),
    'under-review': () => then(submitted(), start),
    'information-requested': () => then(submitted(), start, ask),
    waitlisted: () => then(submitted(), start, (one) => review(one, 'waitlist', { reason: 'later' })),
    offered: () => then(REACH.waitlisted(), offer),
    rejected: () => then(submitted(), start, reject),
    appealed: () => then(REACH.rejected(), (one) => mine(one, 'appeal', { message: 'please' })),
    'awaiting-payment': () => then(submitted('press-paid'), start, approve),
    approved: () => then(submitted(), start, approve),
    suspended: () => then(REACH.approved(), (one) => onBadge(one, 'suspend')),
    revoked: () => then(REACH.approved(), (one) => onBadge(one, 'revoke')),
    withdrawn: () => then(submitted(), (one) => mine(one, 'withdraw')),
    lapsed: () => then(REACH['information-requested'](), lapse),
  };
  const REACH_HELD: Partial<Record<ApplicationState, () => Promise<Living>>> = {
    'under-review': () => then(REACH.approved(), (one) => reopen(one)),
    'information-requested': () => then(REACH.approved(), (one) => reopen(one), ask),
    'awaiting-payment': () => then(REACH.approved(), (one) => reopen(one, 'press-paid'), approve),
  };

  /** Gives the command by the door that the actor has; who has none is refused by the table itself. */
  async function give(living: Living, command: Command, actor: Actor): Promise<unknown> {
    const applicant = actor === 'applicant';
    const { version } = await row(living);
    const match = { 'If-Match': `"${version}"` };
    const fields = { ...FIELDS, outlet: `${living.outlet} ${version}` };
    const own = applicant ? living.who : officer;
    const desk = applicant ? living.who : another;
    const post = (path: string, body: unknown = {}, extra = {}) =>
      stage.call(own, 'POST', `/applications/${living.id}/${path}`, body, extra);
    if (actor === 'system') {
      if (command === 'pay')
        return inTx((tx) => use(PayApplication).within(tx, { applicationId: living.id, orderId: 'o-1' }));
      if (command === 'lapse') return lapse(living);
      if (command === 'offer') return offer(living);
      return inTx(async (tx) =>
        use(ApplicationSteps).require(await use(ApplicationSteps).lock(tx, living.id), command, actor),
      );
    }
    switch (command) {
      case 'save':
        return stage.call(own, 'PUT', `/applications/${living.id}`, { fields }, match);
      case 'submit': {
        if (applicant && (await row(living)).state === 'draft') await complete(living);
        return post('submit', CONSENT);
      }
      case 'answer':
        return post('answer');
      case 'accept':
        return post('accept');
      case 'appeal':
        return post('appeal', { message: 'please' });
      case 'withdraw':
        return post('withdraw');
      case 'reopen':
        return post('change', { fields }, match);
      case 'start':
      case 'approve':
        return review(living, command, {}, desk);
      case 'request-information':
        return review(living, command, { message: 'x' }, desk);
      case 'reject':
      case 'waitlist':
        return review(living, command, { reason: 'x' }, desk);
      case 'merge': {
        if (applicant) break;
        const keep = await submitted();
        return stage.call(desk, 'POST', '/review/duplicates/merge', { keep: keep.id, drop: living.id, reason: 'x' });
      }
      case 'suspend':
      case 'reinstate':
      case 'revoke':
        return onBadge(living, command, desk);
    }
    return inTx(async (tx) =>
      use(ApplicationSteps).require(await use(ApplicationSteps).lock(tx, living.id), command, actor),
    );
  }
  async function complete({ id, who, outlet }: Living): Promise<void> {
    await stage.upload(who, id, 'commission-letter', PDF);
    const { version } = await row({ id, who, outlet });
    await stage.call(
      who,
      'PUT',
      `/applications/${id}`,
      { fields: { ...FIELDS, outlet } },
      { 'If-Match': `"${version}"` },
    );
  }

  async function walk(state: ApplicationState, reach: () => Promise<Living>, held: boolean): Promise<void> {
    let living = await reach();
    for (const command of COMMANDS)
      for (const actor of ACTORS) {
        const before = await row(living);
        expect([state, before.state, before.held !== null]).toEqual([state, state, held]);
        const answer = await give(living, command, actor).catch((error: { code?: string }) => error.code);
        const now = await row(living);
        const what = `${held ? 'held ' : ''}${state}: ${command} by ${actor} → ${JSON.stringify(answer)?.slice(0, 300)}`;
        if (mayDo(state, command, actor, held)) {
          const ends = endsOf(command, held);
          expect([what, ends.length === 0 ? now.state === state : ends.includes(now.state)]).toEqual([what, true]);
          expect([what, now.version > before.version]).toEqual([what, true]);
          expect([what, now.steps]).toEqual([what, before.steps + (ends.length === 0 ? 0 : 1)]);
          living = await reach();
        } else expect([what, now]).toEqual([what, before]);
      }
  }

  it.each(STATES)('in %s ends as the table says, or changes nothing', (state) => walk(state, REACH[state], false));

  it.each([...HELD_STATES])('in %s of a change leads on or back to what was approved', (state) =>
    walk(state, REACH_HELD[state]!, true),
  );
});
