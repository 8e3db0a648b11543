import { smsOpensAt } from './quiet-hours.rules.js';

const open = (at: string, holidays: string[] = []) => smsOpensAt(new Date(at), holidays).toISOString();

describe('short messages of the service', () => {
  it('go out at once on a working day from nine to nine, Almaty’s clock of that year', () => {
    // Six hours ahead of UTC in 2019, five since 2024.
    expect(open('2019-09-16T03:00:00.000Z')).toBe('2019-09-16T03:00:00.000Z');
    expect(open('2019-09-16T14:59:59.000Z')).toBe('2019-09-16T14:59:59.000Z');
    expect(open('2026-09-16T04:00:00.000Z')).toBe('2026-09-16T04:00:00.000Z');
  });

  it('wait in the evening for the morning, over a week-end for Monday', () => {
    expect(open('2019-09-16T02:59:59.000Z')).toBe('2019-09-16T03:00:00.000Z');
    expect(open('2019-09-16T15:00:00.000Z')).toBe('2019-09-17T03:00:00.000Z');
    expect(open('2019-09-20T15:30:00.000Z')).toBe('2019-09-23T03:00:00.000Z');
    expect(open('2019-09-21T06:00:00.000Z')).toBe('2019-09-23T03:00:00.000Z');
  });

  it('rest on the public holidays of the edition', () => {
    expect(open('2019-09-16T06:00:00.000Z', ['2019-09-16', '2019-09-17'])).toBe('2019-09-18T03:00:00.000Z');
  });
});
