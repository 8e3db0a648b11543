import { newId } from '#libs/kernel';
import { EDITION_PATH, ScreeningsStage } from './screenings-stage.js';

const RECORDED = 'screenings.screening.recorded.v1';
const MAIN = 'aff19-0916-1930-mega';
const text = (en: string) => ({ kk: en, ru: en, en });

describe('the programme by hand', () => {
  let stage: ScreeningsStage;
  const tagOf = async (id: string) => (await stage.ask('GET', `/screenings/${id}`)).headers.get('etag')!;
  const patch = async (id: string, body: object, tag?: string) =>
    stage.ask('PATCH', `/screenings/${id}`, { body, headers: { 'If-Match': tag ?? (await tagOf(id)) } });
  const act = (id: string, step: string, body: object = {}, headers = {}) =>
    stage.ask('POST', `/screenings/${id}/${step}`, { body, headers });
  const draft = async (changes: object) => {
    const body = {
      editionId: 'almaty-2019',
      items: [{ kind: 'talk', title: text('Talk'), minutes: 60 }],
      hallId: 'arman-1',
      startsAt: '2019-09-19T03:00:00.000Z',
      prices: [],
      ...changes,
    };
    const made = await stage.ask('POST', '/screenings', { body });
    expect(made.status).toBe(201);
    return made.body.id as string;
  };

  beforeAll(async () => {
    stage = await ScreeningsStage.open();
  }, 120_000);
  afterAll(() => stage.close());

  it('changes a screening once per sight of it: the second of two editors looks again', async () => {
    const tag = await tagOf(MAIN);
    const first = await patch(
      MAIN,
      { title: text('Changed'), subtitles: ['ru'], captions: ['kk'], audioDescription: ['ru'] },
      tag,
    );
    expect([first.status, first.body.title.en, first.body.captions]).toEqual([200, 'Changed', ['kk']]);
    expect(await stage.told(RECORDED, MAIN)).toMatchObject({ title: { en: 'Changed' } });
    expect((await patch(MAIN, { title: text('Late') }, tag)).body.code).toBe('changed-meanwhile');
    expect((await patch(MAIN, { title: text('Changed again') }, first.headers.get('etag')!)).status).toBe(200);
    const bare = await stage.ask('PATCH', `/screenings/${MAIN}`, { body: { title: text('x') } });
    expect(bare.body.code).toBe('precondition-needed');
  });

  it('answers 304 to who has the answer, and the public another tag than staff', async () => {
    const open = await stage.ask('GET', `/screenings/${MAIN}`, { roles: null });
    expect(open.body).not.toHaveProperty('allocations');
    const again = await stage.ask('GET', `/screenings/${MAIN}`, {
      roles: null,
      headers: { 'If-None-Match': open.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
    expect(await tagOf(MAIN)).not.toBe(open.headers.get('etag'));
  });

  it('lets the end follow from the items, refuses an overlap, and moves nothing that is announced', async () => {
    const id = await draft({ startsAt: '2019-09-19T03:00:00.000Z' });
    const later = await patch(id, { startsAt: '2019-09-19T04:00:00.000Z' });
    expect([later.body.startsAt, later.body.doorsOpenAt]).toEqual([
      '2019-09-19T04:00:00.000Z',
      '2019-09-19T03:30:00.000Z',
    ]);
    expect((await act(id, 'announce')).body.state).toBe('announced');
    const longer = await patch(id, {
      items: [{ kind: 'talk', title: text('Longer'), minutes: 90 }],
      doorsBefore: 45,
      lateEntryFor: 5,
    });
    expect(longer.body).toMatchObject({
      endsAt: '2019-09-19T05:30:00.000Z',
      doorsOpenAt: '2019-09-19T03:15:00.000Z',
      lateEntryUntil: '2019-09-19T04:05:00.000Z',
    });
    expect((await patch(id, { startsAt: '2019-09-19T05:00:00.000Z' })).body.code).toBe('screening-move-needed');
    const next = await draft({ startsAt: '2019-09-19T06:00:00.000Z' });
    expect((await act(next, 'announce')).status).toBe(200);
    expect((await patch(id, { items: [{ kind: 'talk', title: text('Too long'), minutes: 130 }] })).body.code).toBe(
      'hall-overlap',
    );
    expect((await act(id, 'cancel', { reason: 'spec' })).status).toBe(200);
    expect((await act(next, 'cancel', { reason: 'spec' })).status).toBe(200);
  });

  it('carries the guardian note where a show ends after ten in the evening', async () => {
    const id = await draft({ startsAt: '2019-09-18T15:30:00.000Z', hallId: 'arman-2' });
    await act(id, 'announce');
    const view = (await stage.ask('GET', `/screenings/${id}`, { roles: null })).body;
    expect(view.guardianNote.ru).toMatch(/22:00/);
    expect((await stage.told(RECORDED, id)).guardianNote).toEqual(view.guardianNote);
    expect((await stage.ask('GET', `/screenings/${MAIN}`)).body).not.toHaveProperty('guardianNote');
    await act(id, 'cancel', { reason: 'spec' });
  });

  it('rates a film later: its screenings take the rating over and tell it, and an hour that it forbids is refused', async () => {
    const film = {
      sectionId: null,
      title: text('Unrated'),
      directors: { kk: ['D'], ru: ['D'], en: ['D'] },
      year: 2019,
      minutes: 80,
      logline: text('A film.'),
      identifier: 'tt1234567',
    };
    const put = (changes: object = {}) =>
      stage.ask('PUT', `${EDITION_PATH}/films/unrated`, { body: { ...film, ...changes } });
    expect((await put()).body).toMatchObject({ id: 'unrated', ageRating: null });
    const id = await draft({ items: [{ kind: 'film', filmId: 'unrated' }], startsAt: '2019-09-20T03:00:00.000Z' });
    expect((await act(id, 'announce')).body).toMatchObject({ ageRating: null, ageRatingPending: true });
    expect(await stage.told(RECORDED, id)).toMatchObject({ ageRating: null, ageRatingPending: true });
    expect((await put({ ageRating: '21+' })).body.code).toBe('hour-illegal');
    expect((await put({ ageRating: '16+' })).status).toBe(200);
    const told = await stage.told(RECORDED, id);
    expect([told.ageRating, told.ageRatingPending]).toEqual(['16+', undefined]);
    expect((await stage.ask('DELETE', `${EDITION_PATH}/films/unrated`)).body.code).toBe('catalogue-entry-in-use');
    expect((await patch(id, { ageRating: null })).body.ageRatingPending).toBe(true);
    expect(
      (await patch(id, { ageRating: '18+', items: [{ kind: 'talk', title: text('No film'), minutes: 30 }] })).body,
    ).toMatchObject({ ageRating: '18+' });
    await act(id, 'cancel', { reason: 'spec' });
    expect((await stage.ask('DELETE', `${EDITION_PATH}/films/unrated`)).status).toBe(204);
    expect((await stage.ask('DELETE', `${EDITION_PATH}/films/unrated`)).status).toBe(404);
  });

  it('records sections by hand and keeps those that are used', async () => {
    const body = { kind: 'partner', name: text('Partner') };
    expect((await stage.ask('PUT', `${EDITION_PATH}/sections/partner-2019`, { body })).status).toBe(200);
    const programme = await stage.ask('GET', `${EDITION_PATH}/programme`);
    expect(programme.body.sections.map((one: { id: string }) => one.id)).toContain('partner-2019');
    const used = programme.body.films[0].sectionId;
    expect((await stage.ask('DELETE', `${EDITION_PATH}/sections/${used}`)).body.code).toBe('catalogue-entry-in-use');
    expect((await stage.ask('DELETE', `${EDITION_PATH}/sections/partner-2019`)).status).toBe(204);
  });

  it('delays a show by minutes, once per key, into the change of audience but never into the next show', async () => {
    const id = await draft({ startsAt: '2019-09-20T06:00:00.000Z' });
    const next = await draft({ startsAt: '2019-09-20T07:20:00.000Z' });
    for (const one of [id, next]) await act(one, 'announce');
    const key = { 'Idempotency-Key': newId() };
    const delayed = await act(id, 'delay', { minutes: 10 }, key);
    expect(delayed.body).toMatchObject({
      startsAt: '2019-09-20T06:10:00.000Z',
      endsAt: '2019-09-20T07:10:00.000Z',
      doorsOpenAt: '2019-09-20T05:40:00.000Z',
      delay: { minutes: 10, from: '2019-09-20T06:00:00.000Z' },
    });
    expect((await act(id, 'delay', { minutes: 10 }, key)).body.delay.minutes).toBe(10);
    expect(await stage.told(RECORDED, id)).toMatchObject({ delay: { minutes: 10 }, planVersion: 1 });
    expect((await act(id, 'delay', { minutes: 5 })).body.delay.minutes).toBe(15);
    expect((await act(id, 'delay', { minutes: 20 })).body.code).toBe('hall-overlap');
    expect((await act(next, 'delay', { minutes: 60 })).status).toBe(200);
    expect((await act(next, 'delay', { minutes: 1 })).body.code).toBe('delay-too-long');
    for (const one of [id, next]) await act(one, 'cancel', { reason: 'spec' });
  });

  it('ends a screening when it is over and not before', async () => {
    const id = await draft({ startsAt: '2019-09-14T03:00:00.000Z', hallId: 'arman-2' });
    await act(id, 'announce');
    expect((await act(id, 'end')).body.code).toBe('screening-not-over');
    await stage.ask('POST', '/internal/festival-clock', {
      service: true,
      body: { editionId: 'almaty-2019', now: '2019-09-14T05:00:00.000Z' },
    });
    expect((await act(id, 'end')).body.state).toBe('ended');
    expect((await act(id, 'end')).body.state).toBe('ended');
    expect((await act(id, 'open-sales')).body.code).toBe('screening-step-illegal');
  });

  it('makes a new edition from an old one: days shift, hours on the wall stay, a rehearsal is not listed', async () => {
    const next = { id: 'almaty-2020', name: text('Next'), from: '2020-09-12', to: '2020-09-18' };
    const key = { 'Idempotency-Key': newId() };
    const made = await stage.ask('POST', `${EDITION_PATH}/next`, { body: next, headers: key });
    expect([made.status, made.body.copied.film, made.body.copied.section]).toEqual([201, undefined, 3]);
    expect((await stage.ask('POST', `${EDITION_PATH}/next`, { body: next, headers: key })).body).toEqual(made.body);
    expect((await stage.ask('POST', `${EDITION_PATH}/next`, { body: next })).body.code).toBe('edition-exists');
    const listed = async (roles?: null) =>
      (await stage.ask('GET', '/editions', { roles })).body.map((one: { id: string }) => one.id);
    expect(await listed(null)).toEqual(['almaty-2019']);

    const rehearsal = { ...next, id: 'almaty-2020-rehearsal', rehearsal: true };
    const whole = (await stage.ask('POST', `${EDITION_PATH}/next`, { body: rehearsal })).body;
    expect([whole.rehearsal, whole.copied.film]).toEqual([true, 12]);
    expect(await stage.told('screenings.edition.recorded.v1', 'almaty-2020-rehearsal')).toMatchObject({
      rehearsal: true,
    });
    const rows = await stage.db.database.query<{ wall: string; state: string }>(
      `SELECT to_char(starts_at AT TIME ZONE 'Asia/Almaty', 'YYYY-MM-DD HH24:MI') AS wall, state FROM screening
        WHERE edition_id = 'almaty-2020-rehearsal' AND data->'items' @> '[{"filmId": "let-there-be-light"}]'`,
    );
    expect(rows).toContainEqual({ wall: '2020-09-14 19:30', state: 'draft' });
    expect(await listed()).toContain('almaty-2020-rehearsal');
    expect(await listed(null)).toEqual(['almaty-2019']);
  });
});

describe('the programme for others', () => {
  let stage: ScreeningsStage;
  beforeAll(async () => {
    stage = await ScreeningsStage.open();
  }, 120_000);
  afterAll(() => stage.close());

  it('is a calendar with UIDs that stay, a SEQUENCE that rises and CANCELLED', async () => {
    const feed = async (headers = {}) =>
      stage.ask('GET', `${EDITION_PATH}/calendar.ics?language=kk`, { roles: null, headers });
    const entry = (body: string) =>
      body
        .replaceAll(/\r\n /g, '')
        .split('BEGIN:VEVENT')
        .find((one) => one.includes(`UID:${MAIN}@seans`))!;
    const first = await feed();
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.body.match(/BEGIN:VEVENT/g)).toHaveLength(36);
    expect(entry(first.body)).toMatch(/SEQUENCE:1\r\n/);
    expect(entry(first.body)).toMatch(/DTSTART:20190916T133000Z/);
    expect(entry(first.body)).toMatch(/SUMMARY:Жарық болсын/);
    expect((await feed()).body).toBe(first.body);
    expect((await feed({ 'If-None-Match': first.headers.get('etag') })).status).toBe(304);
    await stage.ask('POST', `/screenings/${MAIN}/delay`, { body: { minutes: 5 } });
    const delayed = entry((await feed()).body);
    expect([/DTSTART:20190916T133500Z/.test(delayed), /SEQUENCE:2/.test(delayed)]).toEqual([true, true]);
    await stage.ask('POST', `/screenings/${MAIN}/cancel`, { body: { reason: 'power' } });
    const last = entry((await feed()).body);
    expect([/SEQUENCE:3/.test(last), /STATUS:CANCELLED/.test(last)]).toEqual([true, true]);
  });

  it('is a calendar of the chosen screenings alone, and never of more than a hundred', async () => {
    const feed = (only: string) =>
      stage.ask('GET', `${EDITION_PATH}/calendar.ics?language=ru&only=${only}`, { roles: null });
    const two = await feed(`${MAIN},aff19-0916-1500-arman2,no-such-screening`);
    const uids = [...(two.body as string).matchAll(/UID:(.*)@seans/g)].map(([, id]) => id);
    expect(uids.sort()).toEqual(['aff19-0916-1500-arman2', MAIN].sort());
    expect((await feed(Array.from({ length: 101 }, (_, i) => `s${i}`).join(','))).status).toBe(422);
  });

  it('is a ScreeningEvent for search engines, with the hour on the wall and what has changed', async () => {
    const id = 'aff19-0916-1500-arman2';
    const before = await stage.ask('GET', `/screenings/${id}/schema.org?language=ru`, { roles: null });
    expect(before.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(before.body).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'ScreeningEvent',
      startDate: '2019-09-16T15:00:00+06:00',
      eventStatus: 'https://schema.org/EventScheduled',
      workPresented: { '@type': 'Movie', duration: expect.stringMatching(/^PT\d+H/) },
      location: { '@type': 'MovieTheater' },
      offers: expect.arrayContaining([
        expect.objectContaining({ priceCurrency: 'KZT', availability: 'https://schema.org/InStock' }),
      ]),
    });
    await stage.ask('POST', `/screenings/${id}/delay`, { body: { minutes: 5 } });
    const after = await stage.ask('GET', `/screenings/${id}/schema.org`, { roles: null });
    expect(after.body).toMatchObject({
      eventStatus: 'https://schema.org/EventRescheduled',
      previousStartDate: '2019-09-16T15:00:00+06:00',
    });
    expect((await stage.ask('GET', '/screenings/nothing/schema.org', { roles: null })).status).toBe(404);
  });
});
