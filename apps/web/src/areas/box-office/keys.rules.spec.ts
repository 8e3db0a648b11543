import { type Deed, deedOf, keyLines, type Press, type Stage } from './keys.rules';

const press = (code: string, change: Partial<Press> = {}): Press => ({
  code,
  key: '',
  shift: false,
  chord: false,
  repeat: false,
  at: 'page',
  ...change,
});
const STAGES: Stage[] = [
  'screenings',
  'seats',
  'cash',
  'terminal',
  'unknown',
  'declined',
  'done',
  'order',
  'will-call',
  'elsewhere',
];
const CODES = [
  ...Array.from({ length: 10 }, (_, n) => `Digit${n}`),
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Key${letter}`),
  ...['Enter', 'NumpadEnter', 'Escape', 'Slash', 'Delete', 'Backspace', 'ArrowUp', 'ArrowDown', 'Space', 'F1', 'F2'],
];

describe('the keys of the counter', () => {
  it('do nothing while a text field has the focus, whatever the key and the stage', () => {
    for (const stage of STAGES)
      for (const code of CODES)
        for (const shift of [false, true])
          expect(deedOf(press(code, { at: 'text', shift, key: '?' }), stage)).toBeUndefined();
  });

  it('leave the browser its own chords, and take a long press once', () => {
    for (const code of CODES) {
      expect(deedOf(press(code, { chord: true }), 'seats')).toBeUndefined();
      expect(deedOf(press(code, { repeat: true }), 'seats')).toBeUndefined();
    }
  });

  it('leave a focused button its Enter, and the hall map its arrows', () => {
    expect(deedOf(press('Enter', { at: 'control' }), 'seats')).toBeUndefined();
    expect(deedOf(press('ArrowDown', { at: 'control' }), 'seats')).toBeUndefined();
    expect(deedOf(press('KeyT', { at: 'control' }), 'seats')).toEqual({ do: 'terminal' });
  });

  it('are found by their place, so that a Kazakh or Russian layout changes nothing', () => {
    expect(deedOf(press('Digit2', { key: 'ә' }), 'seats')).toEqual({ do: 'best', n: 1 });
    expect(deedOf(press('KeyT', { key: 'е' }), 'seats')).toEqual({ do: 'terminal' });
    expect(deedOf(press('Digit7', { key: '?', shift: true }), 'seats')).toEqual({ do: 'keys' });
  });

  it('mean one thing at a time', () => {
    expect(deedOf(press('Digit2'), 'screenings')).toEqual({ do: 'open', n: 1 });
    expect(deedOf(press('Digit2'), 'cash')).toEqual({ do: 'quick', n: 1 });
    expect(deedOf(press('KeyS'), 'seats')).toEqual({ do: 'kind', n: 1 });
    expect(deedOf(press('KeyS', { shift: true }), 'seats')).toEqual({ do: 'kind-all', n: 1 });
    expect(deedOf(press('Digit9'), 'cash')).toBeUndefined();
  });

  it('sell two seats for cash in four presses, and with a note given in five', () => {
    const walk = (...presses: [Stage, string][]) => presses.map(([stage, code]) => deedOf(press(code), stage)?.do);
    const exact: Deed['do'][] = ['best', 'cash', 'take', 'printed'];
    expect(walk(['seats', 'Digit2'], ['seats', 'Enter'], ['cash', 'Enter'], ['done', 'Enter'])).toEqual(exact);
    expect(walk(['cash', 'Digit2'])).toEqual(['quick']);
  });

  it('offer no way round an unknown payment', () => {
    const open = CODES.flatMap((code) => deedOf(press(code), 'unknown')?.do ?? []);
    expect(new Set(open)).toEqual(new Set(['ask', 'keys']));
  });

  it('are all told, each once', () => {
    for (const stage of STAGES) {
      const lines = keyLines(stage);
      expect(new Set(lines.map((line) => line.deed)).size).toBe(lines.length);
      const done = CODES.flatMap((code) => deedOf(press(code), stage)?.do ?? []);
      for (const deed of done) expect(lines.map((line) => line.deed)).toContain(deed);
    }
  });
});
