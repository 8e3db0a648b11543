import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA } from '../../supervisor/settings.js';

const LIBRARIES = '/usr/lib';
const LIBRARY = join('faketime', 'libfaketimeMT.so.1');
/** Debian's own, linked dynamically; the fetched Redis is not, and believes the kernel alone. */
const REDIS = ['/usr/bin/redis-server', '/usr/bin/redis-check-rdb'];
/** A program looks at its file again after so long, seconds. */
const LOOKS_AGAIN_S = 1;

function library(): string | undefined {
  if (process.platform !== 'linux' || !existsSync(LIBRARIES)) return undefined;
  return readdirSync(LIBRARIES)
    .map((name) => join(LIBRARIES, name, LIBRARY))
    .find((place) => existsSync(place));
}

const redis = () => REDIS.find((place) => existsSync(place));

const PROBE_MS = 3_000;

/** A Redis that is built with jemalloc asks for the time before libfaketime is ready to answer, and never starts. */
function redisStarts(): boolean {
  const env = { ...process.env, LD_PRELOAD: library(), FAKETIME: '+0' };
  const { status } = spawnSync(redis() ?? '', ['--version'], { env, timeout: PROBE_MS, killSignal: 'SIGKILL' });
  return status === 0;
}

/** Why clocks can't be stepped on this machine; undefined where they can. */
export function noClocks(): string | undefined {
  if (!library()) return 'clocks are stepped by libfaketime (apt-get install libfaketime)';
  if (!redis()) return 'the fetched Redis is linked statically (apt-get install redis-tools brings another one)';
  if (!redisStarts()) return `${redis()} does not start under libfaketime (its jemalloc asks for the time too early)`;
  return undefined;
}

/** A clock for each program of a house, which may be put forward and back while the program runs. */
export class Clocks {
  private readonly folder = join(DATA, 'clocks');

  /** What a program must be started with to go by its own clock. */
  of(program: string): NodeJS.ProcessEnv {
    mkdirSync(this.folder, { recursive: true });
    if (!existsSync(this.file(program))) this.put(program, 0);
    return {
      LD_PRELOAD: library(),
      FAKETIME_TIMESTAMP_FILE: this.file(program),
      FAKETIME_CACHE_DURATION: String(LOOKS_AGAIN_S),
      // Timers and timeouts go on as they are: it is the hour that is wrong, not the second's length.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** How far a program's clock is off from now on. */
  put(program: string, seconds: number): void {
    writeFileSync(this.file(program), `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  /** A Redis that can be lied to, under the name that it wants. */
  redisProgram(): string {
    mkdirSync(this.folder, { recursive: true });
    const place = join(this.folder, 'redis-server');
    if (!existsSync(place)) symlinkSync(redis() ?? '', place);
    return place;
  }

  private file(program: string): string {
    return join(this.folder, program);
  }
}
