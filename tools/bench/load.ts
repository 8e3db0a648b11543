import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { quantile, type Sample } from './bench.js';

const TICKS_PER_SECOND = 100;

/** CPU seconds that a process of this machine has used. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

export interface Call {
  /** POST unless said otherwise. */
  method?: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** One call on a kept connection; answers the status. */
function ask(origin: URL, agent: Agent, call: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: origin.hostname,
        port: origin.port,
        agent,
        method: call.method ?? 'POST',
        path: call.path,
        headers: {
          ...(call.body && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(call.body) }),
          ...call.headers,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(call.body);
  });
}

/**
 * A closed loop to find a ceiling: `workers` callers, each asking again when answered. CPU is the server's alone.
 * @returns operations a second
 */
export async function ceiling(
  server: { url: string; pid: number },
  workers: number,
  each: number,
  next: (worker: number) => Call,
): Promise<Sample> {
  const origin = new URL(server.url);
  const agent = new Agent({ keepAlive: true, maxSockets: workers });
  const cpu = cpuSecondsOf(server.pid);
  const from = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let n = 0; n < each; n++) {
        const status = await ask(origin, agent, next(worker));
        if (status !== 200 && status !== 201) throw new Error(`${server.url} answered ${status}`);
      }
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  agent.destroy();
  const operations = workers * each;
  return { value: operations / seconds, cpuSeconds: cpuSecondsOf(server.pid) - cpu, operations };
}

/**
 * How long answers take when a few people ask: `workers` callers, each waiting for its answer before it asks again.
 * @returns the 95th percentile, ms
 */
export async function patience(
  server: { url: string; pid: number },
  workers: number,
  each: number,
  next: (n: number) => Call,
): Promise<Sample> {
  const origin = new URL(server.url);
  const agent = new Agent({ keepAlive: true, maxSockets: workers });
  const cpu = cpuSecondsOf(server.pid);
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      for (let n = 0; n < each; n++) {
        const from = performance.now();
        const status = await ask(origin, agent, next(worker * each + n));
        took.push(performance.now() - from);
        if (status !== 200) throw new Error(`${server.url} answered ${status}`);
      }
    }),
  );
  agent.destroy();
  return { value: quantile(took, 0.95), cpuSeconds: cpuSecondsOf(server.pid) - cpu, operations: workers * each };
}

/**
 * How long answers take at a steady rate, whatever became of the earlier ones; counted from when each call was due.
 * @returns the 99th percentile, ms
 */
export async function steady(
  server: { url: string; pid: number },
  perSecond: number,
  count: number,
  next: (n: number) => Call,
): Promise<Sample> {
  const origin = new URL(server.url);
  const agent = new Agent({ keepAlive: true });
  const cpu = cpuSecondsOf(server.pid);
  const took: number[] = [];
  const running: Promise<void>[] = [];
  const began = performance.now();
  const call = async (n: number, due: number) => {
    const status = await ask(origin, agent, next(n));
    took.push(performance.now() - due);
    if (status !== 200) throw new Error(`${server.url} answered ${status}`);
  };
  for (let n = 0; n < count; n++) {
    const due = began + (n * 1_000) / perSecond;
    const ahead = due - performance.now();
    if (ahead > 1) await wait(ahead);
    running.push(call(n, due));
  }
  await Promise.all(running);
  agent.destroy();
  return { value: quantile(took, 0.99), cpuSeconds: cpuSecondsOf(server.pid) - cpu, operations: count };
}
