import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { eventually } from '#libs/testing';
import { DrawBadges } from '../src/prints/draw-badges.js';
import { type AccreditationsStage, admin, EDITION, officer, openStage, portrait } from './accreditations-stage.js';
import { printDesk } from './print-desk.js';

jest.setTimeout(60_000);

describe('badges on paper', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.close());

  const { approved, order, ready, printsOf, step, job } = printDesk(() => stage);
  /** Five hundred people at once, as the days before a festival bring them. */
  const crowd = async (count: number) => {
    await stage.db.database.query(
      `WITH made AS (
         INSERT INTO application (id, edition_id, category, person_id, state, version, language, fields)
         SELECT gen_random_uuid(), $1, 'press', gen_random_uuid()::text, 'approved', 3, 'kk',
                jsonb_build_object('name', 'Қарлығаш Нұрмұхамедқызы ' || n)
           FROM generate_series(1, $2::int) n RETURNING id, person_id, fields)
       INSERT INTO badge (id, application_id, edition_id, person_id, serial, state, version, function, classes, areas,
                          holder, valid_from, valid_until)
       SELECT gen_random_uuid(), id, $1, person_id, substr(md5(id::text), 1, 20), 'live', 1, 'press', '["press"]',
              '["A","P"]', jsonb_build_object('name', fields ->> 'name', 'line', 'Кадр', 'language', 'kk',
              'categoryName', '{"kk":"БАҚ","ru":"Пресса","en":"Press"}'::jsonb,
              'functionName', '{"kk":"БАҚ","ru":"Пресса","en":"Press"}'::jsonb), '2019-09-13', '2019-09-21' FROM made`,
      [EDITION, count],
    );
  };

  it('are ordered as a batch once, drawn in the background, taken as a PDF and walked to their holders', async () => {
    const { badge } = await approved('Batch Daily');
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await order({ badgeIds: [badge.id] }, key);
    expect([first.status, first.body.total]).toEqual([201, 1]);
    expect((await order({ badgeIds: [badge.id] }, key)).body.id).toBe(first.body.id);
    expect((await order({ badgeIds: [badge.id] })).body.code).toBe('nothing-to-print');
    const batch = await ready(first.body.id);
    expect(batch).toMatchObject({ total: 1, done: 1, skipped: 0 });
    const pdf = await stage.call(officer, 'GET', `/print-batches/${first.body.id}/pdf`);
    expect([pdf.status, pdf.body.slice(0, 5), pdf.headers.get('content-length')]).toEqual([
      200,
      '%PDF-',
      String(batch.bytes),
    ]);
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment/);
    const [print] = await printsOf(badge.id);
    expect(print).toMatchObject({ state: 'queued', shortCode: badge.shortCode, format: 'a6' });
    expect((await step(print.id, 'collected')).body.code).toBe('print-step-illegal');
    for (let times = 0; times < 2; times++)
      expect((await stage.call(officer, 'POST', `/print-batches/${first.body.id}/printed`)).body.state).toBe('printed');
    expect((await step(print.id, 'collected')).body.state).toBe('collected');
    expect((await step(print.id, 'collected')).body.state).toBe('collected');
    expect((await step(print.id, 'returned')).body.state).toBe('returned');
    expect((await step(print.id, 'collected')).body.code).toBe('print-step-illegal');
  });

  it('never come twice: two orders at once queue a badge once', async () => {
    const { badge } = await approved('Twice Weekly');
    const answers = await Promise.all([1, 2, 3, 4].map(() => order({ badgeIds: [badge.id] })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
    expect(await printsOf(badge.id)).toHaveLength(1);
  });

  it('are not drawn for a badge that ended while it waited', async () => {
    const [kept, gone] = [await approved('Kept Post'), await approved('Gone Post')];
    const { body } = await stage.call(officer, 'POST', `/review/badges/${gone.badge.id}/revoke`, { reason: 'x' });
    expect(body.badge.state).toBe('revoked');
    expect((await order({ badgeIds: [gone.badge.id] })).body.code).toBe('nothing-to-print');
    // Ordered while it lived, ended before its page was due.
    await stage.db.database.query(`UPDATE badge SET state = 'live' WHERE id = $1`, [gone.badge.id]);
    const batch = await stage.db.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE badge_print IN SHARE ROW EXCLUSIVE MODE');
      await tx.query(
        `INSERT INTO print_batch (id, edition_id, format, back, state, total, ordered_by)
         VALUES ($1, $2, 'cr80', true, 'waiting', 2, 'spec')`,
        [kept.id, EDITION],
      );
      await tx.query(
        `INSERT INTO badge_print (id, badge_id, edition_id, batch_id, format, state)
         SELECT gen_random_uuid(), b, $2, $1, 'cr80', 'queued' FROM unnest($3::uuid[]) b`,
        [kept.id, EDITION, [kept.badge.id, gone.badge.id]],
      );
      await tx.query(`UPDATE badge SET state = 'revoked' WHERE id = $1`, [gone.badge.id]);
      return kept.id;
    });
    expect(await ready(batch)).toMatchObject({ total: 2, done: 2, skipped: 1 });
    expect((await printsOf(gone.badge.id))[0].state).toBe('spoiled');
  });

  it('are the officers’ of their edition alone', async () => {
    const { badge } = await approved('Foreign Post');
    const { body } = await order({ badgeIds: [badge.id] });
    const elsewhere = { ...officer, roles: ['accreditation-officer@other-2020'] };
    for (const path of ['', '/pdf'])
      expect((await stage.call(elsewhere, 'GET', `/print-batches/${body.id}${path}`)).body.code).toBe('print-unknown');
    expect((await stage.call(elsewhere, 'GET', `/badge-prints?edition=${EDITION}`)).status).toBe(403);
    const [print] = await printsOf(badge.id);
    expect((await stage.call(elsewhere, 'POST', `/badge-prints/${print.id}/steps`, { to: 'printed' })).status).toBe(
      404,
    );
  });

  it('go on after a crash: who takes the batch over draws one whole PDF, and the half one is nowhere', async () => {
    const { badge, who, id } = await approved('Crash Report');
    await stage.upload(who, id, 'portrait', await portrait());
    const { body } = await order({ badgeIds: [badge.id] });
    await ready(body.id);
    // As a process leaves it that died in the middle.
    await stage.db.database.query(
      `UPDATE print_batch SET state = 'drawing', done = 0, attempts = 1, ready_at = NULL, file_id = NULL, bytes = NULL,
              taken_until = clock_timestamp() - interval '1 second' WHERE id = $1`,
      [body.id],
    );
    await job().round();
    expect(await ready(body.id)).toMatchObject({ done: 1, total: 1 });
    const [row] = await stage.db.database.query('SELECT attempts FROM print_batch WHERE id = $1', [body.id]);
    expect(row).toEqual({ attempts: 2 });
    expect((await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`)).body.slice(0, 5)).toBe('%PDF-');
  });

  it('stay what they were while a change is reviewed: the photo of before it, and a torn one is made again', async () => {
    const { badge, who, id } = await approved('Torn Post');
    const add = (ago: string) =>
      stage.db.database.query<{ id: string }>(
        `INSERT INTO evidence (id, application_id, kind, file_name, type, bytes, sha256, uploaded_at)
         VALUES (gen_random_uuid(), $1, 'portrait', 'p.jpg', 'image/jpeg', 1, 'x', now() - $2::interval) RETURNING id`,
        [id, ago],
      );
    const [old] = await add('1 hour');
    const photo = async () => (await stage.service.app.get(DrawBadges, { strict: false }).photos([id])).get(id);
    const { fields, version } = (await stage.call(who, 'GET', `/applications/${id}`)).body;
    const change = { fields: { ...fields, outlet: 'Whole Post' } };
    const changed = await stage.call(who, 'POST', `/applications/${id}/change`, change, { 'If-Match': `"${version}"` });
    expect(changed.body.state).toBe('under-review');
    const [fresh] = await add('0');
    expect(await photo()).toBe(old!.id);
    // A category that takes no portrait is asked for: the badge of before still has one.
    const press = stage.file.categories.find((one) => one.id === 'press')!;
    stage.file.categories.push({ ...structuredClone(press), id: 'faceless', evidence: [] });
    await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, stage.file);
    await stage.db.database.query(`UPDATE application SET category = 'faceless' WHERE id = $1`, [id]);
    expect(await photo()).toBe(old!.id);
    await stage.db.database.query(`UPDATE application SET category = 'press' WHERE id = $1`, [id]);
    const torn = { format: 'cr80', reason: 'torn' };
    const again = await stage.call(officer, 'POST', `/desk/badges/${badge.id}/reprint`, torn);
    expect(again.status).toBe(201);
    const states = await stage.db.database.query<{ state: string; line: string }>(
      `SELECT state, holder->>'line' AS line FROM badge WHERE application_id = $1 ORDER BY state`,
      [id],
    );
    expect(states).toEqual([
      { state: 'live', line: 'Torn Post' },
      { state: 'replaced', line: 'Torn Post' },
    ]);
    await stage.call(officer, 'POST', `/review/applications/${id}/approve`, {});
    expect(await photo()).toBe(fresh!.id);
  });

  it('come out once: the desk takes a badge from a batch that is not drawn, and none from one that is', async () => {
    const desk = (badge: string) => stage.call(officer, 'POST', `/desk/badges/${badge}/print`, { format: 'cr80' });
    const drawn = await approved('Drawn Post');
    const { body: done } = await order({ badgeIds: [drawn.badge.id] });
    await ready(done.id);
    const refused = await desk(drawn.badge.id);
    expect([refused.status, refused.body.code, refused.body.facts.batchId]).toEqual([409, 'badge-on-paper', done.id]);
    // Somebody comes to the desk while the batch is drawn: its page must not stay in the PDF.
    const [first, second] = [await approved('First Post'), await approved('Second Post')];
    let came: number | undefined;
    stage.service.app.get(DrawBadges, { strict: false }).marksBy(async (_edition, people) => {
      if (came === undefined && people.includes(second.who.id)) came = (await desk(second.badge.id)).status;
      return new Map();
    });
    const { body } = await order({ badgeIds: [first.badge.id, second.badge.id] });
    expect(await ready(body.id)).toMatchObject({ total: 2, done: 1 });
    expect(came).toBe(201);
    const pdf = await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`);
    expect(pdf.body.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
    expect((await printsOf(second.badge.id)).map((print: { state: string }) => print.state).sort()).toEqual([
      'printed',
      'spoiled',
    ]);
  });

  it('are kept as a PDF for a week and until a holder is erased; then it is gone from the store, too', async () => {
    const files = () => readdirSync(stage.uploads, { recursive: true, withFileTypes: true }).filter((f) => f.isFile());
    const [kept, erased] = [await approved('Week Post'), await approved('Erased Post')];
    const batches = [];
    for (const { badge } of [kept, erased]) batches.push(await ready((await order({ badgeIds: [badge.id] })).body.id));
    const before = files().length;
    await stage.db.database.query(`UPDATE print_batch SET ready_at = now() - interval '8 days' WHERE id = $1`, [
      batches[0]!.id,
    ]);
    await job().round();
    await stage.tell({ type: 'people.tombstone', topic: 'people' }, erased.who.id, 2, null);
    for (const { id } of batches) {
      const answer = await stage.call(officer, 'GET', `/print-batches/${id}/pdf`);
      expect([answer.status, answer.body.code]).toEqual([410, 'batch-pdf-gone']);
    }
    // Both PDFs and the letter of who was erased.
    await eventually(() => expect(files().length).toBe(before - 3));
  });

  it('are five hundred in one PDF, with progress and in bounded memory', async () => {
    await crowd(500);
    const before = process.memoryUsage().rss;
    let most = 0;
    const { body } = await order({ format: 'cr80' });
    expect(body.total).toBeGreaterThanOrEqual(500);
    const seen = new Set<number>();
    let batch = body;
    await eventually(async () => {
      most = Math.max(most, process.memoryUsage().rss - before);
      batch = (await stage.call(officer, 'GET', `/print-batches/${body.id}`)).body;
      seen.add(batch.done);
      expect(batch.state).toBe('ready');
    }, 50_000);
    expect(batch.done).toBe(batch.total);
    expect(seen.size).toBeGreaterThan(2);
    expect(most).toBeLessThan(300 * 1024 * 1024);
    const pdf = await stage.call(officer, 'GET', `/print-batches/${body.id}/pdf`);
    expect(pdf.body.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2 * batch.total);
  }, 90_000);
});
