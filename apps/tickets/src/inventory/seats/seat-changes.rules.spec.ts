import type { SeatStates } from '#libs/contracts';
import { changesBetween } from './seat-changes.rules.js';

const map: SeatStates = {
  screeningId: 's',
  planId: 'p',
  planVersion: 1,
  epoch: 3,
  onSale: true,
  states: 'ffhsn',
  free: 2,
  stale: false,
};

describe('what a reader of a seat map is told', () => {
  it('is nothing while nothing changed', () => {
    expect(changesBetween(map, { ...map })).toBeUndefined();
  });

  it('is the seats that changed, by their place', () => {
    expect(changesBetween(map, { ...map, states: 'hfhfn', free: 2 })).toEqual({ free: 2, changed: { 0: 'h', 3: 'f' } });
  });

  it.each([
    { epoch: 4 },
    { onSale: false },
    { stale: true },
    { planVersion: 2 },
    { companionsReleased: true },
    { states: 'ffhs' },
  ])('is the whole map where more than seats changed: %j', (change) => {
    expect(changesBetween(map, { ...map, ...change })).toBe('anew');
  });
});
