import type { Facts, Violation } from './checker/facts.js';
import type { Call } from './checker/history.js';
import { storyOf } from './checker/seat-checks.js';

export interface Quantiles {
  p50: number;
  p95: number;
  p99: number;
}

export interface Result {
  scenario: string;
  title: string;
  seed: number;
  size: number;
  operations: number;
  orders: number;
  tickets: number;
  faults: number;
  /** Holds and orders, from asking to the answer, ms. */
  latency: Quantiles;
  /** Verdicts at gates, from the scan to the answer of the house, ms; absent where nobody scanned. */
  verdicts?: Quantiles;
  /** The same of gates without a line. */
  judged?: Quantiles;
  /** Winners, from the first click to the tickets, ms. */
  winners: Quantiles;
  /** Answers that were no, by code. */
  refusals: { [code: string]: number };
  /** What the scenario saw besides. */
  notes: string[];
  violations: { check: string; says: string }[];
  seconds: number;
  /** Why the scenario proved nothing, where it did not. */
  failed?: string;
  /** Where the state was kept. */
  kept?: string;
}

export function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

type Figures = Pick<Result, 'operations' | 'orders' | 'latency' | 'verdicts' | 'judged' | 'refusals'>;

/** What a scenario did, out of the calls that were made in it. */
export function figures(calls: readonly Call[]): Figures {
  const refusals: { [code: string]: number } = {};
  const took: number[] = [];
  const verdicts: number[] = [];
  const judged: number[] = [];
  const orders = new Set<string>();
  for (const { asked, told } of calls) {
    if (!told) continue;
    if (told.code) refusals[told.code] = (refusals[told.code] ?? 0) + 1;
    if (told.order) orders.add(told.order.id);
    if (asked.deed === 'hold' || asked.deed === 'order') took.push(told.at - asked.at);
    if (asked.deed === 'scan' && told.verdict) verdicts.push(told.at - asked.at);
    if (asked.deed === 'judge') judged.push(told.at - asked.at);
  }
  return {
    operations: calls.length,
    orders: orders.size,
    latency: quantiles(took),
    ...(verdicts.length > 0 && { verdicts: quantiles(verdicts) }),
    ...(judged.length > 0 && { judged: quantiles(judged) }),
    refusals,
  };
}

/** As docs/proof.md has it. */
export function table(results: readonly Result[]): string {
  const rows = results.map((one) =>
    [
      one.scenario,
      one.title,
      one.operations,
      one.orders,
      one.tickets,
      one.faults,
      [
        inMs(one.latency),
        one.verdicts && `verdicts ${inMs(one.verdicts)}`,
        one.judged && `without a line ${inMs(one.judged)}`,
      ]
        .filter(Boolean)
        .join('; '),
      `${(one.winners.p95 / 1_000).toFixed(1)} s`,
      worst(one.refusals),
      one.failed ?? String(one.violations.length),
      one.seed,
      `${one.seconds.toFixed(0)} s`,
    ].join(' | '),
  );
  return [
    '| | scenario | calls | orders | tickets | faults | hold and order, p50 / p95 / p99 | first click to tickets, p95 | said no | violations | seed | took |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function inMs({ p50, p95, p99 }: Quantiles): string {
  return `${p50} / ${p95} / ${p99} ms`;
}

function worst(refusals: Result['refusals']): string {
  const sorted = Object.entries(refusals).sort((a, b) => b[1] - a[1]);
  return sorted
    .slice(0, 5)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ');
}

const LONGEST_STORY = 25;

/** A violation and the calls that tell how it came about. */
export function story(facts: Facts, violation: Violation): string {
  const calls = storyOf(facts.calls, violation).slice(-LONGEST_STORY);
  const from = calls[0]?.asked.at ?? 0;
  const lines = calls.map(({ asked, told }) => {
    const at = `${((asked.at - from) / 1_000).toFixed(3)} s`.padStart(10);
    const what = [asked.deed, asked.seats?.join(','), asked.order].filter(Boolean).join(' ');
    const said = told ? `${told.status} ${told.code ?? told.order?.state ?? told.verdict ?? ''}` : 'no answer';
    return `     ${at}  ${asked.who}  ${what} → ${said} ${told?.order ? told.order.id : ''}`.trimEnd();
  });
  return [`   ✗ ${violation.check}: ${violation.says}`, ...lines].join('\n');
}
