import type { Check, Facts, Violation } from './facts.js';
import type { Call } from './history.js';

/** What gates without a line decided, and what became of it. */
export const gatesAreKept: Check = {
  id: 'gates',
  says: 'I7 what a gate judged alone is kept as it judged, nothing else is, and what is sent again changes nothing',
  find({ calls, scans }) {
    const kept = new Map(scans.map((scan) => [scan.id, scan]));
    const found: Violation[] = [];
    const say = (who: string, says: string) => found.push({ check: 'gates', says, about: { who } });
    const made = new Set<string>();
    const stored = new Set<string>();
    for (const { asked, told } of calls) {
      if (asked.scan) made.add(asked.scan);
      if (asked.deed === 'judge' && asked.scan && told) {
        const row = kept.get(asked.scan);
        const judged = `${told.verdict}, ${told.admitted ? 'let in' : 'not let in'}`;
        if (!row) say(asked.who, `scan ${asked.scan} (${judged}) is not kept`);
        else if (row.shown !== told.verdict || row.letIn !== told.admitted || !row.offline)
          say(
            asked.who,
            `scan ${asked.scan} (${judged}) is kept as ${row.shown}, ${row.letIn ? 'let in' : 'not let in'}`,
          );
      }
      for (const { scan, outcome } of told?.outcomes ?? []) {
        if (outcome === 'quarantined') say(asked.who, `scan ${scan} of a good gate was set apart`);
        if (outcome !== 'stored' && outcome !== 'conflict') continue;
        if (stored.has(scan)) say(asked.who, `scan ${scan} was stored twice`);
        stored.add(scan);
      }
    }
    for (const { id } of scans) if (!made.has(id)) say('', `scan ${id} is kept and nobody made it`);
    return found;
  },
};

/** Scans that let somebody in, by the code that they read. */
function entries({ calls, scans }: Facts): Map<string, { screening: string; ids: Set<string> }> {
  const letIn = new Set(scans.filter((scan) => scan.letIn).map((scan) => scan.id));
  const answered = new Set<string>();
  for (const { asked, told } of calls) if (asked.scan && told?.verdict) answered.add(asked.scan);
  const found = new Map<string, { screening: string; ids: Set<string> }>();
  for (const { asked, told } of calls) {
    const { scan, code, screening } = asked;
    if (!scan || !code || !screening) continue;
    const goes = asked.deed === 'judge' ? told?.admitted : told?.verdict === 'ok';
    if (!goes && (answered.has(scan) || !letIn.has(scan))) continue;
    const key = `${screening} ${code}`;
    const before = found.get(key) ?? { screening, ids: new Set() };
    found.set(key, { screening, ids: before.ids.add(scan) });
  }
  return found;
}

const last = (calls: readonly Call[]) => Math.max(0, ...calls.map(({ asked, told }) => told?.at ?? asked.at));
const written = (sets: readonly (readonly string[])[]) => sets.map((ids) => [...ids].sort().join(' ')).sort();

/** The house manager's list is a function of what gates let in, not of how and when they told. */
export const clashesAreTold: Check = {
  id: 'clashes',
  says: 'I7 the list of conflicts has each code that was let in twice and nothing else, however often and in whatever order gates told',
  find(facts) {
    const { calls } = facts;
    const quietFrom = last(calls.filter(({ asked }) => asked.deed === 'scan' || asked.deed === 'judge'));
    const uploads = calls.filter(({ asked }) => asked.deed === 'upload');
    const sent = new Map<string, number>();
    for (const { asked, told } of uploads)
      for (const scan of asked.scans ?? []) {
        const at = told?.outcomes ? told.at : Number.POSITIVE_INFINITY;
        sent.set(scan, Math.min(sent.get(scan) ?? Number.POSITIVE_INFINITY, at));
      }
    const from = Math.max(quietFrom, ...sent.values());
    const all = [...entries(facts).values()].filter(({ ids }) => ids.size > 1);
    const found: Violation[] = [];
    const first = new Map<string, string>();
    for (const { asked, told } of calls) {
      const { screening } = asked;
      if (asked.deed !== 'clashes' || !told?.clashes || !screening || asked.at < from) continue;
      const say = (says: string) => found.push({ check: 'clashes', says, about: { screening, who: asked.who } });
      const strange = told.clashes.filter(({ kind }) => kind !== 'entered-twice');
      for (const { key } of strange) say(`${screening} lists ${key}, which nobody made`);
      const wanted = written(all.filter((one) => one.screening === screening).map(({ ids }) => [...ids]));
      const listed = written(told.clashes.filter(({ kind }) => kind === 'entered-twice').map(({ scans }) => scans));
      const missing = wanted.filter((ids) => !listed.includes(ids));
      const extra = listed.filter((ids) => !wanted.includes(ids));
      for (const ids of missing) say(`${screening} does not list the scans ${ids} of one code`);
      for (const ids of extra) say(`${screening} lists the scans ${ids}, which do not clash so`);
      const text = JSON.stringify(told.clashes);
      if (first.has(screening) && first.get(screening) !== text)
        say(`the list of ${screening} changed while nothing happened`);
      first.set(screening, text);
    }
    return found;
  },
};
