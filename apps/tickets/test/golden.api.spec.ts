import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { eventDefinition } from '#libs/contracts';
import { castMember, EDITION, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv) => void)(ajv);
const CONSENT = { terms: true, version: '2019-09' };

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

describe('what tickets tells', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const admin = castMember('admin', ['admin']);
  const told = async (type: string) =>
    (
      await stage.db.database.query<{ data: unknown }>('SELECT data FROM outbox WHERE type = $1 ORDER BY seq LIMIT 1', [
        type,
      ])
    )[0]?.data;
  const order = async (screening: string, seat: string) => {
    const held = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats: [seat] }, randomUUID());
    return (
      await stage.call(
        aigul,
        'POST',
        '/orders',
        { holds: [held.body.token], language: 'kk', consent: CONSENT },
        randomUUID(),
      )
    ).body;
  };

  beforeAll(async () => {
    stage = await openStage();
    const screening = await stage.screening({
      allocations: [
        { id: 'public', classes: ['public'], capacity: 20, overflow: [] },
        { id: 'press', classes: ['press'], capacity: 5, overflow: [] },
      ],
    });
    const paid = await order(screening, 'A-1');
    const page = await stage.call(aigul, 'POST', `/orders/${paid.id}/payments`, {});
    await fetch(page.body.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    const lost = await order(screening, 'A-2');
    const latePage = await stage.call(aigul, 'POST', `/orders/${lost.id}/payments`, {});
    await stage.call(admin, 'POST', `/dev/orders/${lost.id}/age`);
    await eventually(async () => expect(await told('tickets.order.expired.v1')).toBeDefined());
    await order(screening, 'A-2');
    const paymentId = new URL(latePage.body.redirectUrl).pathname.split('/').at(-1);
    await fetch(`${stage.sandbox.url}/control`, {
      method: 'POST',
      body: JSON.stringify({ paymentId, checkUrlSkip: true }),
    });
    await fetch(latePage.body.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    const badge = {
      badgeId: randomUUID(),
      accreditationId: randomUUID(),
      editionId: EDITION,
      personId: aigul.id,
      serial: 'ab'.repeat(10),
    };
    await stage.tell({ type: 'accreditations.badge.issued.v1', topic: 'accreditations' }, badge.badgeId, 1, {
      ...badge,
      function: 'press',
      classes: ['press'],
      areas: ['A'],
      validFrom: '2019-09-13T00:00:00.000Z',
      validUntil: '2030-09-21T00:00:00.000Z',
    });
    await stage.call(aigul, 'POST', '/bookings', { screeningId: screening }, randomUUID());
    await stage.tell({ type: 'accreditations.badge.revoked.v1', topic: 'accreditations' }, badge.badgeId, 2, {
      ...badge,
      state: 'revoked',
      reason: null,
    });
    await eventually(async () => expect(await told('tickets.order.refunded.v1')).toBeDefined(), 15_000);
  }, 60_000);
  afterAll(() => stage.close());

  it.each([
    'tickets.order.placed.v1',
    'tickets.order.paid.v1',
    'tickets.order.expired.v1',
    'tickets.order.refund-due.v1',
    'tickets.order.refunded.v1',
    'tickets.booking.made.v1',
    'tickets.booking.cancelled.v1',
  ])('%s keeps its contract and has the shape of its golden example', async (type) => {
    const data = await told(type);
    const check = ajv.compile(eventDefinition(type)!.data as object);
    expect([check(data), check.errors]).toEqual([true, null]);
    const golden = JSON.parse(readFileSync(join(__dirname, `../../../libs/contracts/examples/${type}.json`), 'utf8'));
    expect(shape(data)).toEqual(shape(golden.data ?? golden));
  });

  it('carries no address, no code and no key', async () => {
    const rows = await stage.db.database.query<{ data: unknown }>('SELECT data FROM outbox');
    const all = JSON.stringify(rows);
    expect(all).not.toMatch(/@/);
    const [ticket] = await stage.db.database.query<{ serial: string }>('SELECT serial FROM ticket LIMIT 1');
    expect(all).not.toContain(ticket!.serial);
  });
});
