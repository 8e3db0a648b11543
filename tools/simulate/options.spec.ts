import { readOptions } from './options.js';

describe('what the simulator was asked for', () => {
  it('plays 200 seeds unless told otherwise', () => {
    expect(readOptions([])).toEqual({ seeds: 200, seed: 1, turn: 0, trace: false });
  });

  it('plays one seed when it is named alone, and so many from it when both are', () => {
    expect(readOptions(['--seed', '42', '--trace'])).toMatchObject({ seed: 42, seeds: 1, trace: true });
    expect(readOptions(['--seeds', '10', '--seed', '5'])).toMatchObject({ seed: 5, seeds: 10 });
  });

  it('reads the actors of a shortened run', () => {
    expect(readOptions(['--only', '1,4', '--turn', '3'])).toMatchObject({ only: [1, 4], turn: 3 });
  });

  it('refuses what it does not know', () => {
    expect(() => readOptions(['--sedes', '3'])).toThrow('unknown');
    expect(() => readOptions(['--seeds', 'many'])).toThrow('whole number');
  });
});
