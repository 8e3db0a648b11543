import { canStep, newId } from '#libs/kernel';
import { BADGE_CYCLE } from '../src/badges/badge.rules.js';
import { BadgesQueries } from '../src/badges/badges.queries.js';
import { ChangeBadge } from '../src/badges/change-badge.js';
import { IssueBadge } from '../src/badges/issue-badge.js';
import { RecordAlert } from '../src/badges/record-alert.js';
import { ChangePrint } from '../src/prints/change-print.js';
import { PRINT_CYCLE } from '../src/prints/print.rules.js';
import { type AccreditationsStage, EDITION, FESTIVAL_NOW, officer, openStage, person } from './accreditations-stage.js';

jest.setTimeout(30_000);

describe('a badge through the doors of accreditations', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const approved = async (outlet: string) => {
    const made = await stage.submitted(outlet, person());
    await stage.call(officer, 'POST', `/review/applications/${made.id}/start`, {});
    const { body } = await stage.call(officer, 'POST', `/review/applications/${made.id}/approve`, {});
    return { ...made, badge: body.badge as { id: string; shortCode: string; state: string } };
  };
  const badgesOf = (who: string) =>
    stage.db.database.query<{ id: string; serial: string; state: string }>(
      'SELECT id, serial, state FROM badge WHERE person_id = $1 ORDER BY issued_at, id',
      [who],
    );
  const told = async (badge: string) =>
    (
      await stage.db.database.query<{ type: string; data: { serial: string; state?: string } }>(
        'SELECT type, data FROM outbox WHERE aggregate_id = $1 ORDER BY seq',
        [badge],
      )
    ).map(({ type, data }) => [type.split('.').slice(1, 3).join('.'), data.serial, data.state]);

  it('lives on the phone before it is printed, and prints nothing by itself', async () => {
    const { who, badge } = await approved('Phone First');
    const mine = await stage.call(who, 'GET', '/badges/mine');
    expect(mine.body.badges[0]).toMatchObject({ id: badge.id, state: 'live', admissionCode: expect.any(String) });
    const { body } = await stage.call(officer, 'GET', `/badge-prints?edition=${EDITION}&badge=${badge.id}`);
    expect(body.prints).toEqual([]);
  });

  it('cannot live twice for one person: of eight issued at once one stands, by the constraint alone', async () => {
    const { who, badge } = await approved('One Only');
    const issue = stage.service.app.get(IssueBadge, { strict: false });
    const row = await stage.service.app.get(BadgesQueries, { strict: false }).one(badge.id);
    const again = await Promise.allSettled(
      Array.from({ length: 8 }, () => stage.db.database.transaction((tx) => issue.again(tx, row))),
    );
    expect(again.filter((one) => one.status === 'fulfilled')).toHaveLength(0);
    await stage.db.database.query(`UPDATE badge SET state = 'replaced' WHERE id = $1`, [badge.id]);
    const race = await Promise.allSettled(
      Array.from({ length: 8 }, () => stage.db.database.transaction((tx) => issue.again(tx, row))),
    );
    expect(race.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await badgesOf(who.id)).filter((one) => ['live', 'suspended'].includes(one.state))).toHaveLength(1);
  });

  it('and its paper walk only the steps of their tables: every pair of states is tried', async () => {
    const { badge } = await approved('Every Step');
    const change = stage.service.app.get(ChangeBadge, { strict: false });
    const prints = stage.service.app.get(ChangePrint, { strict: false });
    const paper = newId();
    await stage.db.database.query(
      `INSERT INTO badge_print (id, badge_id, edition_id, format, state) VALUES ($1, $2, $3, 'a6', 'queued')`,
      [paper, badge.id, EDITION],
    );
    const tried = async (table: string, id: string, from: string, work: () => Promise<{ state: string }>) => {
      await stage.db.database.query(`UPDATE ${table} SET state = $2 WHERE id = $1`, [id, from]);
      return work().then(
        ({ state }) => state,
        (error: { code?: string }) => error.code,
      );
    };
    const states = Object.keys(BADGE_CYCLE) as (keyof typeof BADGE_CYCLE)[];
    for (const from of states)
      for (const to of states) {
        const outcome = await tried('badge', badge.id, from, () =>
          stage.db.database.transaction((tx) => change.within(tx, { badgeId: badge.id, to, reason: 'spec' })),
        );
        expect([from, to, outcome]).toEqual([from, to, canStep(BADGE_CYCLE, from, to) ? to : 'badge-step-illegal']);
      }
    // Paper of a badge that ended is handed to nobody; its own spec shows that.
    await stage.db.database.query(`UPDATE badge SET state = 'live' WHERE id = $1`, [badge.id]);
    const papers = Object.keys(PRINT_CYCLE) as (keyof typeof PRINT_CYCLE)[];
    for (const from of papers)
      for (const to of papers) {
        const outcome = await tried('badge_print', paper, from, () =>
          stage.db.database.transaction((tx) => prints.within(tx, { id: paper, to, officer })),
        );
        expect([from, to, outcome]).toEqual([from, to, canStep(PRINT_CYCLE, from, to) ? to : 'print-step-illegal']);
      }
  });

  it('lost is replaced in one step: the old serial answers “reported lost”, the new one lives', async () => {
    const { who, badge } = await approved('Lost And Found');
    const [first, second] = await Promise.all(
      [1, 2].map(() => stage.call(officer, 'POST', `/review/badges/${badge.id}/lost`, { reason: 'bus' })),
    );
    // Two clicks at once are one loss.
    expect([first!.status, second!.status]).toEqual([200, 200]);
    expect(first!.body.badge.id).toBe(second!.body.badge.id);
    const [old, fresh, ...more] = await badgesOf(who.id);
    expect([old!.state, fresh!.state, more]).toEqual(['reported_lost', 'live', []]);
    expect(old!.serial).not.toBe(fresh!.serial);
    expect(await told(old!.id)).toEqual([
      ['badge.issued', old!.serial, undefined],
      ['badge.revoked', old!.serial, 'reported_lost'],
    ]);
    expect(await told(fresh!.id)).toEqual([['badge.issued', fresh!.serial, undefined]]);
    expect(stage.door.told.filter((one) => one.aggregate === old!.id)).toHaveLength(1);
  });

  it('that was lost and is shown at a door alerts the officers of its edition, once for each showing', async () => {
    const { badge } = await approved('Alert Herald');
    await stage.call(officer, 'POST', `/review/badges/${badge.id}/lost`, { reason: 'bus' });
    const record = stage.service.app.get(RecordAlert, { strict: false });
    const shown = {
      badgeId: badge.id,
      screeningId: 'opening-night',
      gate: 'north',
      at: FESTIVAL_NOW,
      verdict: 'reported_lost',
    };
    for (const alert of [shown, shown, { ...shown, gate: 'south' }])
      await stage.db.database.transaction((tx) => record.within(tx, alert));
    await stage.db.database.transaction((tx) =>
      record.within(tx, { ...shown, badgeId: '00000000-0000-7000-8000-000000000bad' }),
    );
    const list = await stage.call(officer, 'GET', `/badges/alerts?edition=${EDITION}`);
    expect(list.body.alerts.map((one: { gate: string }) => one.gate).sort()).toEqual(['north', 'south']);
    expect(list.body.alerts[0]).toMatchObject({
      badgeId: badge.id,
      shortCode: badge.shortCode,
      name: 'Айгүл Сәрсенова',
      screeningId: 'opening-night',
      verdict: 'reported_lost',
      at: FESTIVAL_NOW.toISOString(),
      seenAt: null,
    });
    const seen = list.body.alerts[0].id;
    for (let times = 0; times < 2; times++) {
      const { body } = await stage.call(officer, 'POST', `/badges/alerts/${seen}/seen`);
      expect(body.alerts.map((one: { seenAt: string | null }) => one.seenAt !== null)).toEqual([false, true]);
    }
    const elsewhere = { ...officer, roles: ['accreditation-officer@other-2020'] };
    expect((await stage.call(elsewhere, 'GET', `/badges/alerts?edition=${EDITION}`)).status).toBe(403);
    expect((await stage.call(elsewhere, 'POST', `/badges/alerts/${seen}/seen`)).status).toBe(404);
  });
});
