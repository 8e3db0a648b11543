import { bookingOpensAt, judgeBooking, knownRules } from './booking.rules.js';

const OPENING = [
  { class: 'press' as const, daysBefore: 1, at: '09:00' },
  { class: 'industry' as const, daysBefore: 0, at: '08:00' },
  { class: 'jury' as const, daysBefore: 3, at: '20:30' },
];
// 19:30 in Almaty, which was six hours ahead of UTC in 2019.
const SCREENING = { startsAt: new Date('2019-09-16T13:30:00Z'), timezone: 'Asia/Almaty' };

describe('a booking opens', () => {
  it.each([
    [['press'], '2019-09-15T03:00:00.000Z'],
    [['industry'], '2019-09-16T02:00:00.000Z'],
    [['jury'], '2019-09-13T14:30:00.000Z'],
    [['press', 'jury'], '2019-09-13T14:30:00.000Z'],
    [['guest'], undefined],
    [['press', 'guest'], undefined],
  ])('for %j at %s', (classes, wanted) => {
    expect(bookingOpensAt(OPENING, classes, SCREENING)?.toISOString()).toBe(wanted);
  });

  it('by the day of the venue, also for a screening after midnight in UTC terms', () => {
    const late = { startsAt: new Date('2019-09-15T19:00:00Z'), timezone: 'Asia/Almaty' };
    expect(bookingOpensAt(OPENING, ['press'], late)?.toISOString()).toBe('2019-09-15T03:00:00.000Z');
  });
});

describe('a booking is refused', () => {
  const opensAt = new Date('2019-09-15T03:00:00Z');
  const { startsAt } = SCREENING;
  it.each([
    ['ticket', '2019-09-15T04:00:00Z', 'ticket-needed'],
    ['badge-alone', '2019-09-15T04:00:00Z', 'badge-is-enough'],
    ['badge-booking', '2019-09-15T02:59:59Z', 'not-yet-open'],
    ['badge-booking', '2019-09-15T03:00:00Z', undefined],
    ['badge-booking', '2019-09-16T13:29:59Z', undefined],
    ['badge-booking', '2019-09-16T13:30:00Z', 'has-begun'],
  ] as const)('entering by %s at %s: %s', (mode, at, rule) => {
    expect(judgeBooking({ mode, opensAt, startsAt }, new Date(at))?.rule).toBe(rule);
  });

  it('by the edition’s rules, and by the festival’s where the edition says nothing', () => {
    const defaults = { dailyQuota: 4, cancelMinutes: 30 };
    expect(knownRules({}, defaults)).toEqual({
      ...defaults,
      opening: [],
      warnings: 1,
      blockHours: 24,
      graceMinutes: 30,
    });
    expect(knownRules({ dailyQuota: 2, warnings: 0 }, defaults)).toMatchObject({ dailyQuota: 2, warnings: 0 });
  });
});
