import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ServerName, startServer, Watch } from '../../../tools/local-stack/index.js';
import { startContainer } from './containers.js';

const VARIABLES: Record<ServerName, string> = {
  postgres: 'SEANS_TEST_POSTGRES',
  redis: 'SEANS_TEST_REDIS',
  kafka: 'SEANS_TEST_KAFKA',
};

export type Source = 'environment' | 'docker' | 'local';

/** Where a server comes from: named in the environment, else a Docker engine that answers, else the local stack. */
export async function chooseSource(
  name: ServerName,
  environment: NodeJS.ProcessEnv,
  dockerAnswers: () => Promise<boolean>,
): Promise<Source> {
  if (environment[VARIABLES[name]]) return 'environment';
  return (await dockerAnswers()) ? 'docker' : 'local';
}

const DOCKER_PATIENCE_MS = 2_000;

/** True when an engine answers a ping in time. A `docker` command on the PATH proves nothing. */
export function dockerEngineAnswers(environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const host = environment.DOCKER_HOST ?? 'unix:///var/run/docker.sock';
  const target = host.startsWith('unix://')
    ? { socketPath: host.slice('unix://'.length) }
    : { host: new URL(host.replace(/^tcp:/, 'http:')).hostname, port: new URL(host.replace(/^tcp:/, 'http:')).port };
  return new Promise((resolve) => {
    const ping = request({ ...target, path: '/_ping', timeout: DOCKER_PATIENCE_MS }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    ping.once('timeout', () => ping.destroy(new Error('too slow')));
    ping.once('error', () => resolve(false));
    ping.end();
  });
}

/** The Jest run that this is part of: the parent of a worker, or this process when Jest runs in band. */
function runId(): number {
  return process.connected ? process.ppid : process.pid;
}

const LOCK_GIVEN_UP_MS = 120_000;

/** Starts the server once per Jest run, whichever worker asks first; the others read its address. */
async function sharedServer(name: ServerName, start: (folder: string) => Promise<string>): Promise<string> {
  const folder = join(tmpdir(), `seans-test-${runId()}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = join(folder, `${name}.address`);
  const lock = join(folder, `${name}.lock`);
  const deadline = Date.now() + LOCK_GIVEN_UP_MS;
  for (;;) {
    if (isThere(file)) return readFileSync(file, 'utf8');
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() > deadline) throw new Error(`${name} was not started by the worker that holds ${lock}`);
      await wait(50);
    }
  }
  try {
    const address = await start(folder);
    writeFileSync(file, address, { flag: 'wx' });
    return address;
  } finally {
    rmSync(lock, { recursive: true });
  }
}

function isThere(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

async function startLocally(name: ServerName, folder: string): Promise<string> {
  const server = await startServer(name, { folder, durable: false });
  const watch = new Watch({ of: runId(), pidFile: `${folder}-${name}.pid`, folders: [folder, server.folder] });
  watch.set([server.child.pid]);
  return server.address;
}

const known = new Map<ServerName, Promise<string>>();

/** The address of the run's server: `postgresql://…/postgres`, `redis://…` or `host:port[,host:port]`. */
export function serverAddress(name: ServerName): Promise<string> {
  const earlier = known.get(name);
  if (earlier) return earlier;
  const address = chooseSource(name, process.env, dockerEngineAnswers).then((source) => {
    if (source === 'environment') return process.env[VARIABLES[name]]!;
    return sharedServer(name, (folder) => (source === 'docker' ? startContainer(name) : startLocally(name, folder)));
  });
  known.set(name, address);
  return address;
}
