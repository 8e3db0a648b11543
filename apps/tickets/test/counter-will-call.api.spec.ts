import { randomUUID } from 'node:crypto';
import { castMember } from '#libs/testing';
import { atTheCounter, type CounterStage } from './counter-stage.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const HOUR = 3_600_000;
const cash = { by: 'cash', tendered: 1_000_000 };

describe('tickets asked for by the last four digits of a phone', () => {
  let stage: TicketsStage;
  let till: CounterStage;
  const clerk = castMember('clerk', ['box-office']);
  const other = castMember('other', ['box-office']);

  beforeAll(async () => {
    stage = await openStage();
    till = await atTheCounter(stage, clerk, '1');
  });
  beforeEach(() => stage.db.database.query('DELETE FROM counter_phone_look'));
  afterAll(() => stage.close());

  const looked = (digits: string, shift = till.shift) => till.get(`/will-call?shiftId=${shift}&digits=${digits}`);
  const sold = async (screening: string, seat: string, phone: string) => {
    const more = { buyer: { name: 'Ерлан Қасымов', phone } };
    return (await till.sell([await till.hold(screening, [seat])], cash, randomUUID(), more)).body;
  };

  it('are found with their film and seats, sold or kept, and with nobody’s name or phone', async () => {
    const screening = await stage.screening();
    const sale = await sold(screening, 'A-1', '+7 777 123 45 67');
    const who = { name: 'Нұрлан Бронев', phone: '8 (701) 555-45-67' };
    const kept = await till.post('/reservations', { screeningId: screening, seats: ['B-1', 'B-2'], ...who });
    const { body } = await looked('4567');
    expect(body.answer).toBe('found');
    expect(body.found).toHaveLength(2);
    expect(body.found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'order', id: sale.id, number: sale.number, seats: 1, unprinted: 1 }),
        expect.objectContaining({ kind: 'reservation', id: kept.body.id, number: null, seats: 2 }),
      ]),
    );
    expect(JSON.stringify(body)).not.toMatch(/Ерлан|Нұрлан|777|701/);
    const taken = await till.post(`/reservations/${kept.body.id}/sell`);
    const bought = await till.sell([taken.body.token], cash);
    const again = (await looked('4567')).body.found.map(({ id }: { id: string }) => id).sort();
    expect(again).toEqual([sale.id, bought.body.id].sort());
  });

  it('are none where nobody left such a phone, where the tickets ended, and where the show is over', async () => {
    expect((await looked('0001')).body).toEqual({ answer: 'none', found: [] });
    const screening = await stage.screening();
    const sale = await sold(screening, 'A-1', '+7 777 000 00 02');
    await till.post(`/sales/${sale.id}/void`, { reason: 'Передумали' });
    expect((await looked('0002')).body.answer).toBe('none');
    const over = await stage.screening();
    await sold(over, 'A-1', '+7 777 000 00 03');
    const past = (hours: number) => new Date(Date.now() - hours * HOUR);
    await stage.db.database.query('UPDATE screening_copy SET starts_at = $2, ends_at = $3 WHERE screening_id = $1', [
      over,
      past(3),
      past(1),
    ]);
    expect((await looked('0003')).body.answer).toBe('none');
  });

  it('are not told when there are too many of them', async () => {
    const screening = await stage.screening();
    for (const seat of ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6']) await sold(screening, seat, '+7 700 111 99 99');
    expect((await looked('9999')).body).toEqual({ answer: 'too-many', found: [] });
  });

  it('are told to the clerk of an open shift only, a few times a minute, each time on record', async () => {
    expect((await stage.call(other, 'GET', `/counter/will-call?shiftId=${till.shift}&digits=4567`)).body.code).toBe(
      'shift-unknown',
    );
    for (const digits of ['456', '45678', 'abcd', '%25%25%25%25']) expect((await looked(digits)).status).toBe(422);
    const answers = await Promise.all(Array.from({ length: 14 }, (_, n) => looked(String(2_000 + n))));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    expect(refused[0]!.body.code).toBe('too-many-requests');
    const [told] = await stage.db.database.query<{ n: number; facts: string }>(
      `SELECT count(*)::int AS n, string_agg(facts::text, '') AS facts FROM audit_entry
        WHERE action = 'tickets.asked-by-phone' AND subject = $1 AND at > clock_timestamp() - interval '20 seconds'`,
      [till.shift],
    );
    expect(told!.n).toBeGreaterThanOrEqual(12);
    expect(told!.facts).not.toContain('2001');
    await till.post(`/shifts/${till.shift}/close`, { counted: 0 });
    expect((await looked('4567')).body.code).toBe('shift-closed');
  });
});
