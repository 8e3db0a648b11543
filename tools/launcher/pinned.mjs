import { spawn } from 'node:child_process';
import { ROOT } from './install.mjs';

/**
 * Runs a compiled program with the pinned Node until it ends, passing on signals, and answers its exit code.
 * The child learns our process id: it stops when we are gone.
 */
export function runPinned(node, args, env = {}) {
  const child = spawn(node, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, SEANS_LAUNCHER: String(process.pid), ...env },
  });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}
