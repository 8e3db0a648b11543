import { randomUUID } from 'node:crypto';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

describe('places kept for somebody', () => {
  let stage: TicketsStage;
  const manager = castMember('manager', ['house-manager']);
  const aigul = castMember('aigul');

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const block = (screening: string, body: object, key = randomUUID()) =>
    stage.call(manager, 'POST', `/screenings/${screening}/blocks`, body, key);
  const hold = (screening: string, seats: string[]) =>
    stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
  const taken = async (screening: string) =>
    (
      await stage.db.database.query<{ seat: string }>(
        'SELECT seat_id AS seat FROM seat_claim WHERE screening_id = $1 ORDER BY 1',
        [screening],
      )
    ).map(({ seat }) => seat);
  const counted = async () =>
    stage.db.database.query(
      `SELECT id FROM usage_limit l WHERE used > capacity
          OR used <> coalesce((SELECT sum(n) FROM limit_use u WHERE u.limit_id = l.id), 0)`,
    );
  /** Festival time of the edition moves; the other way to wait for a release. */
  const stepFestival = (ms: number, version: number) =>
    stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, version, {
      editionId: EDITION,
      offsetMs: ms,
    });

  it('a block keeps its seats from buyers, once per key, and counts against the share that it names', async () => {
    const screening = await stage.screening({
      allocations: [{ id: 'guest', classes: ['guest'], capacity: 3, overflow: [] }],
    });
    const key = randomUUID();
    const body = { purpose: 'sponsor', seats: ['A-1', 'A-2'], allocation: 'guest', minutesBefore: 30 };
    const made = await block(screening, body, key);
    expect([made.status, made.body.state, made.body.seats, made.body.allocation]).toEqual([
      201,
      'kept',
      ['A-1', 'A-2'],
      'guest',
    ]);
    expect((await block(screening, body, key)).body.id).toBe(made.body.id);
    expect((await hold(screening, ['A-2'])).body.code).toBe('seats-taken');
    const use = await stage.call(manager, 'GET', `/screenings/${screening}/allocations`);
    expect([use.body.allocations[0].used, use.body.troubles[0].trouble]).toEqual([2, 'seats-uncounted']);
    expect((await block(screening, { ...body, seats: ['B-1', 'B-2'] })).body.code).toBe('allocation-full');
    expect(await counted()).toEqual([]);
  });

  it.each([
    [{ purpose: 'x', seats: ['Z-9'] }, 422, 'seat-unknown'],
    [{ purpose: 'x', seats: ['A-1'], allocation: 'none' }, 422, 'allocation-unknown'],
    [{ purpose: 'x', seats: ['A-1'], minutesBefore: 5, releaseAt: '2030-01-01T00:00:00Z' }, 422, 'release-twice'],
  ])('%j is refused', async (body, status, code) => {
    const answer = await block(await stage.screening(), body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('a block changes its seats as one, but not under somebody else’s hands, and is released once', async () => {
    const screening = await stage.screening();
    const { body: made } = await block(screening, { purpose: 'film team', seats: ['A-1', 'A-2'] });
    const change = (version: number, body: object) =>
      stage.call(manager, 'PUT', `/blocks/${made.id}`, body, undefined, { 'If-Match': `"${version}"` });
    const changed = await change(1, { seats: ['A-2', 'A-3'] });
    expect([changed.status, changed.body.seats, changed.body.version]).toEqual([200, ['A-2', 'A-3'], 2]);
    expect((await change(1, { seats: ['A-9'] })).body.code).toBe('changed-meanwhile');
    const released = await Promise.all([1, 2].map(() => stage.call(manager, 'POST', `/blocks/${made.id}/release`, {})));
    expect(released.map((answer) => answer.body.state)).toEqual(['released', 'released']);
    expect(await taken(screening)).toEqual([]);
    expect((await change(3, { seats: ['A-9'] })).body.code).toBe('block-released');
  });

  it('a policy gives every announced competition screening its jury block, once, and releases it at T-5', async () => {
    const section = { sectionId: 'competition' };
    const before = await stage.screening(section);
    const policy = { blocks: [{ purpose: 'jury', sections: ['competition'], seats: 3 }] };
    const set = await stage.call(manager, 'PUT', `/editions/${EDITION}/block-policy`, policy);
    expect(set.status).toBe(200);
    const after = await stage.screening(section);
    await stage.screening({ ...section, screeningId: after });
    const other = await stage.screening({ sectionId: 'panorama' });
    for (const screening of [before, after]) {
      const { body } = await stage.call(manager, 'GET', `/screenings/${screening}/blocks`);
      expect(body).toMatchObject([{ purpose: 'jury', minutesBefore: 5, state: 'kept' }]);
      expect(body[0].seats).toEqual(['B-4', 'B-5', 'B-6']);
    }
    expect(await taken(other)).toEqual([]);
    await stepFestival(86_400_000 - 6 * 60_000, 10);
    expect(await taken(after)).toHaveLength(3);
    await stepFestival(86_400_000 - 4 * 60_000, 11);
    await eventually(async () => expect(await taken(after)).toEqual([]));
    await stage.call(manager, 'PUT', `/editions/${EDITION}/block-policy`, policy);
    expect(await taken(after)).toEqual([]);
    await stepFestival(0, 12);
    await stage.call(manager, 'PUT', `/editions/${EDITION}/block-policy`, { blocks: [] });
  });

  it('an invitee accepts by the personal link, comes with one by name, and sits where protocol said', async () => {
    const screening = await stage.screening();
    const { body: kept } = await block(screening, { purpose: 'ceremony', seats: ['A-1', 'A-2', 'A-3'] });
    const list = await stage.call(
      manager,
      'POST',
      `/screenings/${screening}/invitation-lists`,
      {
        name: 'Ministry',
        respondBy: new Date(Date.now() + 3_600_000).toISOString(),
        invitees: [
          { name: 'Гүлнәр Әбенова', places: 2 },
          { name: 'Second', places: 1 },
        ],
      },
      randomUUID(),
    );
    expect(list.status).toBe(201);
    const [first, second] = list.body.invitations;
    const key = new URL(first.link).searchParams.get('key');
    expect(key).toHaveLength(22);
    const seat = (id: string, seats: string[]) => stage.call(manager, 'PUT', `/invitations/${id}/seats`, { seats });
    expect((await seat(first.id, ['A-1', 'A-2'])).body.seats).toEqual(['A-1', 'A-2']);
    expect((await seat(second.id, ['A-2'])).body.code).toBe('seats-taken');
    const see = (id: string, given: string | null) => fetch(`${stage.service.url}/invitations/${id}?key=${given}`);
    expect((await see(second.id, key)).status).toBe(404);
    expect(await (await see(first.id, key)).json()).toMatchObject({ name: 'Гүлнәр Әбенова', places: 2, state: 'sent' });
    const answer = (body: object) => stage.call(aigul, 'POST', `/invitations/${first.id}/answer`, { key, ...body });
    expect((await answer({ answer: 'accept', companions: ['One', 'Two'] })).body.code).toBe('invitation-too-many');
    const accepted = await answer({ answer: 'accept', companions: ['Марат'] });
    expect([accepted.status, accepted.body.state, accepted.body.accepted]).toEqual([200, 'accepted', 2]);
    expect((await answer({ answer: 'accept', companions: ['Марат'] })).status).toBe(200);
    const alone = await answer({ answer: 'accept' });
    expect(alone.body.seats).toEqual([{ row: 'A', seat: '1' }]);
    expect((await answer({ answer: 'decline' })).body.seats).toEqual([]);
    expect((await stage.call(manager, 'GET', `/screenings/${screening}/blocks`)).body[0]).toMatchObject({
      id: kept.id,
      seats: ['A-3'],
    });
    const told = await stage.db.database.query<{ data: string }>('SELECT data::text FROM outbox');
    for (const { data } of told) expect(data).not.toMatch(/Гүлнәр|Марат/);
  });

  it('a guest who accepted and was seated gets tickets, once, and nothing is changed by a link after that', async () => {
    const screening = await stage.screening();
    const { body } = await stage.call(
      manager,
      'POST',
      `/screenings/${screening}/invitation-lists`,
      {
        name: 'Jury',
        respondBy: new Date(Date.now() + 3_600_000).toISOString(),
        invitees: [{ name: 'Guest', places: 2 }],
      },
      randomUUID(),
    );
    const [guest] = body.invitations;
    const key = new URL(guest.link).searchParams.get('key');
    const ticket = () => stage.call(manager, 'POST', `/invitations/${guest.id}/tickets`, {});
    const seats = { seats: ['B-1', 'B-2'] };
    await stage.call(manager, 'PUT', `/invitations/${guest.id}/seats`, seats);
    expect((await ticket()).body.code).toBe('invitation-not-seated');
    const answer = (more: object) => stage.call(aigul, 'POST', `/invitations/${guest.id}/answer`, { key, ...more });
    await answer({ answer: 'accept', companions: ['With'] });
    const made = await Promise.all([ticket(), ticket(), ticket()]);
    const orders = made.flatMap(({ body: order }) => order.id ?? []);
    expect([new Set(orders).size, made.find(({ status }) => status === 201)?.body.state]).toEqual([1, 'paid']);
    const again = await ticket();
    expect([again.body.id, again.body.total.amount, again.body.lines.length]).toEqual([orders[0], 0, 2]);
    expect((await answer({ answer: 'decline' })).body.code).toBe('invitation-ticketed');
    expect((await stage.call(manager, 'PUT', `/invitations/${guest.id}/seats`, seats)).body.code).toBe(
      'invitation-ticketed',
    );
    const [row] = await stage.db.database.query<{ n: string }>(
      `SELECT count(*) AS n FROM ticket t JOIN seat_claim c ON c.owner_id = t.order_id AND c.line_no = t.line_no
        WHERE t.order_id = $1 AND t.state = 'live'`,
      [orders[0]],
    );
    expect(row?.n).toBe('2');
  });

  it('frees what nobody answered after the date, and forgets names when the person is erased', async () => {
    const screening = await stage.screening();
    const { body } = await stage.call(
      manager,
      'POST',
      `/screenings/${screening}/invitation-lists`,
      {
        name: 'Guests',
        respondBy: new Date(Date.now() + 3_600_000).toISOString(),
        invitees: [{ name: 'Silent', places: 1 }],
      },
      randomUUID(),
    );
    const [silent] = body.invitations;
    await stage.call(manager, 'PUT', `/invitations/${silent.id}/seats`, { seats: ['B-1'] });
    await stage.db.database.query('UPDATE invitation SET person_id = $2 WHERE id = $1', [silent.id, 'erased-person']);
    await stage.tell({ type: 'people.tombstone', topic: 'people' }, 'erased-person', 2, null);
    await stepFestival(7_200_000, 13);
    await eventually(async () => expect(await taken(screening)).toEqual([]));
    const lists = await stage.call(manager, 'GET', `/screenings/${screening}/invitation-lists`);
    expect(lists.body[0].invitations[0]).toMatchObject({ state: 'released', name: null });
    await stepFestival(0, 14);
    const key = new URL(silent.link).searchParams.get('key');
    const late = await stage.call(aigul, 'POST', `/invitations/${silent.id}/answer`, { key, answer: 'accept' });
    expect(late.body.code).toBe('invitation-over');
  });

  it('a way in is data of the edition and of a screening', async () => {
    const screening = await stage.screening();
    const modes = { modes: [{ class: 'jury', mode: 'badge-alone' }] };
    const set = await stage.call(manager, 'PUT', `/screenings/${screening}/entry-modes`, modes);
    expect([set.status, set.body]).toEqual([200, modes]);
    expect((await stage.call(aigul, 'PUT', `/screenings/${screening}/entry-modes`, modes)).status).toBe(403);
    const scoped = { ...manager, roles: ['house-manager@other'] };
    expect((await stage.call(scoped, 'PUT', `/editions/${EDITION}/entry-modes`, modes)).body.code).toBe('role-needed');
  });
});
