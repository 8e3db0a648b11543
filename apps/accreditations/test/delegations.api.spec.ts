import { randomUUID } from 'node:crypto';
import type { EventData, MemberInvited } from '#libs/contracts';
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
import { type PlayedGateway, playGateway } from './played-gateway.js';

const LIST = `\uFEFFName;Email;Language
Айгүл Сәрсенова;aigul@studio.example;kk
"Smith; John";john@studio.example;en
Ирина Петрова;irina@studio.example;
`;
const service = { kind: 'service', id: 'tickets', roles: [] } as const;

describe('a delegation', () => {
  let stage: AccreditationsStage;
  let gateway: PlayedGateway;
  const leaderOf = (email: string) => person(gateway.personOf(email));

  beforeAll(async () => {
    gateway = await playGateway();
    stage = await openStage({ GATEWAY_URL: gateway.url });
  });
  afterAll(async () => {
    await stage.close();
    gateway.close();
  });

  const opened = async (places = 10) => {
    const email = `leader-${randomUUID()}@studio.example`;
    const body = {
      name: 'Студия делегациясы',
      category: 'press',
      leader: { email, name: 'Leader', language: 'en' },
      places,
      perScreening: 2,
    };
    const answer = await stage.call(officer, 'POST', `/editions/${EDITION}/delegations`, body);
    expect(answer.status).toBe(201);
    return { id: answer.body.id as string, leader: leaderOf(email) };
  };
  const add = (id: string, leader: ReturnType<typeof person>, csv: string, key: string = randomUUID()) =>
    stage.call(
      leader,
      'POST',
      `/delegations/${id}/members`,
      { csv },
      { 'Idempotency-Key': key, 'Accept-Language': 'ru' },
    );
  const told = async (member: string) =>
    (
      await stage.db.database.query<{ version: number; data: EventData<typeof MemberInvited> }>(
        `SELECT version::int AS version, data FROM outbox WHERE type = 'accreditations.delegation.member-invited.v1' AND aggregate_id = $1 ORDER BY seq`,
        [member],
      )
    ).map((row) => ({ version: row.version, data: row.data }));
  const words = (member: string) =>
    stage.call({ ...service, roles: [] }, 'GET', `/internal/delegation-members/${member}/words`);
  const redeem = (token: string) => stage.call({ ...service, roles: [] }, 'POST', '/internal/completions', { token });
  const tokenOf = (link: string) => link.split('#')[1]!;

  it('takes a list as a spreadsheet writes it; everybody owns the own application and is invited once', async () => {
    const { id, leader } = await opened();
    const key = randomUUID();
    const added = await add(id, leader, LIST.replaceAll('@studio', `@${randomUUID().slice(0, 8)}`), key);
    expect(added.body).toEqual({ added: 3, known: 0 });
    const seen = (await stage.call(leader, 'GET', `/delegations/${id}`)).body;
    expect(seen.members.map(({ name, step, round }: Record<string, unknown>) => [name, step, round])).toEqual([
      ['Айгүл Сәрсенова', 'invited', 1],
      ['Smith; John', 'invited', 1],
      ['Ирина Петрова', 'invited', 1],
    ]);
    expect(seen.members[0].missing).toBeGreaterThan(0);
    const member = person(seen.members[0].personId);
    const mine = (await stage.call(member, 'GET', '/applications')).body.applications;
    expect(mine.map(({ state, fields }: { state: string; fields: object }) => [state, fields])).toEqual([
      ['draft', { name: 'Айгүл Сәрсенова' }],
    ]);
    // The leader follows the steps and sees nothing of what is written.
    expect((await stage.call(leader, 'GET', `/applications/${mine[0].id}`)).status).toBe(404);
    expect(Object.keys(seen.members[0]).sort()).toEqual(
      ['id', 'invitedAt', 'missing', 'name', 'personId', 'round', 'step'].sort(),
    );
    const events = await told(seen.members[1].id);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toMatch(/Smith|example|#/);
    expect(events[0]).toMatchObject({ version: 1, data: { by: 'delegation', delegationId: id, round: 1 } });
  });

  it('adds nobody when a row is wrong, and names each problem by its line', async () => {
    const { id, leader } = await opened();
    const csv = `name,email,language\n,a@b.kz,kk\nOne,not an address,kk\nTwo,two@b.kz,de\nThree,two@b.kz,kk\n`;
    const refused = await add(id, leader, csv);
    expect([refused.status, refused.body.code]).toEqual([422, 'members-refused']);
    expect(refused.body.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['csv/2/name', 'row-name'],
      ['csv/3/email', 'row-email'],
      ['csv/4/language', 'row-language'],
      ['csv/5/email', 'row-repeated'],
    ]);
    expect((await add(id, leader, 'person;mail\nOne;one@b.kz\n')).body.errors[0].code).toBe('row-columns');
    expect((await add(id, leader, 'name,email\n"One,one@b.kz\n')).body.errors[0].code).toBe('row-unreadable');
    expect((await add(id, leader, 'name,email\n')).body.errors[0].code).toBe('list-empty');
    expect((await stage.call(leader, 'GET', `/delegations/${id}`)).body.members).toEqual([]);
  });

  it('keeps to its places, also when two lists come at once, and takes a list twice as one', async () => {
    const { id, leader } = await opened(4);
    const list = (tag: string) =>
      `name,email\n${[1, 2, 3].map((n) => `Member ${n},${tag}-${n}-${id}@b.kz`).join('\n')}\n`;
    const both = await Promise.all([add(id, leader, list('a')), add(id, leader, list('b'))]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = both.find(({ status }) => status === 409)!;
    expect([refused.body.code, refused.body.facts.places]).toEqual(['delegation-too-large', 4]);
    const again = both[0]!.status === 201 ? 'a' : 'b';
    expect((await add(id, leader, list(again))).body).toEqual({ added: 0, known: 3 });
    // Nobody has two applications: who began one alone is named.
    const alone = `alone-${randomUUID()}@b.kz`;
    await stage.call(leaderOf(alone), 'POST', '/applications', { editionId: EDITION, category: 'press' });
    const busy = await add(id, leader, `name,email\nAlone,${alone}\n`);
    expect(busy.body.errors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([
      ['csv/2/email', 'row-applied'],
    ]);
  });

  it('opens an application by a link that works once, until the next round', async () => {
    const { id, leader } = await opened();
    await add(id, leader, `name,email\nOne,one-${id}@b.kz\n`);
    const member = async () => (await stage.call(leader, 'GET', `/delegations/${id}`)).body.members[0];
    const { id: memberId, personId } = await member();
    const first = (await words(memberId)).body;
    expect(first.link).toBe((await words(memberId)).body.link);
    expect(first.delegation).toBe('Студия делегациясы');
    const wrong = `${memberId}.${'A'.repeat(32)}`;
    for (const token of [wrong, `${randomUUID()}.${tokenOf(first.link).split('.')[1]}`])
      expect((await redeem(token)).body.code).toBe('completion-link-over');
    const all = await Promise.all(Array.from({ length: 5 }, () => redeem(tokenOf(first.link))));
    expect(all.filter(({ status }) => status === 200).map(({ body }) => body.personId)).toEqual([personId]);
    expect((await member()).step).toBe('opened');
    expect((await words(memberId)).body.code).toBe('completion-link-over');
    // A reminder sends a new link, a day after the one before.
    const early = await stage.call(leader, 'POST', `/delegations/${id}/members/${memberId}/remind`);
    expect([early.status, early.body.code]).toEqual([409, 'reminded-already']);
    await stage.db.database.query(
      `UPDATE delegation_member SET invited_at = invited_at - interval '25 hours' WHERE id = $1`,
      [memberId],
    );
    const reminded = await stage.call(leader, 'POST', `/delegations/${id}/members/${memberId}/remind`);
    expect([reminded.status, reminded.body.members[0].round]).toEqual([200, 2]);
    const second = (await words(memberId)).body;
    expect(second.link).not.toBe(first.link);
    expect((await redeem(tokenOf(first.link))).status).toBe(410);
    expect((await redeem(tokenOf(second.link))).status).toBe(200);
    expect((await told(memberId)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('lets its leader take a member back, whose badge then ends, and tells the delegation with the badge', async () => {
    const { id, leader } = await opened();
    await add(id, leader, `name,email\nMember,member-${id}@b.kz\n`);
    const { members } = (await stage.call(leader, 'GET', `/delegations/${id}`)).body;
    const who = person(members[0].personId);
    const application = (await stage.call(who, 'GET', '/applications')).body.applications[0];
    const fields = { name: 'Member', outlet: `Studio ${id}`, medium: 'online', country: 'KZ', city: 'Almaty' };
    await stage.call(
      who,
      'PUT',
      `/applications/${application.id}`,
      { fields },
      { 'If-Match': `"${application.version}"` },
    );
    await stage.upload(who, application.id, 'commission-letter', PDF);
    expect((await stage.call(who, 'POST', `/applications/${application.id}/submit`, CONSENT)).body.state).toBe(
      'submitted',
    );
    const remind = await stage.call(leader, 'POST', `/delegations/${id}/members/${members[0].id}/remind`);
    expect(remind.body.code).toBe('member-handed-in');
    await stage.call(officer, 'POST', `/review/applications/${application.id}/start`, {});
    const approved = await stage.call(officer, 'POST', `/review/applications/${application.id}/approve`, {});
    expect(approved.body.state).toBe('approved');
    const [issued] = await stage.db.database.query<{ data: { delegation: object } }>(
      `SELECT data FROM outbox WHERE type = 'accreditations.badge.issued.v1' AND data->>'accreditationId' = $1`,
      [application.id],
    );
    expect(issued?.data.delegation).toEqual({ delegationId: id, perScreening: 2, leaderId: leader.id });
    for (const _ of [1, 2]) {
      const back = await stage.call(leader, 'POST', `/delegations/${id}/members/${members[0].id}/withdraw`);
      expect(back.body.members[0].step).toBe('withdrawn');
    }
    const [badge] = await stage.db.database.query<{ state: string }>(
      'SELECT state FROM badge WHERE application_id = $1',
      [application.id],
    );
    expect(badge?.state).toBe('revoked');
  });

  it('gives the place of a member who was taken back to somebody else, and takes the same person again', async () => {
    const { id, leader } = await opened(1);
    const one = `name,email\nOne,one-${id}@b.kz\n`;
    expect((await add(id, leader, one)).body).toEqual({ added: 1, known: 0 });
    const first = (await stage.call(leader, 'GET', `/delegations/${id}`)).body.members[0];
    expect((await add(id, leader, `name,email\nTwo,two-${id}@b.kz\n`)).body.code).toBe('delegation-too-large');
    await stage.call(leader, 'POST', `/delegations/${id}/members/${first.id}/withdraw`);
    expect((await add(id, leader, one)).body).toEqual({ added: 1, known: 0 });
    const again = (await stage.call(leader, 'GET', `/delegations/${id}`)).body.members;
    expect(again.map(({ id: member, step, round }: Record<string, unknown>) => [member, step, round])).toEqual([
      [first.id, 'invited', 2],
    ]);
    expect((await told(first.id)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('is its leader’s and the officers’ alone; the festival invites without one', async () => {
    const { id, leader } = await opened();
    expect((await stage.call(person(), 'GET', `/delegations/${id}`)).status).toBe(404);
    expect((await add(id, person(), LIST)).body.code).toBe('delegation-unknown');
    expect((await stage.call(admin, 'GET', `/delegations/${id}`)).status).toBe(200);
    expect((await stage.call(leader, 'GET', '/delegations')).body.delegations).toHaveLength(1);
    const elsewhere = { ...officer, id: randomUUID(), roles: ['accreditation-officer@other'] as never };
    expect((await stage.call(elsewhere, 'GET', `/editions/${EDITION}/delegations`)).status).toBe(404);
    const guest = { email: `guest-${id}@b.kz`, name: 'Guest of honour', language: 'en' };
    const invite = () =>
      stage.call(officer, 'POST', `/editions/${EDITION}/invited`, { category: 'press', people: [guest] });
    expect((await invite()).body).toEqual({ added: 1, known: 0 });
    expect((await invite()).body).toEqual({ added: 0, known: 1 });
    const { invited } = (await stage.call(officer, 'GET', `/editions/${EDITION}/invited`)).body;
    expect(invited.map(({ name }: { name: string }) => name)).toEqual(['Guest of honour']);
    expect((await words(invited[0].id)).body.delegation).toBeNull();
    gateway.up = false;
    expect((await add(id, leader, LIST)).status).toBe(503);
    gateway.up = true;
  });
});
