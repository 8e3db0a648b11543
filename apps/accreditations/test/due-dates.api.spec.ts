import { type AccreditationsStage, admin, EDITION, FESTIVAL_NOW, officer, openStage } from './accreditations-stage.js';

const DAY = 86_400_000;

describe('what is due, and by what one is counted', () => {
  let stage: AccreditationsStage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const review = (id: string, command: string, body: unknown = {}) =>
    stage.call(officer, 'POST', `/review/applications/${id}/${command}`, body);
  const decideBy = async (id: string) =>
    new Date((await stage.call(officer, 'GET', `/review/applications/${id}`)).body.decideBy).getTime();

  it('the festival’s days stand still while it waits for an answer, and go on from where they stood', async () => {
    const { id, who } = await stage.submitted('Standing Clock');
    await review(id, 'start');
    const before = await decideBy(id);
    await stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + DAY), 20);
    await review(id, 'request-information', { message: 'Which pages?' });
    await stage.setFestivalTime(new Date(FESTIVAL_NOW.getTime() + 3 * DAY), 21);
    await stage.call(who, 'POST', `/applications/${id}/answer`, {});
    expect(Math.round(((await decideBy(id)) - before) / 60_000)).toBe((2 * DAY) / 60_000);
    await stage.setFestivalTime(FESTIVAL_NOW, 22);
  });

  it('the queue of what is due soon holds only what somebody is awaited for', async () => {
    const open = await stage.submitted('Due Soon');
    const decided = await stage.submitted('Decided Already');
    await review(decided.id, 'start');
    await review(decided.id, 'approve');
    const before = new Date(FESTIVAL_NOW.getTime() + 30 * DAY).toISOString();
    const { applications } = (
      await stage.call(officer, 'GET', `/review/applications?edition=${EDITION}&dueBefore=${before}&limit=200`)
    ).body;
    const ids = applications.map(({ id }: { id: string }) => id);
    expect([ids.includes(open.id), ids.includes(decided.id)]).toEqual([true, false]);
  });

  it('a change of what a quota counts by is reviewed, whether the file calls it material or not', async () => {
    const file = structuredClone(stage.file);
    file.categories.find((one) => one.id === 'press')!.form.find((field) => field.id === 'medium')!.material = false;
    expect((await stage.call(admin, 'POST', `/editions/${EDITION}/categories`, file)).status).toBe(200);
    const { id, who } = await stage.submitted('From Page To Air');
    await review(id, 'start');
    await review(id, 'approve');
    const { fields, version } = (await stage.call(who, 'GET', `/applications/${id}`)).body;
    const changed = await stage.call(
      who,
      'POST',
      `/applications/${id}/change`,
      { fields: { ...fields, medium: 'radio' } },
      { 'If-Match': `"${version}"` },
    );
    expect([changed.status, changed.body.errors, changed.body.state]).toEqual([200, undefined, 'under-review']);
    const [badge] = await stage.db.database.query<{ state: string }>(
      'SELECT state FROM badge WHERE application_id = $1',
      [id],
    );
    expect(badge?.state).toBe('live');
  });
});
