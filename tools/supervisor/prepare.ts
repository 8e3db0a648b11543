import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { answers, REPOSITORY, StartTrouble } from '../local-stack/index.js';
import { SERVICES, type ServiceName } from './settings.js';

/** One database per service, made where it is missing; their addresses. */
export async function prepareDatabases(server: string, prefix: string): Promise<Record<ServiceName, string>> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    throw new StartTrouble('postgres-unreachable', 'PostgreSQL does not answer.', 'Check DATABASE_URL.', { cause });
  }
  try {
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database');
    const there = new Set(rows.map((row) => row.datname));
    const urls = {} as Record<ServiceName, string>;
    for (const service of SERVICES) {
      const name = `${prefix}${service}`;
      if (!there.has(name)) await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
      const url = new URL(server);
      url.pathname = `/${name}`;
      urls[service] = url.href;
    }
    return urls;
  } finally {
    await client.end();
  }
}

/** Fails when none of the brokers accepts a connection. The services make their topics themselves. */
export async function checkBrokers(brokers: string[]): Promise<void> {
  const reached = await Promise.all(
    brokers.map((broker) => {
      const { hostname, port } = new URL(`kafka://${broker}`);
      return answers(Number(port), hostname);
    }),
  );
  if (!reached.includes(true)) {
    throw new StartTrouble(
      'kafka-unreachable',
      `Kafka does not answer at ${brokers.join(', ')}.`,
      'Check KAFKA_BROKERS.',
    );
  }
}

const running = new Set<ChildProcess>();

/** Ends the programs that {@link runProgram} is waiting for. */
export function stopPrograms(): void {
  for (const child of running) child.kill();
}

/** Runs a compiled program to its end and answers what it wrote. */
export function runProgram(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  code: string,
  root = REPOSITORY,
): Promise<string> {
  const child = spawn(process.execPath, ['--max-old-space-size=256', program, ...args], { cwd: root, env });
  running.add(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      running.delete(child);
      if (status === 0) return resolve(output);
      const words = `${output}${errors}`.trim().split('\n').slice(-12).join('\n');
      const full = /no space left/i.test(words);
      reject(new StartTrouble(full ? 'disk-full' : code, `${program} failed.\n${words}`));
    });
  });
}

/** Brings every service's database up to date, side by side. @param root the folder of the build that does it */
export async function migrate(environments: Record<ServiceName, NodeJS.ProcessEnv>, root = REPOSITORY): Promise<void> {
  await Promise.all(
    SERVICES.map(async (service) => {
      const program = join('dist', 'apps', service, 'src', 'migrate.js');
      if (existsSync(join(root, program))) {
        await runProgram(program, [], environments[service], 'migration-failed', root);
      }
    }),
  );
}
