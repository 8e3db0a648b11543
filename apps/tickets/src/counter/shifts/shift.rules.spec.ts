import type { ShiftFigures } from '#libs/contracts';
import { blinded, SHIFT_CYCLE, tellsCash, worthOf } from './shift.rules.js';

const money = (amount: number) => ({ amount, currency: 'KZT' });
const figures: ShiftFigures = {
  sales: 2,
  tickets: 3,
  complimentary: 0,
  voided: 0,
  reprints: 0,
  unresolved: 0,
  openingFloat: money(1_000_000),
  payIn: money(0),
  payOut: money(0),
  terminal: { sales: 1, taken: money(250_000), returned: money(0) },
  cash: { sales: 1, taken: money(500_000), returned: money(0), rounding: money(0), expected: money(1_500_000) },
};

describe('the drawer of an open shift', () => {
  it('is told to a manager, and never to whoever is going to count it', () => {
    expect(tellsCash('open', { isClerk: true, isManager: false })).toBe(false);
    expect(tellsCash('open', { isClerk: true, isManager: true })).toBe(false);
    expect(tellsCash('open', { isClerk: false, isManager: true })).toBe(true);
    expect(tellsCash('closed', { isClerk: true, isManager: false })).toBe(true);
  });

  it('leaves everything else on the X report', () => {
    expect(blinded(figures, 'open', { isClerk: true, isManager: false })).toEqual({ ...figures, cash: null });
    expect(blinded(figures, 'signed', { isClerk: true, isManager: false })).toBe(figures);
  });
});

describe('counted notes and coins', () => {
  it('are worth their number times their worth', () => {
    expect(worthOf({ '20000': 1, '500': 3, '5': 7 })).toBe(2_153_500);
    expect(worthOf({})).toBe(0);
  });
});

it('a shift is closed once and signed once', () => {
  expect(SHIFT_CYCLE).toEqual({ open: ['closed'], closed: ['signed'], signed: [] });
});
