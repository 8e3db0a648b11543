import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from './folders.js';

export interface Watch {
  /** The processes to end when `of` is gone. */
  pids: number[];
  /** Folders to remove after that. */
  folders?: string[];
  /** The process whose end is waited for; this one by default. */
  of?: number;
}

/**
 * Leaves a tiny watcher behind that ends `pids` when this process is gone, however it went (kill -9 included), so that
 * nothing is left half. It ends by itself when all of them have ended.
 */
export function watchOver({ pids, folders = [], of = process.pid }: Watch): void {
  const script = join(REPOSITORY, 'tools', 'local-stack', 'watcher.sh');
  spawn('sh', [script, String(of), pids.join(' '), ...folders], { detached: true, stdio: 'ignore' }).unref();
}
