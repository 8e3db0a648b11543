import { join } from 'node:path';
import type { Child } from './child.js';
import { fetchServers } from './fetch-servers.js';
import { ensureJava } from './java.js';
import { startKafka } from './kafka.js';
import { freePort } from './ports.js';
import { dataFolder, postgresUrl, startPostgres } from './postgres.js';
import { startRedis } from './redis.js';

export type ServerName = 'kafka' | 'redis' | 'postgres';

export interface ServerOptions {
  /** All servers keep their files under it, each in its own folder. */
  folder: string;
  /** True keeps data across restarts; false (tests) trades that for speed. */
  durable: boolean;
  /** Where the servers write what they say; `logs` under the folder by default. */
  logs?: string;
  /** A free port is taken where none is named. */
  ports?: Partial<Record<ServerName | 'kafkaController' | 'kafkaAdvertised', number>>;
  tell?: (line: string) => void;
  /** More of the environment of the program, for a server that is to see the world otherwise. */
  environment?: NodeJS.ProcessEnv;
  /** Another redis-server than the fetched one. */
  redisProgram?: string;
}

/** A server that answered, and what to connect to. */
export interface RunningServer {
  name: ServerName;
  child: Child;
  /** `host:port` of the broker; `redis://…`; `postgresql://…/postgres`. */
  address: string;
  port: number;
  /** Where its files really are. */
  folder: string;
}

/** Starts one real server as a child process. */
export async function startServer(name: ServerName, options: ServerOptions): Promise<RunningServer> {
  const port = options.ports?.[name] ?? (await freePort());
  const folder = join(options.folder, name);
  const { durable, environment } = options;
  const logFile = join(options.logs ?? join(options.folder, 'logs'), `${name}.log`);
  if (name === 'postgres') {
    const child = await startPostgres({ port, folder, durable, logFile, environment });
    return { name, child, address: postgresUrl(port, 'postgres'), port, folder: dataFolder(folder) };
  }
  const servers = await fetchServers(options.tell);
  if (name === 'redis') {
    const child = await startRedis({
      program: options.redisProgram ?? servers.redis,
      port,
      folder,
      durable,
      logFile,
      environment,
    });
    return { name, child, address: `redis://127.0.0.1:${port}`, port, folder };
  }
  const controllerPort = options.ports?.kafkaController ?? (await freePort());
  const java = ensureJava(options.tell);
  const child = await startKafka({
    java,
    libs: servers.kafkaLibs,
    port,
    controllerPort,
    advertisedPort: options.ports?.kafkaAdvertised,
    folder,
    durable,
    logFile,
    environment,
  });
  return { name, child, address: `127.0.0.1:${port}`, port, folder };
}
