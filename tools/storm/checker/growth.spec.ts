import type { SampleFact } from './facts.js';
import { foundAfter } from './facts-cast.js';

/** A process that was looked at forty times. */
const life = (of: (n: number) => Partial<SampleFact>) => (facts: { samples: SampleFact[] }) => {
  for (let n = 0; n < 40; n++)
    facts.samples.push({ at: n, program: 'tickets-1', pid: 7, memory: 150e6, handles: 60, waiting: 0, ...of(n) });
};

describe('the checker, over a long time,', () => {
  it('finds nothing in a process that grows up and stays so', () => {
    expect(foundAfter(life((n) => ({ memory: n < 8 ? 60e6 + n * 12e6 : 156e6 + (n % 5) * 4e6 })))).toEqual([]);
  });

  it('finds memory, files and waiting facts that grow and grow', () => {
    expect(foundAfter(life((n) => ({ memory: 60e6 + n * 6e6 })))).toEqual(['growth']);
    expect(foundAfter(life((n) => ({ handles: 40 + 2 * n })))).toEqual(['growth']);
    expect(foundAfter(life((n) => ({ waiting: 20 * n })))).toEqual(['growth']);
  });

  it('does not take a process for one that was started after it', () => {
    expect(foundAfter(life((n) => (n < 20 ? {} : { pid: 8, memory: 260e6 })))).toEqual([]);
  });
});
