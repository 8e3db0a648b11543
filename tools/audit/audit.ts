import { setTimeout as wait } from 'node:timers/promises';
import { type Databases, type InvariantRow, invariantRows } from '../invariants/invariants.js';

/** A violation counts when it is still there after so long: a house that works has facts on their way. */
const CONFIRMED_AFTER_MS = 2_000;

/**
 * Every invariant once, over the whole of the databases that are given. Prints a table.
 * @returns the exit code: 1 where anything is violated
 */
export async function audit(
  databases: Partial<Databases>,
  say: (line: string) => void,
  confirmedAfterMs = CONFIRMED_AFTER_MS,
): Promise<0 | 1> {
  let rows = await invariantRows(databases);
  if (rows.some(({ violations }) => violations > 0)) {
    await wait(confirmedAfterMs);
    const again = await invariantRows(databases);
    rows = rows.map((row, i) => ({ ...row, violations: Math.min(row.violations, again[i]!.violations) }));
  }
  for (const line of table(rows)) say(line);
  const broken = rows.filter(({ violations }) => violations > 0).length;
  say('');
  say(broken === 0 ? `All ${rows.length} hold.` : `${broken} of ${rows.length} are violated.`);
  return broken === 0 ? 0 : 1;
}

function table(rows: readonly InvariantRow[]): string[] {
  const wide = Math.max(...rows.map(({ says }) => says.length));
  return [
    `${'id'.padEnd(4)} ${'invariant'.padEnd(wide)} violations`,
    ...rows.map(
      ({ id, says, violations }) => `${id.padEnd(4)} ${says.padEnd(wide)} ${String(violations).padStart(10)}`,
    ),
  ];
}
