import type { StartTrouble } from '../local-stack/index.js';

const write = (text: string) => void process.stdout.write(text);

/** Does a step and prints one line with the seconds it took. */
export async function step<T>(name: string, work: () => Promise<T>, note?: (result: T) => string): Promise<T> {
  const from = Date.now();
  const result = await work();
  const seconds = ((Date.now() - from) / 1_000).toFixed(1).padStart(6);
  const more = note?.(result);
  write(`${seconds} s  ${name}${more ? ` · ${more}` : ''}\n`);
  return result;
}

/** A line between steps, or about a child that died. */
export function tell(line: string): void {
  write(`          ${line}\n`);
}

export function print(text: string): void {
  write(`${text}\n`);
}

export function reportTrouble(trouble: StartTrouble): void {
  process.stderr.write(`\n✗ ${trouble.code}: ${trouble.message}\n${trouble.remedy ? `  ${trouble.remedy}\n` : ''}`);
}
