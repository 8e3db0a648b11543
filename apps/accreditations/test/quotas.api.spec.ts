import type { AccreditationFile, QuotaRule } from '#libs/contracts';
import { HOUR } from '#libs/kernel';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
import {
  type AccreditationsStage,
  admin,
  CONSENT,
  EDITION,
  FESTIVAL_NOW,
  officer,
  openStage,
  PDF,
  person,
} from './accreditations-stage.js';

jest.setTimeout(60_000);

describe('quotas of accreditations', () => {
  let stage: AccreditationsStage;
  let clock = 10;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const review = (id: string, command: string, body: unknown = {}) =>
    stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body);
  const handedIn = async (outlet: string, category = 'press') => {
    const made = await stage.submitted(outlet, person(), category);
    await review(made.id, 'start');
    return made;
  };
  const decided = async (outlet: string, category = 'press') => {
    const made = await handedIn(outlet, category);
    const { body } = await review(made.id, 'approve');
    return { ...made, state: body.state as string };
  };
  const stateOf = async (id: string) =>
    (await stage.db.database.query<{ state: string }>('SELECT state FROM application WHERE id = $1', [id]))[0]!.state;
  const used = async (counter: string) =>
    (
      await stage.db.database.query<{ used: number; capacity: number }>(
        'SELECT used, capacity FROM quota WHERE id = $1',
        [`${EDITION}/${counter}`],
      )
    )[0]!;
  const load = async (change: (file: AccreditationFile) => void) => {
    change(stage.file);
    const answer = await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
    expect(answer.status).toBe(200);
    return answer.body;
  };
  /** A press category of its own with these quotas. */
  const category = async (id: string, ...quotas: QuotaRule[]) => {
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    await load((file) => file.categories.push({ ...structuredClone(press), id, quotas }));
    return id;
  };
  const at = (hours: number) => stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + hours * HOUR), clock++);
  const round = () => stage.service.app.get(LapseApplications, { strict: false }).round();

  it('count an outlet by medium, in whichever script its name is written', async () => {
    const id = await category('by-medium', { of: 'outlet-medium', capacity: 1, whenFull: 'waitlist' });
    const inMedium = async (outlet: string, medium: string) => {
      const who = person();
      const { body } = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: id });
      const fields = { name: 'Айгүл', outlet, medium, country: 'KZ', city: 'Алматы' };
      await stage.upload(who, body.id, 'commission-letter', PDF);
      await stage.call(who, 'PUT', `/applications/${body.id}`, { fields }, { 'If-Match': '"2"' });
      await stage.call(who, 'POST', `/applications/${body.id}/submit`, CONSENT);
      await review(body.id, 'start');
      return (await review(body.id, 'approve')).body.state;
    };
    expect(await inMedium('Шу Медиа', 'online')).toBe('approved');
    expect(await inMedium('ШУ МЕДИА', 'online')).toBe('waitlisted');
    expect(await inMedium('Шу медиа', 'print')).toBe('approved');
    const { body } = await stage.call(officer, 'GET', `/review/quotas?edition=${EDITION}`);
    expect(body.quotas).toContainEqual({
      of: 'outlet-medium',
      category: id,
      subject: 'Шу Медиа, online',
      capacity: 1,
      used: 1,
      waiting: 1,
    });
  });

  it('of a country may be exceeded by an officer who says why', async () => {
    const id = await category('by-country', { of: 'country', capacity: 1, whenFull: 'override' });
    expect((await decided('Alatau One', id)).state).toBe('approved');
    const second = await handedIn('Alatau Two', id);
    const full = await review(second.id, 'approve');
    expect([full.status, full.body.code, full.body.facts]).toEqual([
      409,
      'quota-full',
      { of: 'country', subject: 'KZ', capacity: 1, override: true },
    ]);
    expect((await review(second.id, 'approve', { override: true })).body.code).toBe('reason-needed');
    const done = await review(second.id, 'approve', { override: true, reason: 'The host country.' });
    expect(done.body.state).toBe('approved');
    const { body } = await stage.call(officer, 'GET', `/review/quotas?edition=${EDITION}`);
    const over = body.over.find((one: { category: string }) => one.category === id);
    expect(over).toMatchObject({ subject: 'KZ', capacity: 1, used: 2, applications: [second.id] });
    const [note] = await stage.db.database.query(
      `SELECT facts FROM audit WHERE object_id = $1 AND action = 'application.approve'`,
      [second.id],
    );
    expect(note).toMatchObject({ facts: { override: true } });
  });

  it('that refuse are not exceeded, whatever an officer says', async () => {
    const id = await category('refusing', { of: 'category', capacity: 1, whenFull: 'refuse' });
    await decided('Refuse One', id);
    const second = await handedIn('Refuse Two', id);
    expect((await review(second.id, 'approve', { override: true, reason: 'please' })).body.code).toBe('quota-full');
    expect(await stateOf(second.id)).toBe('under-review');
  });

  it('offer a freed place to who handed in first, for a time, and then to the next', async () => {
    const id = await category('line', { of: 'category', capacity: 1, whenFull: 'waitlist' });
    const holder = await decided('Line 0', id);
    const [first, second, third] = [
      await decided('Line 1', id),
      await decided('Line 2', id),
      await decided('Line 3', id),
    ];
    expect([first.state, second.state, third.state]).toEqual(['waitlisted', 'waitlisted', 'waitlisted']);
    await stage.call(holder.who, 'POST', `/applications/${holder.id}/withdraw`);
    const states = async () => Promise.all([first, second, third].map((one) => stateOf(one.id)));
    expect(await states()).toEqual(['offered', 'waitlisted', 'waitlisted']);
    expect(await used(id)).toEqual({ used: 1, capacity: 1 });
    const late = await decided('Line 4', id);
    expect(late.state).toBe('waitlisted');

    await at(23);
    await round();
    expect(await states()).toEqual(['offered', 'waitlisted', 'waitlisted']);
    await at(25);
    const over = await stage.call(first.who, 'POST', `/applications/${first.id}/accept`);
    expect([over.status, over.body.code]).toEqual([410, 'offer-over']);
    await round();
    expect(await states()).toEqual(['lapsed', 'offered', 'waitlisted']);
    const yes = await stage.call(second.who, 'POST', `/applications/${second.id}/accept`);
    expect(yes.body).toMatchObject({ state: 'approved', badge: { state: 'live' }, dueAt: null });
    expect(await used(id)).toEqual({ used: 1, capacity: 1 });
    await stage.call(second.who, 'POST', `/applications/${second.id}/withdraw`);
    expect(await states()).toEqual(['lapsed', 'withdrawn', 'offered']);
    await at(0);
  });

  it('promote exactly one for each of many places that become free at once', async () => {
    const id = await category('crowd', { of: 'category', capacity: 12, whenFull: 'waitlist' });
    const made = [];
    for (let i = 0; i < 32; i++) made.push(await decided(`Crowd ${i % 5}`, id));
    const [holders, line] = [made.slice(0, 12), made.slice(12)];
    expect(line.every((one) => one.state === 'waitlisted')).toBe(true);
    const gone = await Promise.all(
      holders.map(async ({ id: application, who }) => {
        for (;;) {
          const answer = await stage.call(who, 'POST', `/applications/${application}/withdraw`);
          if (answer.status !== 503) return answer.body.state;
        }
      }),
    );
    expect(new Set(gone)).toEqual(new Set(['withdrawn']));
    await round();
    const states = await Promise.all(line.map((one) => stateOf(one.id)));
    expect(states).toEqual([...Array(12).fill('offered'), ...Array(8).fill('waitlisted')]);
    expect(await used(id)).toEqual({ used: 12, capacity: 12 });
  });

  it('keep the order while an officer writes about the first of the line', async () => {
    const id = await category('written-about', { of: 'category', capacity: 6, whenFull: 'waitlist' });
    const made: Awaited<ReturnType<typeof decided>>[] = [];
    for (let i = 0; i < 18; i++) made.push(await decided(`Written ${i}`, id));
    const [holders, line] = [made.slice(0, 6), made.slice(6)];
    const write = (one: { id: string }) =>
      stage.call(officer, 'POST', `/review/applications/${one.id}/notes`, { text: 'looked at again' });
    const leave = (one: (typeof made)[number]) => stage.call(one.who, 'POST', `/applications/${one.id}/withdraw`);
    const answers = await Promise.all(holders.flatMap((one, i) => [write(line[i]!), leave(one), write(line[i]!)]));
    expect(answers.map((one) => one.status)).toEqual(Array(18).fill(200));
    const states = await Promise.all(line.map((one) => stateOf(one.id)));
    expect(states).toEqual([...Array(6).fill('offered'), ...Array(6).fill('waitlisted')]);
  });

  it('free a place while the first of the line is being approved: one of both, and nobody twice', async () => {
    const id = await category('approved-meanwhile', { of: 'category', capacity: 1, whenFull: 'waitlist' });
    const holder = await decided('Meanwhile 0', id);
    const [first, second] = [await decided('Meanwhile 1', id), await decided('Meanwhile 2', id)];
    await Promise.all([
      review(first.id, 'approve'),
      stage.call(holder.who, 'POST', `/applications/${holder.id}/withdraw`),
    ]);
    await round();
    expect(await used(id)).toEqual({ used: 1, capacity: 1 });
    expect(['approved', 'offered']).toContain(await stateOf(first.id));
    expect(await stateOf(second.id)).toBe('waitlisted');
  });

  it('are needed for that: counting without the counter’s lock lets too many in', async () => {
    const id = `${EDITION}/control`;
    await stage.db.database.query(
      `INSERT INTO quota (id, capacity, edition_id, category, scope) VALUES ($1, 4, $2, 'control', 'category')`,
      [id, EDITION],
    );
    const AT_ONCE = 8;
    let read = 0;
    let open: () => void = () => undefined;
    const allRead = new Promise<void>((done) => {
      open = done;
    });
    await Promise.all(
      Array.from({ length: AT_ONCE }, () =>
        stage.db.database.transaction(async (tx) => {
          const [row]: { used: number; capacity: number }[] = await tx.query(
            'SELECT used, capacity FROM quota WHERE id = $1',
            [id],
          );
          if (++read === AT_ONCE) open();
          await allRead;
          if (row!.used < row!.capacity) await tx.query('UPDATE quota SET used = used + 1 WHERE id = $1', [id]);
        }),
      ),
    );
    expect((await used('control')).used).toBe(AT_ONCE);
  });

  it('pass over who would not fit elsewhere', async () => {
    const id = await category(
      'two-counters',
      { of: 'outlet', capacity: 1, whenFull: 'waitlist' },
      { of: 'category', capacity: 2, whenFull: 'waitlist' },
    );
    await decided('Taken', id);
    const holder = await decided('Other', id);
    const sameOutlet = await decided('Taken', id);
    const fits = await decided('Third', id);
    await stage.call(holder.who, 'POST', `/applications/${holder.id}/withdraw`);
    expect([await stateOf(sameOutlet.id), await stateOf(fits.id)]).toEqual(['waitlisted', 'offered']);
  });

  it('that changed since somebody joined the line let the next pass whose places of today are free', async () => {
    const id = await category('stale-line', { of: 'category', capacity: 1, whenFull: 'waitlist' });
    const holder = await decided('Stale 0', id);
    const [first, second] = [await decided('Stale X', id), await decided('Stale Y', id)];
    await load((file) => {
      const quotas = file.categories.find((one) => one.id === id)!.quotas;
      quotas.push({ of: 'outlet', capacity: 1, whenFull: 'waitlist' });
    });
    await stage.db.database.query(
      `INSERT INTO quota (id, capacity, used, edition_id, category, scope, subject) VALUES ($1, 1, 1, $2, $3, 'outlet', 'Stale X')`,
      [`${EDITION}/${id}/stale x`, EDITION, id],
    );
    await stage.call(holder.who, 'POST', `/applications/${holder.id}/withdraw`);
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['waitlisted', 'offered']);
    await stage.call(second.who, 'POST', `/applications/${second.id}/withdraw`);
    expect(await stateOf(first.id)).toBe('waitlisted');
    const { body } = await stage.call(officer, 'GET', `/review/quotas?edition=${EDITION}`);
    const outlet = { of: 'outlet', category: id, subject: 'Stale X', capacity: 1, used: 1, waiting: 1 };
    expect(body.quotas).toContainEqual(outlet);
  });

  it('lowered below their use name who is over and take nothing from anybody; raised they let the line in', async () => {
    const id = await category('lowered', { of: 'category', capacity: 3, whenFull: 'waitlist' });
    const made = [await decided('Low 0', id), await decided('Low 1', id), await decided('Low 2', id)];
    const waiting = await decided('Low 3', id);
    const reserve = await handedIn('Low 4', id);
    await review(reserve.id, 'waitlist', { reason: 'in reserve' });
    const set = (capacity: number) =>
      load((file) => {
        file.categories.find((one) => one.id === id)!.quotas[0]!.capacity = capacity;
      });
    const { over } = await set(1);
    expect(over.find((one: { category: string }) => one.category === id)).toEqual({
      of: 'category',
      category: id,
      subject: null,
      capacity: 1,
      used: 3,
      applications: [made[2]!.id, made[1]!.id],
    });
    await round();
    for (const one of made) expect(await stateOf(one.id)).toBe('approved');
    await stage.call(made[0]!.who, 'POST', `/applications/${made[0]!.id}/withdraw`);
    expect(await stateOf(waiting.id)).toBe('waitlisted');
    await set(5);
    await round();
    expect([await stateOf(waiting.id), await stateOf(reserve.id)]).toEqual(['offered', 'waitlisted']);
  });

  it('are given back by what ends: a rejection keeps none, a revoked badge frees its place', async () => {
    const id = await category('given-back', { of: 'category', capacity: 1, whenFull: 'waitlist' });
    const holder = await decided('Back 0', id);
    const waiting = await decided('Back 1', id);
    const { body } = await stage.call(officer, 'GET', `/review/applications/${holder.id}`);
    await stage.call(officer, 'POST', `/review/badges/${body.badge.id}/revoke`, { reason: 'x' });
    expect(await stateOf(waiting.id)).toBe('offered');
    expect(await used(id)).toEqual({ used: 1, capacity: 1 });
  });
});
