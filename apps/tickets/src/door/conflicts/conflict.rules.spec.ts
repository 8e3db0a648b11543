import fc from 'fast-check';
import { type ConflictFacts, conflictsOf, type Passage } from './conflict.rules.js';

const facts: ConflictFacts = {
  reentry: 'none',
  capacity: 5,
  seated: 0,
  endings: new Map([['gone', { at: 100, as: 'refunded' }]]),
  groupSizes: new Map([['class', 2]]),
};
let made = 0;
const passage = (serial: string, at: number, more: Partial<Passage> = {}): Passage => ({
  scanId: `scan-${String(++made).padStart(4, '0')}`,
  serial,
  at,
  direction: 'in',
  overridden: false,
  ...more,
});
const kinds = (all: Passage[], more: Partial<ConflictFacts> = {}) =>
  conflictsOf(all, { ...facts, ...more }).map(({ key }) => key);

describe('clashes of gates', () => {
  it('are none where everybody came once', () => {
    expect(kinds([passage('a', 1), passage('b', 2), passage('gone', 99)])).toEqual([]);
  });
  it('name both entries of one ticket, in the order of their hour', () => {
    const late = passage('a', 9);
    const early = passage('a', 3);
    expect(conflictsOf([late, early], facts)).toEqual([
      { key: 'entered-twice:a', kind: 'entered-twice', serial: 'a', scanIds: [early.scanId, late.scanId] },
    ]);
  });
  it('let somebody come back where the policy does, and only after leaving', () => {
    const back = [passage('a', 1), passage('a', 2, { direction: 'out' }), passage('a', 3)];
    expect(kinds(back, { reentry: 'always' })).toEqual([]);
    expect(kinds(back)).toEqual(['entered-twice:a']);
    expect(kinds([...back, passage('a', 4)], { reentry: 'always' })).toEqual(['entered-twice:a']);
  });
  it('leave a house manager’s word alone', () => {
    expect(kinds([passage('a', 1), passage('a', 2, { overridden: true })])).toEqual([]);
  });
  it('list who was let in after the ticket had ended', () => {
    expect(kinds([passage('gone', 101)])).toEqual(['ended-before:gone']);
  });
  it('count the hall with those of the rush line, and a group by its code', () => {
    const all = ['a', 'b', 'c', 'd'].map((serial, i) => passage(serial, i));
    expect(conflictsOf(all, { ...facts, seated: 3 })).toMatchObject([{ key: 'over-capacity', over: 2 }]);
    const three = [1, 2, 3].map((at) => passage(`m${at}`, at, { group: 'class' }));
    expect(conflictsOf(three, facts)).toMatchObject([{ key: 'group-over-size:class', over: 1 }]);
  });

  const anyPassages = fc.uniqueArray(
    fc.record({
      scanId: fc.uuid(),
      serial: fc.constantFrom('a', 'b', 'c', 'gone', 'm1', 'm2'),
      at: fc.integer({ min: 0, max: 200 }),
      direction: fc.constantFrom('in' as const, 'in' as const, 'out' as const),
      overridden: fc.boolean(),
      device: fc.integer({ min: 0, max: 3 }),
      group: fc.boolean(),
    }),
    { maxLength: 24, selector: ({ scanId }) => scanId },
  );
  const passages = (logs: { group: boolean; serial: string }[]): Passage[] =>
    (logs as (Passage & { group: never; device: number })[]).map(({ device, ...one }) => ({
      ...one,
      group: one.serial.startsWith('m') ? 'class' : undefined,
    }));

  it('come out identical in whatever order devices sync, and however often', () => {
    fc.assert(
      fc.property(
        anyPassages.chain((logs) =>
          fc.tuple(
            fc.constant(logs),
            fc.shuffledSubarray(logs, { minLength: logs.length, maxLength: logs.length }),
            fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }),
          ),
        ),
        fc.constantFrom('none' as const, 'same-day' as const, 'always' as const),
        ([logs, shuffled, devices], reentry) => {
          const wanted = conflictsOf(passages(logs), { ...facts, reentry });
          const deviceByDevice = devices.flatMap((device) => logs.filter((one) => one.device === device));
          const given = { ...facts, reentry };
          expect(conflictsOf(passages(shuffled), given)).toEqual(wanted);
          expect(conflictsOf(passages(deviceByDevice), given)).toEqual(wanted);
          expect(conflictsOf(passages([...deviceByDevice, ...shuffled]), given)).toEqual(wanted);
        },
      ),
      { numRuns: 500 },
    );
  });
  it('are identical over every order of four devices’ logs', () => {
    const logs = [
      [passage('a', 5), passage('m1', 6, { group: 'class' })],
      [passage('a', 4), passage('gone', 120), passage('m2', 7, { group: 'class' })],
      [passage('b', 8), passage('m1', 8, { group: 'class' })],
      [passage('c', 9), passage('a', 10, { direction: 'out' }), passage('d', 11)],
    ];
    const orders = permutations([0, 1, 2, 3]);
    const all = orders.map((order) =>
      JSON.stringify(
        conflictsOf(
          order.flatMap((i) => logs[i]!),
          facts,
        ),
      ),
    );
    expect(orders).toHaveLength(24);
    expect(new Set(all).size).toBe(1);
    expect(JSON.parse(all[0]!)).toHaveLength(4);
  });
});

function permutations(of: number[]): number[][] {
  if (of.length < 2) return [of];
  return of.flatMap((first) => permutations(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}
