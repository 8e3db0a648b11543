import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { REPOSITORY } from './folders.js';

export interface WatchOptions {
  /** Where the list of living processes is kept. */
  pidFile: string;
  /** Removed after the processes. */
  folders?: string[];
  /** The process whose end is waited for; this one by default. */
  of?: number;
}

/**
 * A tiny process left beside us that ends our children when we are gone, however we went (kill -9 included), so that
 * nothing is left half.
 */
export class Watch {
  private started = false;

  constructor(private readonly options: WatchOptions) {}

  /** Tells it which processes live now; with none left it ends. */
  set(pids: readonly number[]): void {
    const { pidFile, folders = [], of = process.pid } = this.options;
    if (pids.length === 0) {
      rmSync(pidFile, { force: true });
      this.started = false;
      return;
    }
    mkdirSync(dirname(pidFile), { recursive: true });
    writeFileSync(pidFile, `${pids.join('\n')}\n`);
    if (this.started) return;
    this.started = true;
    const script = join(REPOSITORY, 'tools', 'local-stack', 'watcher.sh');
    spawn('sh', [script, String(of), pidFile, ...folders], { detached: true, stdio: 'ignore' }).unref();
  }
}
