/** What a person sees while things start: one line per step with its time, and troubles with a stable code. */
const started = new Map();

/** @param {string} name @param {() => Promise<string | void> | string | void} work its answer is shown after the time */
export async function step(name, work) {
  const from = Date.now();
  started.set(name, from);
  const note = await work();
  const seconds = ((Date.now() - from) / 1_000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${name}${note ? ` · ${note}` : ''}\n`);
}

/** A line between steps: what is being waited for. */
export function tell(line) {
  process.stdout.write(`          ${line}\n`);
}

/** A problem that ends the command: its code for scripts, what is wrong, what to do. */
export class Trouble extends Error {
  constructor(code, message, remedy) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}

const BY_ERRNO = {
  ENOSPC: ['disk-full', 'Free about 2 GB, then start again; nothing that was stored is lost.'],
  EDQUOT: ['disk-full', 'Free about 2 GB, then start again; nothing that was stored is lost.'],
  EROFS: ['disk-read-only', 'Clone the repository to a place that can be written.'],
  EACCES: ['no-permission', 'Start as the user who owns the folder.'],
};

/** Prints a trouble and answers the exit code. */
export function report(error) {
  const [code, remedy] = BY_ERRNO[error?.code] ?? [error?.code ?? 'start-failed', error?.remedy];
  process.stderr.write(`\n✗ ${code}: ${error?.message ?? error}\n${remedy ? `  ${remedy}\n` : ''}`);
  return 1;
}
