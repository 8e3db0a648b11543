import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ApplicationAppealed,
  ApplicationDecided,
  ApplicationLapsed,
  ApplicationReopened,
  ApplicationSubmitted,
  BadgeIssued,
  BadgeRevoked,
  EditionRecorded,
  type EventDefinition,
  InformationRequested,
  PlaceOffered,
} from '#libs/contracts';
import { DAY } from '#libs/kernel';
import { LapseApplications } from '../src/review/lapse-applications.job.js';
import { type AccreditationsStage, EDITION, FESTIVAL_NOW, officer, openStage } from './accreditations-stage.js';

interface Golden {
  fact: string;
  type: string;
  aggregate: string;
  version: number;
  data: Record<string, unknown>;
}

function golden(definition: EventDefinition): Golden {
  return JSON.parse(readFileSync(resolve(`libs/contracts/examples/${definition.type}.json`), 'utf8')) as Golden;
}

/** What differs from one life that was really lived to another. */
const RANDOM = ['applicationId', 'accreditationId', 'badgeId', 'personId', 'serial', 'offeredUntil'];

function withoutIds(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !RANDOM.includes(name)));
}

const name = { kk: 'Фестиваль', ru: 'Фестиваль', en: 'Festival' };

jest.setTimeout(30_000);

describe('the facts that accreditations tells', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const told = (...aggregates: string[]) =>
    stage.db.database.query<Golden>(
      `SELECT type, aggregate_id AS aggregate, version::int AS version, data FROM outbox
        WHERE aggregate_id = ANY ($1) ORDER BY seq`,
      [aggregates],
    );
  const same = (one: Golden, definition: EventDefinition) => {
    const example = golden(definition);
    expect(one.type).toBe(definition.type);
    expect(Object.keys(one.data).sort()).toEqual(Object.keys(example.data).sort());
    expect(withoutIds(one.data)).toEqual(withoutIds(example.data));
  };
  const review = (id: string, command: string, body: unknown = {}) =>
    stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body);

  it('are those of the golden examples, ids apart', async () => {
    const asked = golden(InformationRequested).data;
    const { id, who } = await stage.submitted('Golden Gazette');
    await review(id, 'start');
    await review(id, 'request-information', { message: 'Which pages?', dueAt: asked.dueAt });
    await stage.call(who, 'POST', `/applications/${id}/answer`, {});
    const { body } = await review(id, 'approve');
    const reason = 'Lent to somebody else';
    await stage.call(officer, 'POST', `/review/badges/${body.badge.id}/revoke`, { reason });
    const definitions = [ApplicationSubmitted, InformationRequested, ApplicationDecided, BadgeIssued, BadgeRevoked];
    const facts = await told(id, body.badge.id);
    expect(facts.map((one) => one.type)).toEqual(definitions.map((definition) => definition.type));
    for (const [index, definition] of definitions.entries()) {
      const one = facts[index]!;
      same(one, definition);
      expect(one.version).toBe(golden(definition).version);
    }
    expect(JSON.stringify(facts)).not.toMatch(/Which pages|Lent to/);
  });

  it('about a place that became free, a lapse, an appeal and a change are those of their examples', async () => {
    const lapse = stage.service.app.get(LapseApplications, { strict: false });
    const holder = await stage.submitted('Tau Film Weekly');
    await review(holder.id, 'start');
    await review(holder.id, 'approve');
    const waiting = await stage.submitted('Tau Film Weekly');
    await review(waiting.id, 'start');
    await review(waiting.id, 'waitlist', { reason: 'later' });
    await stage.call(holder.who, 'POST', `/applications/${holder.id}/withdraw`);
    same((await told(waiting.id)).at(-1)!, PlaceOffered);

    const silent = await stage.submitted('Silent Post');
    await review(silent.id, 'start');
    await review(silent.id, 'request-information', { message: 'x' });
    await stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + 4 * DAY), 2);
    await lapse.round();
    await stage.setFestivalTime(FESTIVAL_NOW, 3);
    same((await told(silent.id)).at(-1)!, ApplicationLapsed);

    const stubborn = await stage.submitted('Stubborn Herald');
    await review(stubborn.id, 'start');
    await review(stubborn.id, 'reject', { reason: 'x' });
    await stage.call(stubborn.who, 'POST', `/applications/${stubborn.id}/appeal`, { message: 'Please look again.' });
    same((await told(stubborn.id)).at(-1)!, ApplicationAppealed);

    const moved = await stage.submitted('Moving Times');
    await review(moved.id, 'start');
    const { body } = await review(moved.id, 'approve');
    const fields = { name: 'Айгүл Сәрсенова', outlet: 'Other Times', medium: 'online', country: 'KZ', city: 'Алматы' };
    const match = { 'If-Match': `"${body.version}"` };
    await stage.call(moved.who, 'POST', `/applications/${moved.id}/change`, { fields }, match);
    same((await told(moved.id)).at(-1)!, ApplicationReopened);
  });

  it('about editions are heard twice without harm, and an older one changes nothing', async () => {
    const data = {
      editionId: EDITION,
      name,
      from: '2019-09-14',
      to: '2019-09-21',
      timezone: 'Asia/Almaty',
      offsetMs: 0,
    };
    const tell = (version: number, to: string) =>
      stage.tell({ type: EditionRecorded.type, topic: 'screenings' }, EDITION, version, { ...data, to });
    for (const [version, to] of [
      [9, '2019-09-21'],
      [9, '2019-09-21'],
      [8, '2030-01-01'],
    ] as const)
      await tell(version, to);
    const rows = await stage.db.database.query(
      'SELECT date_to AS "to", version FROM edition_copy WHERE edition_id = $1',
      [EDITION],
    );
    expect(rows).toEqual([{ to: '2019-09-21', version: '9' }]);
  });
});
