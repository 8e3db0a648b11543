import { check } from './checks.js';
import type { Facts } from './facts.js';
import { foundAfter, goodFacts } from './facts-cast.js';
import type { Told } from './history.js';

/** The answers to a deed, to be spoiled. */
function told({ calls }: Facts, deed: string): Told[] {
  return calls.filter(({ asked }) => asked.deed === deed).map((call) => call.told!);
}

describe('the checker, at the gates,', () => {
  it('finds nothing where one code was let in twice and the manager is told so', () => {
    expect(check(goodFacts())).toEqual([]);
  });

  it('finds a scan of a gate without a line that is not kept, or not as the gate judged', () => {
    expect(foundAfter(({ scans }) => scans.splice(1, 1))).toEqual(['gates']);
    expect(foundAfter(({ scans }) => Object.assign(scans[1]!, { shown: 'already_used' }))).toEqual(['gates']);
    expect(foundAfter(({ scans }) => Object.assign(scans[1]!, { letIn: false }))).toEqual(['gates']);
  });

  it('finds a scan that nobody made', () => {
    expect(foundAfter(({ scans }) => scans.push({ ...scans[1]!, id: 'scan-9' }))).toEqual(['gates']);
  });

  it('finds a scan that is stored by each upload, or set apart', () => {
    const second = (outcome: string) => (facts: Facts) =>
      Object.assign(told(facts, 'upload')[1]!.outcomes![0]!, { outcome });
    expect(foundAfter(second('stored'))).toEqual(['gates']);
    expect(foundAfter(second('quarantined'))).toEqual(['gates']);
  });

  it('finds a conflict that is not listed, or listed without one of its scans', () => {
    const spoil = (change: (one: Told) => void) => (facts: Facts) => {
      for (const one of told(facts, 'clashes')) change(one);
    };
    expect(foundAfter(spoil((one) => Object.assign(one, { clashes: [] })))).toEqual(['clashes']);
    expect(
      foundAfter(spoil((one) => Object.assign(one, { clashes: [{ ...one.clashes![0]!, scans: ['scan-1'] }] }))),
    ).toEqual(['clashes']);
    expect(
      foundAfter(
        spoil((one) =>
          Object.assign(one, { clashes: [...one.clashes!, { key: 'over', kind: 'over-capacity', scans: ['scan-2'] }] }),
        ),
      ),
    ).toEqual(['clashes']);
  });

  it('finds a list that an upload sent again has changed', () => {
    const turned = (facts: Facts) =>
      Object.assign(told(facts, 'clashes')[1]!, {
        clashes: [{ ...told(facts, 'clashes')[1]!.clashes![0]!, scans: ['scan-2', 'scan-1'] }],
      });
    expect(foundAfter(turned)).toEqual(['clashes']);
  });
});
