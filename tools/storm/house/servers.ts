import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningServer, type ServerName, startServer } from '../../local-stack/index.js';
import { DATA, LOGS, type PortName } from '../../supervisor/settings.js';
import type { Managed } from '../../supervisor/supervisor.js';
import type { Clocks } from './clocks.js';
import { dissolveDisks } from './small-disk.js';

/** Redis forgets everything with its process; what the others said is done must outlive theirs. */
const DURABLE: Record<ServerName, boolean> = { kafka: true, postgres: true, redis: false };

/** A server of the storm; Kafka tells its clients to come through `kafkaProxy`. */
export function stormServer(
  name: ServerName,
  ports: Record<PortName, number>,
  kafkaProxy: number,
  tell: (line: string) => void,
  onStart: (server: RunningServer) => void,
  /** Done while it does not run, before each of its starts. */
  before: () => Promise<void>,
  clocks?: Clocks,
): Managed {
  return {
    name,
    launch: async () => {
      await before();
      const running = await startServer(name, {
        folder: DATA,
        logs: LOGS,
        durable: DURABLE[name],
        ports: { ...ports, kafkaAdvertised: kafkaProxy },
        tell,
        ...(clocks && { environment: clocks.of(name), redisProgram: clocks.redisProgram() }),
      });
      onStart(running);
      return running.child;
    },
  };
}

/** What the last house left, except what was kept for reading. */
export function forgetHouse(): void {
  dissolveDisks(DATA, false);
  rmSync(DATA, { recursive: true, force: true });
  rmSync(LOGS, { recursive: true, force: true });
}

/** Moves the state of the house away for reading. The house must have stopped. */
export function keepHouse(folder: string): void {
  dissolveDisks(DATA, true);
  for (const part of [DATA, LOGS])
    if (existsSync(part)) renameSync(part, join(folder, part === DATA ? 'data' : 'logs'));
}
