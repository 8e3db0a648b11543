import { randomUUID } from 'node:crypto';
import { castMember, eventually } from '#libs/testing';
import { openStage, type TicketsStage } from './tickets-stage.js';

const CONSENT = { terms: true, version: '2019-09' };

describe('papers of an order', () => {
  let stage: TicketsStage;
  const aigul = castMember('aigul');
  const dias = castMember('dias');

  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const bought = async (screening: string, seats: string[]) => {
    const held = await stage.call(aigul, 'POST', '/holds', { screeningId: screening, seats }, randomUUID());
    const body = { holds: [held.body.token], language: 'kk', consent: CONSENT };
    const placed = (await stage.call(aigul, 'POST', '/orders', body, randomUUID())).body;
    const page = await stage.call(aigul, 'POST', `/orders/${placed.id}/payments`, {});
    await fetch(page.body.redirectUrl, {
      method: 'POST',
      body: new URLSearchParams({ action: 'pay' }),
      redirect: 'manual',
    });
    return eventually(async () => {
      const { body: order } = await stage.call(aigul, 'GET', `/orders/${placed.id}`);
      expect([order.state, order.tickets.length]).toEqual(['paid', seats.length]);
      return order;
    });
  };
  const get = (path: string) => fetch(`${stage.service.url}${path}`);
  const property = (ics: string, name: string) =>
    ics
      .replace(/\r\n /g, '')
      .match(new RegExp(`^${name}(?:;[^:]*)?:(.*)\r?$`, 'm'))?.[1]
      ?.trim();

  it('are a PDF for paper and for the phone, for its holder alone', async () => {
    const order = await bought(await stage.screening(), ['A-1', 'A-2']);
    for (const format of ['', '&format=a4', '&format=phone']) {
      const answer = await get(`/orders/${order.id}/tickets.pdf?key=${order.key}${format}`);
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
      expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(2);
    }
    expect((await get(`/orders/${order.id}/tickets.pdf?key=${order.key}&format=a5`)).status).toBe(422);
    expect((await get(`/orders/${order.id}/tickets.pdf`)).status).toBe(404);
  });

  it('are a calendar entry whose UID stays and whose SEQUENCE rises when the screening moves', async () => {
    const screening = await stage.screening();
    const order = await bought(screening, ['A-3']);
    const ics = async () => (await get(`/orders/${order.id}/calendar.ics?key=${order.key}`)).text();
    const before = await ics();
    expect([property(before, 'METHOD'), property(before, 'STATUS')]).toEqual(['PUBLISH', 'CONFIRMED']);
    expect(property(before, 'UID')).toContain(screening);
    const startsAt = new Date(Date.now() + 90_000_000).toISOString();
    const endsAt = new Date(Date.now() + 96_000_000).toISOString();
    await stage.screening();
    await stage.screening({ screeningId: screening, startsAt, endsAt });
    const moved = await ics();
    expect(property(moved, 'UID')).toBe(property(before, 'UID'));
    expect(Number(property(moved, 'SEQUENCE'))).toBeGreaterThan(Number(property(before, 'SEQUENCE')));
    expect(property(moved, 'DTSTART')).toBe(`${startsAt.slice(0, 19).replace(/[-:]/g, '')}Z`);
  });

  it('end the calendar entry when no ticket lives any more', async () => {
    const screening = await stage.screening();
    const order = await bought(screening, ['A-4']);
    const ics = async () => (await get(`/orders/${order.id}/calendar.ics?key=${order.key}`)).text();
    const before = await ics();
    await stage.db.database.query(`UPDATE ticket SET state = 'ended', ended_as = 'refunded' WHERE order_id = $1`, [
      order.id,
    ]);
    const after = await ics();
    expect([property(after, 'METHOD'), property(after, 'STATUS')]).toEqual(['CANCEL', 'CANCELLED']);
    expect(Number(property(after, 'SEQUENCE'))).toBeGreaterThan(Number(property(before, 'SEQUENCE')));
    const pdf = Buffer.from(await (await get(`/orders/${order.id}/tickets.pdf?key=${order.key}`)).arrayBuffer());
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  it('go into the wallets of phones, ticket by ticket', async () => {
    const order = await bought(await stage.screening(), ['A-5']);
    const path = `/orders/${order.id}/tickets/${order.tickets[0].id}`;
    const links = await stage.call(aigul, 'GET', `${path}/wallets`);
    expect(links.body.apple).toContain(`${path}/pass.pkpass?key=${order.key}`);
    expect(links.body.google).toMatch(/^https:\/\/pay\.google\.com\/gp\/v\/save\/ey/);
    const pass = await get(`${path}/pass.pkpass?key=${order.key}`);
    expect([pass.status, pass.headers.get('content-type')]).toEqual([200, 'application/vnd.apple.pkpass']);
    expect(
      Buffer.from(await pass.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await stage.call(dias, 'GET', `${path}/wallets`)).status).toBe(404);
    const foreign = `/orders/${order.id}/tickets/${randomUUID()}/wallets`;
    expect((await stage.call(aigul, 'GET', foreign)).body.code).toBe('ticket-not-live');
  });
});
