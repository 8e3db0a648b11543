import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { Child } from './child.js';
import { StartTrouble } from './trouble.js';

export interface RedisOptions {
  program: string;
  port: number;
  /** Holds the data. */
  folder: string;
  logFile: string;
  /** False for tests: nothing is written to disk. */
  durable: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** The process id that answers on the port, by `INFO server`. */
function processBehind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    const done = () => {
      socket.destroy();
      const match = /process_id:(\d+)/.exec(text);
      resolve(match ? Number(match[1]) : undefined);
    };
    socket.setTimeout(1_000, done);
    socket.once('error', done);
    socket.once('connect', () => socket.write('INFO server\r\n'));
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (/process_id:\d+\r\n/.test(text) || text.startsWith('-')) done();
    });
  });
}

/** Starts Redis and waits until it, and no other, answers. */
export async function startRedis(options: RedisOptions): Promise<Child> {
  mkdirSync(options.folder, { recursive: true });
  const child = Child.start({
    name: 'redis',
    command: options.program,
    args: [
      ...['--bind', '127.0.0.1', '--port', String(options.port), '--dir', options.folder, '--save', ''],
      ...['--databases', '1024', '--appendonly', options.durable ? 'yes' : 'no', '--appendfsync', 'everysec'],
    ],
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    logFile: options.logFile,
  });
  await child.until(async () => {
    const pid = await processBehind(options.port);
    if (pid !== undefined && pid !== child.pid) {
      throw new StartTrouble('port-in-use', `Port ${options.port} answers for another Redis (process ${pid}).`);
    }
    return pid === child.pid;
  }, 20_000);
  return child;
}
