import { EDITION_PATH, ScreeningsStage } from './screenings-stage.js';

const MAIN = 'aff19-0916-1930-mega';
const text = (en: string) => ({ kk: en, ru: en, en });
const HALL_OF = ({ hallId, planId }: { hallId: string; planId: string }) => ({ hallId, planId });
const talk = (minutes: number) => [{ kind: 'talk', title: text('Talk'), minutes }];

describe('the programme in the office', () => {
  let stage: ScreeningsStage;
  const office = async () => (await stage.ask('GET', `${EDITION_PATH}/office-programme`)).body;
  const check = (body: object) =>
    stage.ask('POST', '/screenings/check', { body: { editionId: 'almaty-2019', items: talk(60), ...body } });
  const draft = (body: object) =>
    stage.ask('POST', '/screenings', {
      body: { editionId: 'almaty-2019', items: talk(60), hallId: 'arman-2', prices: [], ...body },
    });

  beforeAll(async () => {
    stage = await ScreeningsStage.open();
  }, 120_000);
  afterAll(() => stage.close());

  it('shows drafts, price lists, plans and what is in whose way', async () => {
    const one = (await draft({ startsAt: '2019-09-20T03:00:00.000Z' })).body;
    const two = (await draft({ startsAt: '2019-09-20T04:05:00.000Z' })).body;
    const seen = await office();
    expect(seen.screenings.find((row: { id: string }) => row.id === one.id)).toMatchObject({
      state: 'draft',
      freeFrom: '2019-09-20T04:15:00.000Z',
    });
    expect(seen.clashes).toContainEqual({ kind: 'turnaround-too-short', screeningId: one.id, otherId: two.id });
    expect(seen.priceLists.length).toBeGreaterThan(0);
    expect(seen.plans.every((plan: { hallId: string }) => plan.hallId)).toBe(true);
    expect((await stage.ask('GET', `${EDITION_PATH}/office-programme`, { roles: ['box-office'] })).status).toBe(403);
  });

  it('says before anything is saved what would be in the way, and saves nothing', async () => {
    const main = (await stage.ask('GET', `/screenings/${MAIN}`)).body;
    const over = await check({ hallId: main.hallId, startsAt: main.startsAt });
    expect(over.body.problems).toMatchObject([{ code: 'hall-overlap', screeningId: MAIN, draft: false }]);
    const own = await check({ hallId: main.hallId, startsAt: main.startsAt, screeningId: MAIN });
    expect(own.body.problems).toEqual([]);
    const drafts = await check({ hallId: 'arman-2', startsAt: '2019-09-20T03:30:00.000Z' });
    expect(drafts.body.problems.map((one: { draft: boolean }) => one.draft)).toEqual([true, true]);
    const young = await check({ hallId: 'arman-1', startsAt: '2019-09-20T05:00:00.000Z', ageRating: '21+' });
    expect(young.body.problems).toMatchObject([{ code: 'hour-illegal', field: 'startsAt' }]);
    expect((await check({ hallId: 'nowhere', startsAt: main.startsAt })).body.code).toBe('hall-unknown');
  });

  it('shares a new hall by the list that is named', async () => {
    const main = (await stage.ask('GET', `/screenings/${MAIN}`)).body;
    const [list] = (await office()).allocationLists;
    const made = await draft({ ...HALL_OF(main), startsAt: '2019-09-20T22:00:00.000Z', allocationList: list.id });
    expect(made.body.allocations.length).toBe(list.shares.length);
    const none = await draft({ ...HALL_OF(main), startsAt: '2019-09-21T02:00:00.000Z', allocationList: 'nobody' });
    expect(none.body.code).toBe('allocation-list-unknown');
  });

  it('deletes a draft that was seen as it is, and nothing that was announced', async () => {
    const { id } = (await draft({ startsAt: '2019-09-19T20:00:00.000Z' })).body;
    const tag = (await stage.ask('GET', `/screenings/${id}`)).headers.get('etag')!;
    const remove = (which: string, seen?: string) =>
      stage.ask('DELETE', `/screenings/${which}`, seen ? { headers: { 'If-Match': seen } } : {});
    expect((await remove(id)).body.code).toBe('precondition-needed');
    expect((await remove(id, '"other"')).body.code).toBe('changed-meanwhile');
    expect((await remove(MAIN, tag)).body.code).toBe('screening-not-draft');
    expect((await remove(id, tag)).status).toBe(204);
    expect((await stage.ask('GET', `/screenings/${id}`)).status).toBe(404);
  });

  it('keeps events, and lets two editors of a row overwrite nobody', async () => {
    const body = { kind: 'press-conference', title: text('Morning'), date: '2019-09-15', people: [] };
    const put = (headers: Record<string, string>, title = 'Morning') =>
      stage.ask('PUT', `${EDITION_PATH}/events/morning`, { body: { ...body, title: text(title) }, headers });
    expect((await put({ 'If-None-Match': '*' })).status).toBe(200);
    expect((await put({ 'If-None-Match': '*' })).body.code).toBe('catalogue-entry-exists');
    const { tag } = (await office()).events.find((event: { id: string }) => event.id === 'morning');
    expect((await put({ 'If-Match': tag }, 'Noon')).body.title.en).toBe('Noon');
    expect((await put({ 'If-Match': tag }, 'Night')).body.code).toBe('changed-meanwhile');
    expect((await stage.ask('DELETE', `${EDITION_PATH}/events/morning`)).status).toBe(204);
  });

  it('takes a drawing as the next version of what was seen, and says who sits by which', async () => {
    const [seen] = (await stage.ask('GET', '/halls/arman-2/seat-plans')).body;
    const plan = (await stage.ask('GET', `/seat-plans/${seen.planId}/versions/${seen.version}`)).body;
    const [zone] = plan.zones;
    const [first, second] = zone.rows[0].seats;
    const drawing = {
      name: plan.name,
      width: plan.width,
      height: plan.height,
      pitch: plan.pitch,
      screen: plan.screen,
      categories: ['A', 'Gold'],
      zones: [
        {
          name: zone.name,
          label: zone.label,
          rows: [
            {
              row: zone.rows[0].row,
              seats: [
                { id: first[0], number: '1', x: first[2], y: first[3], category: 'Gold', kind: 'wheelchair' },
                {
                  id: second[0],
                  number: '2',
                  x: second[2],
                  y: second[3],
                  category: 'A',
                  kind: 'companion',
                  companionOf: first[0],
                },
              ],
            },
          ],
        },
      ],
    };
    const draw = (changes: object = {}, known = seen.version) =>
      stage.ask('POST', '/halls/arman-2/seat-plans', {
        body: { planId: seen.planId, format: 'drawing', seen: known, plan: { ...drawing, ...changes } },
      });
    expect((await draw({ categories: ['A'] })).body).toMatchObject({
      code: 'seat-plan-refused',
      errors: [{ field: first[0], code: 'category-unknown' }],
    });
    expect((await draw()).body).toMatchObject({ version: seen.version + 1, outcome: 'changed', seats: 2 });
    expect((await draw({ name: 'Late' })).body.code).toBe('changed-meanwhile');
    const versions = (await stage.ask('GET', `/seat-plans/${seen.planId}/versions`)).body;
    expect(versions[0]).toMatchObject({
      version: seen.version + 1,
      categories: [
        { name: 'A', seats: 1 },
        { name: 'Gold', seats: 1 },
      ],
      wheelchairPlaces: 1,
      companionPlaces: 1,
      screenings: [],
    });
    expect(versions.at(-1).screenings.length).toBeGreaterThan(0);
  });
});
