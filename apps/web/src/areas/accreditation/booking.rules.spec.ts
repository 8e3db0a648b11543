import type { Booking, ScreeningView } from '#libs/contracts';
import { judge, opensAt } from './booking.rules';

const ZONE = 'Asia/Almaty';
const show = (id: string, from: string, until: string) =>
  ({ id, startsAt: `2019-09-17T${from}:00Z`, endsAt: `2019-09-17T${until}:00Z`, timezone: ZONE }) as ScreeningView;
const booked = (of: ScreeningView) =>
  ({ id: of.id, screeningId: of.id, startsAt: of.startsAt, timezone: ZONE, state: 'booked' }) as Booking;
const morning = show('a', '06:30', '08:00');
const noon = show('b', '07:30', '09:00');
const night = show('c', '15:00', '17:00');
const now = Date.parse('2019-09-17T01:00:00Z');

describe('whether a seat can be booked on a badge', () => {
  const facts = { bookings: [booked(morning)], screenings: [morning, noon, night], rules: {}, now };

  it('knows what is booked, what clashes with it, and what is free to book', () => {
    expect(judge(morning, facts).may).toBe('mine');
    expect(judge(noon, facts).may).toBe('clash');
    expect(judge(night, facts).may).toBe('book');
  });

  it('stops at the quota of the day', () => {
    expect(judge(night, { ...facts, rules: { dailyQuota: 1 } }).may).toBe('quota');
  });

  it('waits for the opening hour', () => {
    const rules = { opening: [{ class: 'press' as const, daysBefore: 1, at: '08:00' }] };
    expect(opensAt(rules, night)?.toISOString()).toBe('2019-09-16T02:00:00.000Z');
    expect(judge(night, { ...facts, rules, now: Date.parse('2019-09-15T00:00:00Z') }).may).toBe('later');
  });
});
