import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningServer, type ServerName, startServer, Watch } from '../../../tools/local-stack/index.js';

/** A private server that a spec may stop and kill without disturbing other suites. */
export interface OwnServer {
  address: string;
  pid(): number;
  /** Ends it at once, as a power cut does (SIGKILL). */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Starts it again at the same address: with its data when `durable`, else what the server keeps without syncing. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

export async function ownServer(name: ServerName, options: { durable?: boolean } = {}): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), `seans-own-${name}-`));
  chmodSync(folder, 0o755);
  const ports = { [name]: await freePort(), kafkaController: await freePort() };
  const watch = new Watch({ pidFile: `${folder}.pid`, folders: [folder] });
  const launch = async (): Promise<RunningServer> => {
    const server = await startServer(name, { folder, durable: options.durable ?? false, ports });
    watch.set([server.child.pid]);
    return server;
  };
  let server = await launch();
  const stop = () => server.child.stop();
  const kill = async () => {
    server.child.signal('SIGKILL');
    await server.child.stop();
  };
  return {
    address: server.address,
    pid: () => server.child.pid,
    kill,
    stop,
    start: async () => {
      server = await launch();
    },
    close: async () => {
      await kill();
      watch.set([]);
      rmSync(server.folder, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
