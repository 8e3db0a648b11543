import { importAdmissionKey, readAdmissionCode } from '#libs/admission-code';
import type { BadgeIssued, EventData } from '#libs/contracts';
import { type AccreditationsStage, officer, openStage } from './accreditations-stage.js';

describe('several roles in one accreditation', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const approved = async (outlet: string) => {
    const made = await stage.submitted(outlet);
    for (const command of ['start', 'approve'])
      await stage.call(officer, 'POST', `/review/applications/${made.id}/${command}`, {});
    return made;
  };
  const set = (id: string, functions: string[]) =>
    stage.call(officer, 'PUT', `/review/applications/${id}/functions`, { functions, reason: 'Also on the jury' });
  const badges = (id: string) =>
    stage.db.database.query<{ serial: string; state: string }>(
      'SELECT serial, state FROM badge WHERE application_id = $1 ORDER BY issued_at, id',
      [id],
    );
  const lastTold = async (id: string) =>
    (
      await stage.db.database.query<{ data: EventData<typeof BadgeIssued> }>(
        `SELECT data FROM outbox WHERE type = 'accreditations.badge.issued.v1' AND data->>'accreditationId' = $1 ORDER BY seq DESC LIMIT 1`,
        [id],
      )
    )[0]!.data;

  it('make one badge that opens what all of them open; the badge before is replaced', async () => {
    const { id, who } = await approved('Two Hats');
    const press = await lastTold(id);
    const jury = stage.file.functions.find((one) => one.id === 'jury')!;
    const both = await set(id, ['jury']);
    expect([both.status, both.body.moreFunctions, both.body.badge.state]).toEqual([200, ['jury'], 'live']);
    expect((await badges(id)).map(({ state }) => state)).toEqual(['replaced', 'live']);
    const told = await lastTold(id);
    expect(told.function).toBe('press');
    expect(told.classes).toEqual([...new Set([...press.classes, ...jury.classes])]);
    expect(told.areas).toEqual([...new Set([...press.areas, ...jury.areas])].sort());
    const mine = (await stage.call(who, 'GET', '/badges/mine')).body.badges.find(
      ({ state }: { state: string }) => state === 'live',
    );
    expect(mine.functionName.en).toBe(`Press · ${jury.name.en}`);
    const keys = (await stage.call({ kind: 'service', id: 'tickets', roles: [] }, 'GET', '/internal/badge-keys')).body;
    const [[keyId, raw]] = Object.entries(keys) as [[string, string]];
    const read = await readAdmissionCode(mine.admissionCode, new Map([[Number(keyId), await importAdmissionKey(raw)]]));
    expect(read.outcome).toBe('ok');
    // Said again it changes nothing; taken back, the badge is the press's again.
    await set(id, ['jury']);
    expect(await badges(id)).toHaveLength(2);
    expect((await set(id, [])).body.moreFunctions).toEqual([]);
    expect((await lastTold(id)).areas).toEqual(press.areas);
  });

  it('are the edition’s own, of what is approved, and one badge however often it is asked at once', async () => {
    const { id } = await approved('Many Hats');
    expect((await set(id, ['astronaut'])).body.code).toBe('function-unknown');
    const all = await Promise.all([set(id, ['jury']), set(id, ['film-team']), set(id, ['jury', 'film-team'])]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await badges(id)).filter(({ state }) => state === 'live')).toHaveLength(1);
    const waiting = await stage.submitted('No Hat');
    expect((await set(waiting.id, ['jury'])).body.code).toBe('application-step-illegal');
    expect((await stage.call(waiting.who, 'PUT', `/review/applications/${id}/functions`, {})).status).toBe(403);
  });
});
