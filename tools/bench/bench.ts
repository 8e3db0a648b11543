/** One figure of a run, with what it cost. */
export interface Sample {
  value: number;
  cpuSeconds: number;
  /** Operations that the CPU seconds paid for. */
  operations: number;
}

/** Ours and the smallest thing that does the same job, run in turn. */
export interface Bench {
  id: string;
  title: string;
  unit: string;
  /** What the median ratio of ours to the control has to reach. */
  target: { text: string; met(result: BenchResult): boolean };
  /** Prepares both; `end` takes everything away again. */
  prepare(servers: Servers): Promise<{ ours(): Promise<Sample>; control(): Promise<Sample>; end(): Promise<void> }>;
}

export interface Servers {
  kafka: string;
  /** `postgresql://…/postgres` of a server on which databases may be made and dropped. */
  postgres: string;
  redis: string;
}

export interface BenchResult {
  id: string;
  title: string;
  unit: string;
  target: string;
  ours: number[];
  control: number[];
  ratio: { median: number; min: number; max: number };
  cpuMsPerOperation: { ours: number; control: number };
}

const PAIRS = 5;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** CPU seconds that this process used while `work` ran. */
export async function withCpu<T>(work: () => Promise<T>): Promise<{ result: T; cpuSeconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpuSeconds: (user + system) / 1_000_000 };
}

/** Runs the pairs in turn; one pair before them warms both up and is thrown away. */
export async function runBench(bench: Bench, servers: Servers, say: (line: string) => void): Promise<BenchResult> {
  const { ours, control, end } = await bench.prepare(servers);
  const samples: { ours: Sample[]; control: Sample[] } = { ours: [], control: [] };
  try {
    await control();
    await ours();
    for (let pair = 1; pair <= PAIRS; pair++) {
      samples.control.push(await control());
      samples.ours.push(await ours());
      const [a, b] = [samples.ours.at(-1)!.value, samples.control.at(-1)!.value];
      say(`${bench.id} pair ${pair}: ours ${a.toFixed(1)} ${bench.unit}, control ${b.toFixed(1)} ${bench.unit}`);
    }
  } finally {
    await end();
  }
  const ratios = samples.ours.map((sample, n) => sample.value / samples.control[n]!.value);
  const cpu = (list: Sample[]) =>
    (1_000 * list.reduce((sum, s) => sum + s.cpuSeconds, 0)) / list.reduce((sum, s) => sum + s.operations, 0);
  return {
    id: bench.id,
    title: bench.title,
    unit: bench.unit,
    target: bench.target.text,
    ours: samples.ours.map(({ value }) => value),
    control: samples.control.map(({ value }) => value),
    ratio: { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) },
    cpuMsPerOperation: { ours: cpu(samples.ours), control: cpu(samples.control) },
  };
}

export function table(results: readonly BenchResult[], benches: readonly Bench[]): string {
  const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const rows = results.map((result) => {
    const met = benches.find(({ id }) => id === result.id)?.target.met(result);
    const { median: middle, min, max } = result.ratio;
    return [
      result.id,
      result.title,
      `${number(median(result.ours))} ${result.unit}`,
      `${number(median(result.control))} ${result.unit}`,
      `${middle.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`,
      `${result.cpuMsPerOperation.ours.toFixed(3)} / ${result.cpuMsPerOperation.control.toFixed(3)} ms`,
      `${result.target}: ${met ? 'met' : 'missed'}`,
    ];
  });
  const head = [
    '',
    'what',
    'ours',
    'control',
    'ratio, median (min–max)',
    'CPU per operation, ours / control',
    'target',
  ];
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
