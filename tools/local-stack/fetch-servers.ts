import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, REPOSITORY } from './folders.js';
import { ensureJava, ensureMaven } from './java.js';
import { StartTrouble } from './trouble.js';
import { readZipEntry } from './zip.js';

const POM = join(REPOSITORY, 'tools', 'local-stack', 'pom.xml');
const REDIS_VERSION = '7.0.15';

export interface Servers {
  /** Folder of Kafka's jars, for a class path. */
  kafkaLibs: string;
  /** The redis-server program. */
  redis: string;
}

function redisEntry(): string {
  const system = process.platform === 'darwin' ? 'darwin' : 'linux';
  const processor = process.arch === 'arm64' ? 'arm64' : 'amd64';
  return `redis-server-${REDIS_VERSION}-${system}-${processor}`;
}

function maven(command: string, libs: string): Promise<void> {
  const args = ['-q', '-B', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${libs}`];
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      if (!error) return resolve();
      const lines = `${stdout}${stderr}`.trim().split('\n').slice(0, 8).join('\n');
      reject(
        new StartTrouble(
          'download-failed',
          `Maven could not fetch Kafka and Redis.\n${lines}`,
          'Check the network (a mirror belongs in ~/.m2/settings.xml), then start again.',
        ),
      );
    });
  });
}

let fetching: Promise<Servers> | undefined;

/**
 * Kafka's jars and the Redis program, fetched once through the pinned pom.xml and kept under its hash. Kafka and Redis
 * start at once and both ask: the second waits for the first one's fetch instead of writing into the same folder.
 */
export function fetchServers(tell: (line: string) => void = () => undefined): Promise<Servers> {
  fetching ??= fetchOnce(tell).catch((error) => {
    fetching = undefined;
    throw error;
  });
  return fetching;
}

async function fetchOnce(tell: (line: string) => void): Promise<Servers> {
  const version = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12);
  const home = join(cacheFolder(), `servers-${version}`);
  const servers = { kafkaLibs: join(home, 'libs'), redis: join(home, 'redis-server') };
  if (existsSync(servers.redis)) return servers;

  ensureJava(tell);
  const command = ensureMaven(tell);
  tell('fetching Kafka and Redis with Maven (about 60 MB, once)');
  // Built beside and renamed: two clones that start at once never see half of it.
  const draft = `${home}.${process.pid}`;
  try {
    mkdirSync(join(draft, 'libs'), { recursive: true });
    await maven(command, join(draft, 'libs'));
    const jar = readdirSync(join(draft, 'libs')).find((name) => name.startsWith('embedded-redis-'));
    const program = jar ? readZipEntry(join(draft, 'libs', jar), redisEntry()) : undefined;
    if (!program) {
      throw new StartTrouble(
        'redis-missing',
        `There is no Redis for ${process.platform} ${process.arch}.`,
        'Give one: REDIS_URL=… npm start',
      );
    }
    writeFileSync(join(draft, 'redis-server'), program, { mode: 0o755 });
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(servers.redis)) throw error;
  }
  return servers;
}
