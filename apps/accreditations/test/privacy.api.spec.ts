import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccreditationFile } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { KeepNoLonger } from '../src/privacy/keep-no-longer.js';
import { type AccreditationsStage, EDITION, officer, openStage } from './accreditations-stage.js';

const service = { kind: 'service' as const, id: 'tickets', roles: [] };
const WORD = 'Құпиясөз-Planted-7719';

describe('what accreditations keeps of a person', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const ask = async (id: string, what: 'traces' | 'export') =>
    (await stage.call(service, 'GET', `/internal/people/${id}/${what}`)).body;
  const review = (id: string, command: string, body: unknown = {}) =>
    stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body);
  /** Somebody with a planted word wherever one can write or be written about, and a live badge. */
  const accredited = async () => {
    const { id, who } = await stage.submitted(`Outlet ${randomUUID()}`);
    await review(id, 'start');
    await stage.call(officer, 'POST', `/review/applications/${id}/notes`, { text: `Note ${WORD}` });
    const dueAt = '2019-09-13T00:00:00.000Z';
    await review(id, 'request-information', { message: `Ask ${WORD}`, dueAt });
    await stage.call(who, 'POST', `/applications/${id}/answer`, { message: `Answer ${WORD}` });
    const approved = await review(id, 'approve', { reason: `Welcome ${WORD}` });
    expect(approved.body.state).toBe('approved');
    const frozen = await stage.call(officer, 'POST', '/document-sets', {
      editionId: EDITION,
      kind: 'badge',
      applicationIds: [id],
    });
    expect(frozen.status).toBeLessThan(300);
    expect(await standsIn('Айгүл Сәрсенова')).toContain('document_set_row');
    return { id, who };
  };
  /** Rows of any table in which the text stands. */
  const standsIn = async (text: string) => {
    const tables = await stage.db.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await stage.db.database.query<unknown>(
        `SELECT 1 FROM "${name}" t WHERE strpos(t::text, $1) > 0 LIMIT 1`,
        [text],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  };
  const paperOf = (id: string) => join(stage.uploads, id.slice(-2), `${id}.bin`);

  it('is shown whole, and stands in no table and no folder once the person is forgotten', async () => {
    const { id, who } = await accredited();
    const records = await ask(who.id, 'export');
    expect(records.applications[0].answers.name).toBe('Айгүл Сәрсенова');
    expect(JSON.stringify(records.applications[0].steps)).toContain(`Ask ${WORD}`);
    expect(records.badges[0].state).toBe('live');
    expect(records.applications[0].notes[0].text).toBe(`Note ${WORD}`);
    expect(records.consents.map(({ version }: { version: string }) => version)).toEqual(['2019-07']);
    expect(JSON.stringify(records.documentSets)).toContain('Айгүл Сәрсенова');
    const [paper] = await stage.db.database.query<{ id: string }>('SELECT id FROM evidence WHERE application_id = $1', [
      id,
    ]);
    expect(existsSync(paperOf(paper!.id))).toBe(true);
    expect((await ask(who.id, 'traces')).left.length).toBeGreaterThan(3);
    expect(await standsIn(WORD)).not.toEqual([]);
    for (const version of [7, 7])
      await stage.tell({ type: 'people.tombstone', topic: 'people' }, who.id, version, null);
    await eventually(async () => expect((await ask(who.id, 'traces')).left).toEqual([]));
    expect([await standsIn(WORD), await standsIn('Айгүл Сәрсенова')]).toEqual([[], []]);
    await eventually(() => expect(existsSync(paperOf(paper!.id))).toBe(false));
    // The facts without the person stay: what was decided, and that a badge no longer opens doors.
    const [facts] = await stage.db.database.query<{ state: string; badge: string; audit: number }>(
      `SELECT a.state, (SELECT state FROM badge WHERE application_id = a.id) AS badge,
              (SELECT count(*) FROM audit WHERE object_id = a.id::text)::int AS audit FROM application a WHERE id = $1`,
      [id],
    );
    expect([facts?.state, facts?.badge]).toEqual(['withdrawn', 'revoked']);
    expect(facts?.audit).toBeGreaterThan(2);
    expect((await ask(who.id, 'export')).applications[0].answers).toEqual({});
  });

  it('comes back as it was typed and is read, released and forgotten also where it begins like a sealed answer', async () => {
    const typed = ['sealed:', 'sealed:not at all', `sealed:${'A'.repeat(80)}`];
    for (const outlet of typed) {
      const { id, who } = await stage.submitted(outlet);
      await review(id, 'start');
      expect((await stage.call(who, 'GET', `/applications/${id}`)).body.fields.outlet).toBe(outlet);
      const queue = await stage.call(officer, 'GET', `/review/applications?edition=${EDITION}&state=under-review`);
      expect(queue.body.applications.find((one: { id: string }) => one.id === id)).toMatchObject({ outlet });
      const release = (await stage.call(officer, 'POST', '/releases', { edition: EDITION, name: 'Sealed' })).body.id;
      const decisions = [{ applicationId: id, decision: 'approve' }];
      expect((await stage.call(officer, 'POST', `/releases/${release}/decisions`, { decisions })).body.refused).toEqual(
        [],
      );
      const prepared = await stage.call(officer, 'GET', `/releases/${release}/decisions`);
      expect(prepared.body.decisions).toMatchObject([{ applicationId: id, outlet }]);
      expect((await stage.call(officer, 'POST', `/releases/${release}/release`, {})).body.state).toBe('released');
      expect((await review(id, 'approve')).body.code).toBe('application-step-illegal');
      const [row] = await stage.db.database.query<{ outlet: string; line: string }>(
        `SELECT a.fields->>'outlet' AS outlet, b.holder->>'line' AS line
           FROM application a JOIN badge b ON b.application_id = a.id WHERE a.id = $1`,
        [id],
      );
      expect([row!.outlet === outlet, row!.line]).toEqual([false, outlet]);
      await stage.tell({ type: 'people.tombstone', topic: 'people' }, who.id, 7, null);
      await eventually(async () => expect((await ask(who.id, 'traces')).left).toEqual([]));
    }
    // What lies there as it was never sealed keeps nobody's application from being read.
    const { id, who } = await stage.submitted('Old Post');
    await stage.db.database.query(`UPDATE application SET fields = fields || '{"city": "sealed:old"}' WHERE id = $1`, [
      id,
    ]);
    expect((await stage.call(who, 'GET', `/applications/${id}`)).body.fields.city).toBe('sealed:old');
  });

  it('goes field by field as the days of the category file say, by festival time', async () => {
    const file: AccreditationFile = structuredClone(stage.file);
    const press = file.categories.find(({ id }) => id === 'press')!;
    press.form.find(({ id }) => id === 'city')!.keepDays = 10;
    press.evidence.find(({ kind }) => kind === 'commission-letter')!.keepDays = 30;
    press.keepDays = 100;
    const admin = { ...officer, roles: ['admin' as const] };
    expect((await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file)).status).toBeLessThan(300);
    const { id } = await accredited();
    const keep = stage.service.app.get(KeepNoLonger);
    const seen = async () => {
      const [row] = await stage.db.database.query<{
        fields: Record<string, string>;
        search: string;
        papers: number;
        holder: string;
      }>(
        `SELECT fields, search, (SELECT count(*) FROM evidence WHERE application_id = a.id)::int AS papers,
                (SELECT holder->>'name' FROM badge WHERE application_id = a.id) AS holder FROM application a WHERE id = $1`,
        [id],
      );
      return row!;
    };
    const on = async (day: string, version: number) => {
      await stage.setFestivalTime(new Date(`${day}T06:00:00Z`), version);
      await keep.execute();
      return seen();
    };
    expect((await on('2019-09-30', 50)).fields.city).toBe('Алматы');
    const later = await on('2019-10-01', 51);
    expect([later.fields.city, later.fields.name, later.papers]).toEqual([undefined, 'Айгүл Сәрсенова', 1]);
    expect((await on('2019-10-21', 52)).papers).toBe(0);
    const last = await on('2019-12-30', 53);
    expect(last).toEqual({ fields: {}, search: '', papers: 0, holder: '' });
    expect(await keep.execute()).toBe(0);
  });
});
