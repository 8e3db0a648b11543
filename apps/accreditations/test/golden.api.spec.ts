import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  ApplicationDecided,
  ApplicationSubmitted,
  BadgeIssued,
  BadgeRevoked,
  EditionRecorded,
  type EventDefinition,
  InformationRequested,
} from '#libs/contracts';
import { type AccreditationsStage, EDITION, officer, openStage } from './accreditations-stage.js';

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

/** What is random in a life that was really lived. */
const IDS = ['applicationId', 'accreditationId', 'badgeId', 'personId', 'serial'];

function withoutIds(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !IDS.includes(name)));
}

const name = { kk: 'Фестиваль', ru: 'Фестиваль', en: 'Festival' };

jest.setTimeout(30_000);

describe('the facts that accreditations tells', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  it('are those of the golden examples, ids apart', async () => {
    const asked = golden(InformationRequested).data;
    const { id, who } = await stage.submitted('Golden Gazette');
    const review = (command: string, body: unknown = {}) =>
      stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body);
    await review('start');
    await review('request-information', { message: asked.message, dueAt: asked.dueAt });
    await stage.call(who, 'POST', `/applications/${id}/answer`, {});
    const { body } = await review('approve');
    const { reason } = golden(BadgeRevoked).data;
    await stage.call(officer, 'POST', `/review/badges/${body.badge.id}/revoke`, { reason });
    const told = await stage.db.database.query<Golden>(
      `SELECT type, aggregate_id AS aggregate, version::int AS version, data FROM outbox
        WHERE aggregate_id IN ($1, $2) ORDER BY seq`,
      [id, body.badge.id],
    );
    const definitions = [ApplicationSubmitted, InformationRequested, ApplicationDecided, BadgeIssued, BadgeRevoked];
    expect(told.map((one) => one.type)).toEqual(definitions.map((definition) => definition.type));
    for (const [index, definition] of definitions.entries()) {
      const example = golden(definition);
      const one = told[index]!;
      expect(Object.keys(one.data).sort()).toEqual(Object.keys(example.data).sort());
      expect(withoutIds(one.data)).toEqual(withoutIds(example.data));
      expect(one.version).toBe(example.version);
    }
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
