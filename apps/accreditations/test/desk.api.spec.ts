import { randomUUID } from 'node:crypto';
import { eventually } from '#libs/testing';
import {
  type AccreditationsStage,
  CONSENT,
  EDITION,
  officer,
  openStage,
  PDF,
  person,
  portrait,
} from './accreditations-stage.js';
import { type PlayedGateway, playGateway } from './played-gateway.js';

jest.setTimeout(30_000);

describe('the desk on the day', () => {
  let stage: AccreditationsStage;
  let gateway: PlayedGateway;
  let face: Buffer;
  beforeAll(async () => {
    gateway = await playGateway();
    stage = await openStage({ GATEWAY_URL: gateway.url });
    face = await portrait();
  }, 120_000);
  afterAll(async () => {
    await stage?.close();
    gateway.close();
  });

  const desk = (method: string, path: string, body?: unknown, extra = {}) =>
    stage.call(officer, method, `/desk${path}`, body, extra);
  const order = (outlet: string, more: object = {}) => ({
    editionId: EDITION,
    category: 'press',
    email: `${randomUUID()}@example.org`,
    language: 'kk',
    fields: { name: 'Гүлнәр Әубәкірова', outlet, medium: 'online', country: 'KZ', city: 'Алматы' },
    ...more,
  });
  const paper = (id: string, kind: string, bytes: Buffer) =>
    stage.upload(officer, id, kind, bytes, { path: `/desk/walk-ups/${id}/evidence`, fileName: 'camera.jpg' });
  const begun = async (outlet: string, more: object = {}) => {
    const body = order(outlet, more);
    const { body: made, status } = await desk('POST', '/walk-ups', body);
    expect(status).toBe(201);
    await paper(made.applicationId, 'commission-letter', PDF);
    return { ...made, email: body.email as string } as { applicationId: string; personId: string; email: string };
  };
  const issue = (id: string, body: object = {}, extra = {}) =>
    desk('POST', `/walk-ups/${id}/issue`, { format: 'cr80', ...CONSENT, ...body }, extra);
  const find = async (search: string) =>
    (await desk('GET', `/people?edition=${EDITION}&search=${encodeURIComponent(search)}`)).body.people;

  it('accredits who stands there: form, photo, and one act of decision, badge and card', async () => {
    const body = order('Walk-up Weekly');
    const key = { 'Idempotency-Key': randomUUID() };
    const made = await desk('POST', '/walk-ups', body, key);
    expect((await desk('POST', '/walk-ups', body, key)).body.applicationId).toBe(made.body.applicationId);
    expect(made.body).toMatchObject({ state: 'draft', personId: gateway.personOf(body.email), evidence: [] });
    const id = made.body.applicationId;
    // Everything that is missing is said at once, and nothing was decided.
    const early = await issue(id);
    expect([early.status, early.body.code]).toEqual([422, 'application-incomplete']);
    await paper(id, 'commission-letter', PDF);
    const photo = await paper(id, 'portrait', face);
    expect(photo.body.evidence.map((one: { kind: string }) => one.kind)).toEqual(['commission-letter', 'portrait']);
    const act = { 'Idempotency-Key': randomUUID() };
    const issued = await issue(id, {}, act);
    expect(issued.body).toMatchObject({
      state: 'approved',
      badge: { state: 'live' },
      print: { state: 'printed', format: 'cr80', name: 'Гүлнәр Әубәкірова' },
    });
    expect((await issue(id, {}, act)).body).toEqual(issued.body);
    expect((await issue(id)).body).toEqual(issued.body);
    const who = person(made.body.personId);
    expect((await stage.call(who, 'GET', '/badges/mine')).body.badges).toHaveLength(1);
    const pdf = await desk('GET', `/prints/${issued.body.print.id}/pdf`);
    expect([pdf.status, pdf.body.slice(0, 5)]).toEqual([200, '%PDF-']);
    const collected = await stage.call(officer, 'POST', `/badge-prints/${issued.body.print.id}/steps`, {
      to: 'collected',
    });
    expect(collected.body.state).toBe('collected');
  });

  it('finds a name in any script, with the photo to compare, and hands over in three calls', async () => {
    const made = await begun('Script Post', {
      fields: { name: 'Қуаныш Жұмабаев', outlet: 'Script Post', medium: 'online', country: 'KZ', city: 'Алматы' },
    });
    await paper(made.applicationId, 'portrait', face);
    await issue(made.applicationId);
    for (const typed of ['Қуаныш', 'Куаныш жумабаев', 'kuanysh', 'Quanysh Zhumabaev']) {
      const people = await find(typed);
      expect(people.map((one: { applicationId: string }) => one.applicationId)).toContain(made.applicationId);
    }
    const [row] = await find('Куаныш');
    expect(row).toMatchObject({ state: 'approved', badge: { state: 'live' }, print: { state: 'printed' } });
    const photo = await stage.call(officer, 'GET', row.photo.replace('/api/accreditations', ''));
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const colleague = { ...officer, id: randomUUID() };
    expect((await stage.call(colleague, 'GET', row.photo.replace('/api/accreditations', ''))).status).toBe(410);
  });

  it('prints a badge once; what is torn gets a new serial, and the old one answers “replaced”', async () => {
    const made = await stage.submitted('Torn Times');
    await stage.call(officer, 'POST', `/review/applications/${made.id}/start`, {});
    const { body: approved } = await stage.call(officer, 'POST', `/review/applications/${made.id}/approve`, {});
    const first = await desk('POST', `/badges/${approved.badge.id}/print`, { format: 'a6' });
    expect(first.body).toMatchObject({ state: 'printed', format: 'a6', badgeId: approved.badge.id });
    const twice = await desk('POST', `/badges/${approved.badge.id}/print`, { format: 'a6' });
    expect([twice.status, twice.body.code]).toEqual([409, 'badge-on-paper']);
    const again = await desk('POST', `/badges/${approved.badge.id}/reprint`, { format: 'cr80', reason: 'torn' });
    expect(again.body).toMatchObject({ state: 'printed', format: 'cr80' });
    expect(again.body.badgeId).not.toBe(approved.badge.id);
    const rows = await stage.db.database.query(
      `SELECT b.state, p.state AS paper FROM badge b JOIN badge_print p ON p.badge_id = b.id
        WHERE b.application_id = $1 ORDER BY b.issued_at, b.id`,
      [made.id],
    );
    expect(rows).toEqual([
      { state: 'replaced', paper: 'spoiled' },
      { state: 'live', paper: 'printed' },
    ]);
    await eventually(() =>
      expect(stage.door.told.find((one) => one.aggregate === approved.badge.id)?.data).toMatchObject({
        state: 'replaced',
      }),
    );
    expect((await desk('GET', `/prints/${first.body.id}/pdf`)).status).toBe(404);
    const gone = await desk('POST', `/badges/${approved.badge.id}/reprint`, { format: 'cr80', reason: 'torn' });
    expect([gone.status, gone.body.code]).toEqual([409, 'badge-step-illegal']);
  });

  it('goes by the same quotas: of six issued at once for an outlet of four, four have a badge', async () => {
    const made = [];
    for (let i = 0; i < 6; i++) made.push(await begun('Desk Race Daily'));
    const answers = await Promise.all(made.map(({ applicationId }) => issue(applicationId)));
    const states = answers.map((answer) => answer.body.state).sort();
    expect(states).toEqual(['approved', 'approved', 'approved', 'approved', 'waitlisted', 'waitlisted']);
    const without = answers.filter((answer) => answer.body.state === 'waitlisted');
    for (const { body } of without) expect(body).toMatchObject({ badge: null, print: null });
  });

  it('goes on with the draft that its owner began, and with no other application of anybody', async () => {
    const mine = order('Half Done');
    const who = person(gateway.personOf(mine.email));
    const draft = await stage.call(who, 'POST', '/applications', { editionId: EDITION, category: 'press' });
    const taken = await desk('POST', '/walk-ups', mine);
    expect(taken.body.applicationId).toBe(draft.body.id);
    const stranger = await stage.call(person(), 'POST', '/applications', { editionId: EDITION, category: 'press' });
    for (const path of ['/issue', '/evidence'])
      expect((await desk('POST', `/walk-ups/${stranger.body.id}${path}`, { format: 'a6' })).body.code).toBe(
        'walk-up-unknown',
      );
    const handedIn = await stage.submitted('Handed In', person(gateway.personOf('known@example.org')));
    const open = await desk('POST', '/walk-ups', { ...order('Handed In'), email: 'known@example.org' });
    expect([open.status, open.body.code, open.body.facts.applicationId]).toEqual([
      409,
      'application-already-open',
      handedIn.id,
    ]);
    const closed = await desk('POST', '/walk-ups', order('Studio', { category: 'jury' }));
    expect([closed.status, closed.body.code]).toEqual([409, 'not-at-desk']);
  });

  it('says so when people cannot be recorded, and nothing was begun', async () => {
    gateway.up = false;
    const answer = await desk('POST', '/walk-ups', order('Nobody Home'));
    gateway.up = true;
    expect([answer.status, answer.body.code]).toEqual([503, 'part-unavailable']);
  });
});
