import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StartTrouble } from '../local-stack/index.js';
import { LOCAL, LOCK_FILE } from './settings.js';

function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const file = `/proc/${pid}/cmdline`;
  return !existsSync(file) || readFileSync(file, 'utf8').includes('supervisor');
}

/** One start per copy: a second one in the same folder is refused, a dead one's mark is replaced. */
export function lockCopy(): () => void {
  mkdirSync(LOCAL, { recursive: true });
  if (existsSync(LOCK_FILE)) {
    const pid = Number(readFileSync(LOCK_FILE, 'utf8'));
    if (pid > 0 && pid !== process.pid && isOurs(pid)) {
      throw new StartTrouble(
        'already-running',
        `This copy already runs (process ${pid}); its addresses are in .local/run.json.`,
        `Stop it with Ctrl-C in its terminal, or: kill ${pid}`,
      );
    }
  }
  writeFileSync(LOCK_FILE, String(process.pid));
  return () => rmSync(LOCK_FILE, { force: true });
}
