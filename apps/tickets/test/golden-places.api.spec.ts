import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { eventDefinition } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, planSeats, type TicketsStage } from './tickets-stage.js';

const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const CONSENT = { terms: true, version: '2019-09' };
const MINUTE = 60_000;
const NAME = { kk: 'Бес фильм', ru: 'Пять фильмов', en: 'Five films' };

/** The names of all fields at every level: what a hearer can rely on. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shape);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, shape(inner)])
      .sort(),
  );
}

describe('what tickets tells about places', () => {
  let stage: TicketsStage;
  let gateway: Server;
  const aigul = castMember('aigul');
  const dias = castMember('dias');
  const admin = castMember('admin', ['admin']);
  const visitor: Caller = { kind: 'visitor', id: randomUUID(), roles: [] };
  const key = () => randomUUID();
  const told = async (type: string) =>
    (
      await stage.db.database.query<{ data: unknown }>('SELECT data FROM outbox WHERE type = $1 ORDER BY seq LIMIT 1', [
        type,
      ])
    )[0]?.data;
  const happened = (type: string) => eventually(async () => expect(await told(type)).toBeDefined());

  beforeAll(async () => {
    gateway = createServer((_, response) => {
      response.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ personId: aigul.id }));
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    stage = await openStage({ GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}` });
    const call = (who: Caller, method: string, path: string, body?: unknown) =>
      stage.call(who, method, path, body, key());
    const hall = (start: number, changes = {}) => {
      const iso = (minutes: number) => new Date(Date.now() + (start + minutes) * MINUTE).toISOString();
      return stage.screening({
        startsAt: iso(0),
        endsAt: iso(90),
        doorsOpenAt: iso(-30),
        lateEntryUntil: iso(15),
        ...changes,
      });
    };

    await call(admin, 'POST', `/screenings/${await hall(600)}/invitation-lists`, {
      name: 'Guests',
      respondBy: new Date(Date.now() + 300 * MINUTE).toISOString(),
      invitees: [{ name: 'Гүлнәр', email: 'planted@example.kz', places: 2 }],
    });

    await call(admin, 'PUT', `/editions/${EDITION}/pass-kinds`, {
      kinds: [
        {
          id: 'five',
          name: NAME,
          scope: { kind: 'films', films: 5 },
          price: { amount: 1, currency: 'KZT' },
          onSale: true,
        },
      ],
      travel: { minutes: 30, between: [] },
    });
    const gift = { editionId: EDITION, kindId: 'five', personId: aigul.id, language: 'kk', reason: 'a friend' };
    await call(admin, 'POST', '/passes', gift);

    const full = await hall(600);
    const seats = planSeats()
      .map(({ id }) => id)
      .slice(1);
    await call(admin, 'POST', `/screenings/${full}/blocks`, { purpose: 'house', seats });
    const held = await call(dias, 'POST', '/holds', { screeningId: full, seats: ['A-1'] });
    const order = await call(dias, 'POST', '/orders', { holds: [held.body.token], language: 'en', consent: CONSENT });
    const join = { seats: 1, language: 'kk', buyer: { email: 'planted@example.kz' } };
    expect((await call(visitor, 'POST', `/screenings/${full}/waitlist`, join)).status).toBe(201);
    await call(admin, 'POST', `/dev/orders/${order.body.id}/age`);
    await happened('tickets.waitlist.offered.v1');
    await stage.db.database.query('UPDATE waitlist_offer SET until = clock_timestamp()');
    await happened('tickets.waitlist.ended.v1');

    await call(admin, 'PUT', `/editions/${EDITION}/rush-rules`, { paidSeats: true });
    const soon = await hall(120, { allocations: [{ id: 'press', classes: ['press'], capacity: 5, overflow: [] }] });
    const free = await hall(120);
    const ticket = await call(aigul, 'POST', '/holds', { screeningId: free, seats: ['C-1'] });
    await call(aigul, 'POST', '/orders', { holds: [ticket.body.token], language: 'en', consent: CONSENT });
    const badge = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: aigul.id,
      serial: 'cd'.repeat(10),
    };
    await stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, badge.badgeId, 1, {
      ...badge,
      function: 'press',
      classes: ['press'],
      areas: ['A'],
      validFrom: '2019-09-13T00:00:00.000Z',
      validUntil: '2030-09-21T00:00:00.000Z',
    });
    expect((await call(aigul, 'POST', '/bookings', { screeningId: soon })).status).toBe(201);
    const step = (minutes: number, version: number) =>
      stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, version, {
        editionId: EDITION,
        offsetMs: minutes * MINUTE,
      });
    await step(136, 10);
    await happened('tickets.booking.released.v1');
    await happened('tickets.ticket.released.v1');
    await step(245, 11);
    await happened('tickets.booking.missed.v1');
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await new Promise((resolve) => gateway.close(resolve));
  });

  it.each([
    'tickets.invitation.made.v1',
    'tickets.booking.released.v1',
    'tickets.booking.missed.v1',
    'tickets.waitlist.offered.v1',
    'tickets.waitlist.ended.v1',
    'tickets.pass.issued.v1',
    'tickets.ticket.released.v1',
  ])('%s keeps its contract and has the shape of its golden example', async (type) => {
    const data = await told(type);
    const check = ajv.compile(eventDefinition(type)!.data as object);
    expect([check(data), check.errors]).toEqual([true, null]);
    const golden = JSON.parse(readFileSync(join(__dirname, `../../../libs/contracts/examples/${type}.json`), 'utf8'));
    expect(shape(data)).toEqual(shape(golden.data));
  });

  it('carries no name, no address, no code and no link', async () => {
    const all = JSON.stringify(await stage.db.database.query('SELECT data FROM outbox'));
    expect(all).not.toMatch(/@|Гүлнәр|\?key=/);
    const [pass] = await stage.db.database.query<{ code: string }>('SELECT code FROM pass');
    expect(all).not.toContain(pass!.code);
  });
});
