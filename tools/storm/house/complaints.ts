import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOGS } from '../../supervisor/settings.js';

const MOST = 12;

interface Line {
  level?: string;
  time?: string;
  code?: string;
  msg?: string;
  err?: { message?: string };
}

/** What the programs of the house complained of since then, the most frequent first: `program: words (times, last)`. */
export function complaints(since: number, folder = LOGS): string[] {
  const found = new Map<string, { times: number; last: string }>();
  const count = (key: string, last: string) => found.set(key, { times: (found.get(key)?.times ?? 0) + 1, last });
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const program = name.replace(/\.log$/, '');
    for (const text of readFileSync(join(folder, name), 'utf8').split('\n')) {
      const line = readLine(text);
      if (!line) {
        if (/Unhandled|Uncaught/.test(text)) count(`${program}: ${text.trim()}`, '');
        continue;
      }
      if (line.level === 'fatal' || (line.level && line.level !== 'info' && Date.parse(line.time ?? '') >= since))
        count(`${program}: ${[line.code, line.msg, line.err?.message].filter(Boolean).join(': ')}`, line.time ?? '');
    }
  }
  return [...found]
    .sort(([, a], [, b]) => b.times - a.times)
    .slice(0, MOST)
    .map(([words, { times, last }]) => `${words} (${times}${last && `, last ${last.slice(11, 19)}`})`);
}

function readLine(text: string): Line | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
