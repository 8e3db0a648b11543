import { type Clocks, type LeaseClock, leaseStanding, SLEPT_MS } from './lease-clock.rules';

const MINUTE = 60_000;
const at = (wallMinutes: number, monoMinutes = wallMinutes, page = 'one'): Clocks => ({
  wall: 1_568_440_800_000 + wallMinutes * MINUTE,
  mono: monoMinutes * MINUTE,
  page,
});
/** Asked at 0, allowed ten minutes, looked at last when it says. */
const clock = (seen: Clocks): LeaseClock => ({ sellForMs: 10 * MINUTE, asked: at(0), seen });

describe('a till with leased seats', () => {
  it.each<[string, Clocks, Clocks, unknown]>([
    ['sells while its time runs', at(4), at(5), { sells: true, leftMs: 5 * MINUTE }],
    ['stops when its time is over', at(9), at(10), { sells: false, why: 'time' }],
    ['goes by the page’s clock where the wall’s stood still', at(1, 9), at(1, 10), { sells: false, why: 'time' }],
    ['goes by the wall’s clock where the page’s stood still', at(9, 1), at(10, 1), { sells: false, why: 'time' }],
    ['stops when the wall’s clock goes back', at(5), at(3, 6), { sells: false, why: 'clock' }],
    ['bears a clock that is put right by a second', at(5), at(4.99, 5), { sells: true, leftMs: 5 * MINUTE }],
    ['stops after a nap, though time is left', at(1), at(4), { sells: false, why: 'slept' }],
    ['sells on after its page was opened anew', at(4), at(5, 0.1, 'two'), { sells: true, leftMs: 5 * MINUTE }],
    [
      'knows the end by the wall after its page was opened anew',
      at(9),
      at(10.1, 0.1, 'two'),
      { sells: false, why: 'time' },
    ],
  ])('%s', (_, seen, now, standing) => {
    expect(leaseStanding(clock(seen), now)).toEqual(standing);
  });

  it('never sells a moment longer than it was told, whatever its clocks do', () => {
    for (let minute = 0; minute < 30; minute += 0.5)
      for (const shift of [-3, -1, 0, 1, 20]) {
        const seen = at(Math.max(0, minute - 0.5));
        const standing = leaseStanding(clock(seen), at(minute + shift, minute));
        if (minute >= 10) expect(standing.sells).toBe(false);
      }
    expect(SLEPT_MS).toBeGreaterThan(2 * MINUTE);
  });
});
