import {
  daysBetween,
  formatDateRange,
  formatDay,
  formatShortDay,
  formatShortDayTime,
  isTimeZone,
  venueDate,
  venueInstant,
  venueLocal,
  venueTime,
  wallClock,
  zoneOffset,
} from './venue-time.js';

const ALMATY = 'Asia/Almaty';

describe('time at a venue', () => {
  it('knows that Almaty was six hours ahead in 2019 and is five ahead now', () => {
    expect(zoneOffset(new Date('2019-09-16T00:00:00Z'), ALMATY)).toBe(6 * 3_600_000);
    expect(zoneOffset(new Date('2026-09-16T00:00:00Z'), ALMATY)).toBe(5 * 3_600_000);
  });

  it('turns the hour on the wall into an instant and back', () => {
    const start = venueInstant('2019-09-16T19:30', ALMATY);
    expect(start.toISOString()).toBe('2019-09-16T13:30:00.000Z');
    expect(venueLocal(start, ALMATY)).toBe('2019-09-16T19:30');
    expect(venueInstant('2026-09-16T19:30', ALMATY).toISOString()).toBe('2026-09-16T14:30:00.000Z');
  });

  it('puts a show after midnight on the next day', () => {
    const late = new Date('2019-09-16T18:15:00Z');
    expect(venueDate(late, ALMATY)).toBe('2019-09-17');
    expect(venueTime(late, ALMATY)).toBe('00:15');
    expect(wallClock(late, ALMATY).weekday).toBe(2);
  });

  it('takes the first of a repeated hour and moves a skipped one on', () => {
    expect(venueInstant('2025-10-26T02:30', 'Europe/Berlin').toISOString()).toBe('2025-10-26T00:30:00.000Z');
    expect(venueInstant('2025-03-30T02:30', 'Europe/Berlin').toISOString()).toBe('2025-03-30T01:30:00.000Z');
  });

  it('refuses what is no day, hour or zone', () => {
    expect(() => venueInstant('2019-02-30T10:00', ALMATY)).toThrow(RangeError);
    expect(() => venueInstant('16.09.2019', ALMATY)).toThrow(RangeError);
    expect(isTimeZone('Asia/Almaty')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });

  it('writes days in Kazakh, Russian and English', () => {
    expect(formatDay('2019-09-16', 'kk')).toBe('16 қыркүйек, дүйсенбі');
    expect(formatDay('2019-09-16', 'ru')).toBe('16 сентября, понедельник');
    expect(formatDay('2019-09-16', 'en')).toBe('Monday 16 September');
    expect(formatShortDay('2019-09-16', 'kk')).toBe('дс, 16 қырк.');
    expect(formatShortDayTime(new Date('2019-09-16T13:30:00Z'), ALMATY, 'ru')).toBe('пн, 16 сент., 19:30');
  });

  it('writes the days of an edition as one range', () => {
    expect(formatDateRange('2019-09-14', '2019-09-20', 'en')).toBe('14–20 September 2019');
    expect(formatDateRange('2019-09-28', '2019-10-04', 'ru')).toBe('28 сентября – 4 октября 2019');
    expect(daysBetween('2019-09-14', '2019-09-20')).toHaveLength(7);
  });
});
