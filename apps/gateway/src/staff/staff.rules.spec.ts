import { isTooSimple, leavesAdmin } from './staff.rules.js';

const admin = { role: 'admin' as const, editionId: null };

describe('staff', () => {
  it('keeps at least one admin of every edition', () => {
    expect(leavesAdmin(1, [])).toBe(true);
    expect(leavesAdmin(0, [admin])).toBe(true);
    expect(
      leavesAdmin(0, [
        { ...admin, editionId: 'almaty-2019' },
        { role: 'gate', editionId: null },
      ]),
    ).toBe(false);
  });

  it('does not take a password that anybody would try first', () => {
    expect(isTooSimple('aaaaaaaaaaaa', 'aru@example.org')).toBe(true);
    expect(isTooSimple('Dinara@Example.org', 'dinara@example.org')).toBe(true);
    expect(isTooSimple('dinara-dinara-2019', 'dinara@example.org')).toBe(true);
    expect(isTooSimple('three felts one cut', 'dinara@example.org')).toBe(false);
  });
});
