import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Caller } from '#libs/service-defaults';
import { ExtrasQueries } from '../src/extras/extras.queries.js';
import { FreeExtras } from '../src/extras/free-extras.job.js';
import { DrawBadges } from '../src/prints/draw-badges.js';
import { type AccreditationsStage, EDITION, FESTIVAL_NOW, officer, openStage, person } from './accreditations-stage.js';

jest.setTimeout(60_000);

const EXAMPLE = JSON.parse(
  readFileSync(resolve('libs/contracts/examples/accreditations.extra.decided.v1.json'), 'utf8'),
) as { version: number; data: { name: object; at: string; [fact: string]: unknown } };
const HOUR = 3_600_000;
const ASKS_UNTIL = new Date(FESTIVAL_NOW.getTime() + HOUR);

describe('extras of an event', () => {
  let stage: AccreditationsStage;
  let clock = 2;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const extras = `/editions/${EDITION}/extras`;
  const announce = (id: string, more: object = {}) =>
    stage.call(officer, 'POST', extras, {
      id,
      kind: 'red-carpet',
      name: EXAMPLE.data.name,
      at: EXAMPLE.data.at,
      capacity: 2,
      how: 'draw',
      asksUntil: ASKS_UNTIL.toISOString(),
      ...more,
    });
  const accredited = async (outlet: string) => {
    const made = await stage.submitted(outlet, person());
    await stage.call(officer, 'POST', `/review/applications/${made.id}/start`, {});
    const { body } = await stage.call(officer, 'POST', `/review/applications/${made.id}/approve`, {});
    return { who: made.who, badge: body.badge.id as string };
  };
  const crowd = async (name: string, count: number) => {
    const people = [];
    for (let i = 0; i < count; i++) people.push(await accredited(`${name} ${'abcdefgh'[i]}`));
    return people;
  };
  const ask = (who: Caller, id: string) => stage.call(who, 'POST', `${extras}/${id}/request`);
  const requests = async (id: string) => (await stage.call(officer, 'GET', `${extras}/${id}/requests`)).body;
  const close = () => stage.setFestivalTime(new Date(ASKS_UNTIL.getTime() + 1_000), ++clock);
  const open = () => stage.setFestivalTime(FESTIVAL_NOW, ++clock);
  const told = (request: string) =>
    stage.db.database.query<{ version: number; data: Record<string, unknown> }>(
      `SELECT version::int, data FROM outbox WHERE aggregate_id = $1 ORDER BY seq`,
      [request],
    );
  const states = (list: { state: string }[]) => list.map((one) => one.state).sort();

  it('by draw: the digest is out first, the order follows from the seed, and anybody can draw again', async () => {
    await open();
    const people = await crowd('Draw Daily', 5);
    const announced = await announce('opening-red-carpet');
    expect(announced.status).toBe(201);
    const { commitment } = announced.body.extras[0];
    expect(JSON.stringify(announced.body)).not.toContain('seed');
    for (const { who } of people)
      for (let times = 0; times < 2; times++) expect((await ask(who, 'opening-red-carpet')).status).toBe(200);
    expect((await stage.call(undefined, 'GET', `${extras}/opening-red-carpet/draw`)).body.code).toBe('extra-by-draw');
    const early = await stage.call(officer, 'POST', `${extras}/opening-red-carpet/draw`);
    expect([early.status, early.body.code]).toEqual([409, 'extra-still-asking']);
    await close();
    expect((await ask(people[0]!.who, 'opening-red-carpet')).body.code).toBe('extra-asks-ended');
    const both = await Promise.all([1, 2].map(() => stage.call(officer, 'POST', `${extras}/opening-red-carpet/draw`)));
    expect(both[0]!.body).toEqual(both[1]!.body);
    expect(states(both[0]!.body.requests)).toEqual(['granted', 'granted', 'refused', 'refused', 'refused']);
    expect(both[0]!.body).toMatchObject({ granted: 2, capacity: 2 });

    const { body: draw } = await stage.call(undefined, 'GET', `${extras}/opening-red-carpet/draw`);
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    expect([draw.commitment, digest(draw.seed)]).toEqual([commitment, commitment]);
    const again = [...draw.drawn].sort((a, b) => (digest(`${draw.seed}:${a}`) < digest(`${draw.seed}:${b}`) ? -1 : 1));
    expect(draw.drawn).toEqual(again);
    const list = (await requests('opening-red-carpet')).requests;
    expect(list.map((one: { id: string }) => one.id)).toEqual(draw.drawn);
    expect(list.map((one: { state: string }) => one.state)).toEqual([
      'granted',
      'granted',
      'refused',
      'refused',
      'refused',
    ]);

    const [one] = await told(draw.drawn[0]);
    expect(one!.version).toBe(EXAMPLE.version);
    expect({ ...one!.data, requestId: 0, personId: 0 }).toEqual({ ...EXAMPLE.data, requestId: 0, personId: 0 });
    expect((await told(draw.drawn[4]))[0]!.data).toMatchObject({ granted: false });

    // Who gives a place up passes it to the next of the draw; whose badge ended is passed over.
    const of = (place: number) => people.find(({ who }) => who.id === list[place - 1].personId)!;
    await stage.call(officer, 'POST', `/review/badges/${of(3).badge}/revoke`, { reason: 'x' });
    for (let times = 0; times < 2; times++)
      await stage.call(of(1).who, 'DELETE', `${extras}/opening-red-carpet/request`);
    const after = (await requests('opening-red-carpet')).requests;
    expect(after.map((row: { state: string }) => row.state)).toEqual([
      'given-up',
      'granted',
      'refused',
      'granted',
      'refused',
    ]);
    expect((await told(draw.drawn[3])).map((row) => [row.version, row.data.granted])).toEqual([
      [2, false],
      [3, true],
    ]);

    // Whose badge ends afterwards loses the place to the next, once.
    await stage.call(officer, 'POST', `/review/badges/${of(2).badge}/revoke`, { reason: 'x' });
    const free = stage.service.app.get(FreeExtras, { strict: false });
    expect((await Promise.all([free.round(), free.round()])).sort()).toEqual([0, 1]);
    const freed = (await requests('opening-red-carpet')).requests;
    expect(freed.map((row: { state: string }) => row.state)).toEqual([
      'given-up',
      'given-up',
      'refused',
      'granted',
      'granted',
    ]);

    // It stands on a badge that is printed now, and on a bib.
    const marks = stage.service.app.get(DrawBadges, { strict: false });
    const known = await marks.marksOf(
      EDITION,
      people.map(({ who }) => who.id),
    );
    expect([...known.values()]).toEqual([
      ['14.09 18:00 Ашылу салтанатының қызыл кілемі'],
      ['14.09 18:00 Ашылу салтанатының қызыл кілемі'],
    ]);
    const bibs = await stage.call(officer, 'GET', `${extras}/opening-red-carpet/bibs.pdf`);
    expect([bibs.status, bibs.body.match(/\/Type \/Page\b(?!s)/g)?.length]).toEqual([200, 2]);
  });

  it('by pick: an officer gives the places, never more than there are, also in a race', async () => {
    await open();
    const people = await crowd('Pick Post', 5);
    await announce('photo-call', { kind: 'photo-call', how: 'pick', capacity: 2 });
    for (const { who } of people) await ask(who, 'photo-call');
    expect((await stage.call(officer, 'POST', `${extras}/photo-call/draw`)).body.code).toBe('extra-not-by-draw');
    const { requests: list } = await requests('photo-call');
    const decide = (id: string, granted: boolean) =>
      stage.call(officer, 'POST', `${extras}/photo-call/requests/${id}/decision`, { granted });
    const race = await Promise.all(list.map((one: { id: string }) => decide(one.id, true)));
    expect(race.map((answer) => answer.status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect(race.filter((answer) => answer.status === 409).map((answer) => answer.body.code)).toEqual(
      Array(3).fill('extra-full'),
    );
    const picked = (await requests('photo-call')).requests;
    expect(states(picked)).toEqual(['asked', 'asked', 'asked', 'granted', 'granted']);
    const [granted] = picked.filter((one: { state: string }) => one.state === 'granted');
    const [asked] = picked.filter((one: { state: string }) => one.state === 'asked');
    expect((await decide(granted.id, false)).body.granted).toBe(1);
    expect((await decide(asked.id, true)).body.granted).toBe(2);
    expect((await decide(asked.id, true)).body.granted).toBe(2);
  });

  it('taken back by an officer are not drawn again for the same person, and numbers to be worn never move', async () => {
    await open();
    const people = await crowd('Number News', 5);
    await announce('closing-red-carpet', { capacity: 3 });
    for (const { who } of people) await ask(who, 'closing-red-carpet');
    await close();
    const { body } = await stage.call(officer, 'POST', `${extras}/closing-red-carpet/draw`);
    const ids: string[] = body.requests.map((one: { id: string }) => one.id);
    const decide = (place: number, granted: boolean) =>
      stage.call(officer, 'POST', `${extras}/closing-red-carpet/requests/${ids[place - 1]}/decision`, { granted });
    const giveUp = (place: number) => {
      const { personId } = body.requests[place - 1];
      const { who } = people.find((one) => one.who.id === personId)!;
      return stage.call(who, 'DELETE', `${extras}/closing-red-carpet/request`);
    };
    const numbers = async () => {
      const bibs = await stage.service.app.get(ExtrasQueries, { strict: false }).bibs(EDITION, 'closing-red-carpet');
      return ids.map((id) => bibs.get(id));
    };
    expect(await numbers()).toEqual([1, 2, 3, undefined, undefined]);
    expect((await decide(1, false)).body.granted).toBe(2);
    await giveUp(2);
    // The place of the second goes to the fourth: not to the first, whom an officer excluded, nor does a number move.
    expect(await numbers()).toEqual([undefined, undefined, 3, 4, undefined]);
    await giveUp(3);
    expect(await numbers()).toEqual([undefined, undefined, undefined, 4, 5]);
    // An officer may change their mind; the number is the one that was worn.
    expect((await decide(1, true)).status).toBe(200);
    expect(await numbers()).toEqual([1, undefined, undefined, 4, 5]);
    const bibs = await stage.call(officer, 'GET', `${extras}/closing-red-carpet/bibs.pdf`);
    expect(bibs.body.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3);
  });

  it('are for living badges of the functions that are named, and for officers of the edition', async () => {
    await open();
    const { who, badge } = await accredited('Function First');
    await announce('press-conference', { kind: 'press-conference', functions: ['jury'] });
    expect((await ask(who, 'press-conference')).body.code).toBe('extra-not-for-badge');
    expect((await ask(person(), 'photo-call')).body.code).toBe('extra-not-for-badge');
    expect((await ask(who, 'no-such-extra')).body.code).toBe('extra-unknown');
    expect((await announce('press-conference')).body.code).toBe('extra-known');
    await stage.call(officer, 'POST', `/review/badges/${badge}/revoke`, { reason: 'x' });
    expect((await ask(who, 'photo-call')).body.code).toBe('extra-not-for-badge');
    const elsewhere = { ...officer, id: randomUUID(), roles: ['accreditation-officer@other-2020'] };
    for (const [method, path] of [
      ['GET', '/photo-call/requests'],
      ['POST', '/photo-call/draw'],
      ['GET', '/photo-call/bibs.pdf'],
    ] as const)
      expect((await stage.call(elsewhere, method, `${extras}${path}`)).status).toBe(403);
  });
});
