import type { Database } from '#libs/persistence';
import { eventually } from '#libs/testing';
import { DrawBadges } from '../src/prints/draw-badges.js';
import { DrawBatch } from '../src/prints/draw-batch.js';
import { type AccreditationsStage, officer, openStage } from './accreditations-stage.js';
import { printDesk } from './print-desk.js';

jest.setTimeout(60_000);

describe('badges on paper whose batch or badge ends', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const { approved, order, ready, printsOf, step, job } = printDesk(() => stage);

  it('of a batch that is given up may be ordered again; between its tries there is a pause that grows', async () => {
    const { badge } = await approved('Dead Batch Post');
    const broken = jest
      .spyOn(stage.service.app.get(DrawBadges, { strict: false }), 'draw')
      .mockRejectedValue(new Error('no ink'));
    const { body } = await order({ badgeIds: [badge.id] });
    const row = async () =>
      (
        await stage.db.database.query<{ state: string; failures: number; wait: number }>(
          `SELECT state, failures, extract(epoch FROM next_try_at - clock_timestamp())::float AS wait
             FROM print_batch WHERE id = $1`,
          [body.id],
        )
      )[0]!;
    for (let failures = 1; failures <= 5; failures++) {
      await eventually(async () => expect(await row()).toMatchObject({ failures }), 20_000);
      const { wait, state } = await row();
      expect(state).toBe(failures < 5 ? 'waiting' : 'failed');
      expect(wait).toBeLessThanOrEqual(2 ** failures);
      expect(wait).toBeGreaterThan(2 ** failures - 1.9);
      await stage.db.database.query(`UPDATE print_batch SET next_try_at = '-infinity' WHERE id = $1`, [body.id]);
    }
    broken.mockRestore();
    expect((await printsOf(badge.id)).map((print: { state: string }) => print.state)).toEqual(['spoiled']);
    const again = await order({ badgeIds: [badge.id] });
    expect(again.status).toBe(201);
    await ready(again.body.id);
  });

  it('whose badge ended are spoiled when their batch is printed, and none of them is handed out', async () => {
    const [kept, gone, later] = [
      await approved('Kept Card'),
      await approved('Gone Card'),
      await approved('Later Card'),
    ];
    const { body } = await order({ badgeIds: [kept.badge.id, gone.badge.id, later.badge.id] });
    await ready(body.id);
    const revoke = (badge: string) => stage.call(officer, 'POST', `/review/badges/${badge}/revoke`, { reason: 'x' });
    await revoke(gone.badge.id);
    expect((await stage.call(officer, 'POST', `/print-batches/${body.id}/printed`)).body.state).toBe('printed');
    const [[first], [second], [third]] = await Promise.all([kept, gone, later].map(({ badge }) => printsOf(badge.id)));
    expect([first.state, second.state, third.state]).toEqual(['printed', 'spoiled', 'printed']);
    await revoke(later.badge.id);
    const refused = await step(third.id, 'collected');
    expect([refused.status, refused.body.code]).toEqual([409, 'print-step-illegal']);
    expect((await step(third.id, 'spoiled')).body.state).toBe('spoiled');
    expect((await step(first.id, 'collected')).body.state).toBe('collected');
  });

  it('of a ready batch are drawn anew without a holder who is erased, and printed at the desk once the PDF is old', async () => {
    const [kept, erased] = [await approved('Stays Post'), await approved('Leaves Post')];
    const { body } = await order({ badgeIds: [kept.badge.id, erased.badge.id] });
    await ready(body.id);
    const pages = async () =>
      (await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`)).body.match(/\/Type \/Page\b(?!s)/g);
    expect(await pages()).toHaveLength(4);
    await stage.tell({ type: 'people.tombstone', topic: 'people' }, erased.who.id, 2, null);
    expect(await ready(body.id)).toMatchObject({ done: 1 });
    expect(await pages()).toHaveLength(2);
    const service = { kind: 'service' as const, id: 'tickets', roles: [] };
    await eventually(async () =>
      expect((await stage.call(service, 'GET', `/internal/people/${erased.who.id}/traces`)).body.left).toEqual([]),
    );
    await stage.db.database.query(`UPDATE print_batch SET ready_at = now() - interval '8 days' WHERE id = $1`, [
      body.id,
    ]);
    await job().round();
    expect((await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`)).body.code).toBe('batch-pdf-gone');
    const desk = () => stage.call(officer, 'POST', `/desk/badges/${kept.badge.id}/print`, { format: 'cr80' });
    expect((await desk()).status).toBe(201);
    expect((await desk()).body.code).toBe('badge-on-paper');
  });

  it('stay in the store when the answer to COMMIT is lost', async () => {
    const { badge } = await approved('Lost Answer Post');
    const { database } = stage.service.app.get(DrawBatch, { strict: false }) as unknown as { database: Database };
    const committed = database.transaction.bind(database);
    const { body } = await order({ badgeIds: [badge.id] });
    const lost = jest.spyOn(database, 'transaction').mockImplementation(async (work) => {
      const answer = await committed(work);
      const [row] = await database.query<{ state: string }>('SELECT state FROM print_batch WHERE id = $1', [body.id]);
      if (row?.state !== 'ready') return answer;
      lost.mockRestore();
      throw new Error('Connection terminated');
    });
    await ready(body.id);
    await job().round();
    expect((await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`)).body.slice(0, 5)).toBe('%PDF-');
  });
});
