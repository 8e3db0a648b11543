import { entryMode } from './entry-mode.rules.js';

describe('the way in', () => {
  it.each([
    [['public'], [], [], 'ticket'],
    [['press'], [], [], 'badge-booking'],
    [['press'], [], [{ class: 'press', mode: 'ticket' }], 'ticket'],
    [['press'], [{ class: 'press', mode: 'badge-alone' }], [{ class: 'press', mode: 'ticket' }], 'badge-alone'],
    [['press', 'jury'], [{ class: 'jury', mode: 'badge-alone' }], [], 'badge-alone'],
    [['public', 'press'], [], [], 'badge-booking'],
    [[], [], [], 'ticket'],
  ] as const)('of %j with the screening’s %j and the edition’s %j is %s', (classes, own, edition, wanted) => {
    expect(entryMode(classes, own, edition)).toBe(wanted);
  });
});
