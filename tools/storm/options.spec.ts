import { readOptions } from './options.js';
import { quantiles } from './report.js';

const KNOWN = ['S1', 'S2'];

describe('what a storm is asked for', () => {
  it('is everything by itself', () => {
    expect(readOptions([], KNOWN)).toMatchObject({ scenarios: KNOWN, times: 1 });
  });

  it('is a scenario with a seed, for so long, so many times', () => {
    expect(readOptions(['S2', '--seed', '7', '--minutes', '2', '--times', '3'], KNOWN)).toMatchObject({
      scenarios: ['S2'],
      seed: 7,
      size: 8,
      times: 3,
    });
  });

  it('is a guard that is broken, or bugs that are planted', () => {
    expect(readOptions(['--break', 'inbox'], KNOWN)).toMatchObject({ scenarios: [], break: 'inbox' });
    expect(readOptions(['--planted'], KNOWN)).toMatchObject({ scenarios: [], planted: 'all' });
    expect(readOptions(['--planted', '03'], KNOWN)).toMatchObject({ planted: '03' });
  });

  it.each([[['S99']], [['--seed']], [['--seed', 'x']], [['--times', '1.5']], [['--minutes', '-1']]])(
    'is never %j',
    (args) => {
      expect(() => readOptions(args, KNOWN)).toThrow();
    },
  );
});

describe('the quantiles of a report', () => {
  it('are values that were seen', () => {
    expect(quantiles([4, 1, 3, 2])).toEqual({ p50: 3, p95: 4, p99: 4 });
    expect(quantiles([])).toEqual({ p50: 0, p95: 0, p99: 0 });
  });
});
