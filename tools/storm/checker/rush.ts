import type { Check, Violation } from './facts.js';
import type { Call } from './history.js';

/** Nobody waits longer for any answer, however many there are. */
const LONGEST_MS = 10_000;
/** After a rush the 95th percentile is at most so much of what it was, and this noise of the machine. */
const WORSE = 2;
const NOISE_MS = 100;

const waited = ({ asked, told }: Call) => (told?.at ?? Number.POSITIVE_INFINITY) - asked.at;

function p95(calls: readonly Call[], [from, until]: [number, number]): number {
  const took = calls
    .filter(({ asked }) => (asked.deed === 'hold' || asked.deed === 'order') && asked.at >= from && asked.at < until)
    .map(waited)
    .sort((a, b) => a - b);
  return took[Math.floor(took.length * 0.95)] ?? 0;
}

/** Whoever comes when too many come is answered soon, and afterwards everything is as it was. */
export const rushesPass: Check = {
  id: 'waits',
  says: 'in a rush every call is answered within 10 s, and after it holds and orders take no longer than before',
  find({ calls, rushes }) {
    return rushes.flatMap(({ before, rush, after }) => {
      const found: Violation[] = [];
      const say = (says: string) => found.push({ check: 'waits', says, about: {} });
      const slow = calls.filter(
        (call) => call.asked.at >= rush[0] && call.asked.at < rush[1] && waited(call) > LONGEST_MS,
      );
      if (slow.length > 0)
        say(
          `${slow.length} calls waited over ${LONGEST_MS} ms, the first a ${slow[0]!.asked.deed} (${slow[0]!.told?.code ?? ''})`,
        );
      const [was, is] = [p95(calls, before), p95(calls, after)];
      if (is > WORSE * was + NOISE_MS)
        say(`after the rush 95 % of holds and orders took ${is} ms, before it ${was} ms`);
      return found;
    });
  },
};
