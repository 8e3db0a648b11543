import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/** Checks a fact of the walk; the message says what should have been so. */
export function check(condition: unknown, message: string, seen?: unknown): asserts condition {
  assert.ok(condition, seen === undefined ? message : `${message}\n      seen: ${JSON.stringify(seen)?.slice(0, 600)}`);
}

/** Waits until `ask` answers something true; never longer than `seconds`. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false | null>,
  seconds = 30,
): Promise<T> {
  let last: unknown;
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await wait(150)) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(
    `waited ${seconds} s in vain: ${what}${last ? ` (${last instanceof Error ? last.message : String(last)})` : ''}`,
  );
}

export interface Step {
  letter: string;
  title: string;
  seconds: number;
}

/** Runs the steps one after the other and prints a line for each, with its time. */
export class Walk {
  readonly steps: Step[] = [];

  async step<T>(letter: string, title: string, work: (say: (line: string) => void) => Promise<T>): Promise<T> {
    const from = Date.now();
    process.stdout.write(`\n${letter}. ${title}\n`);
    const result = await work((line) => process.stdout.write(`   · ${line}\n`));
    const seconds = (Date.now() - from) / 1_000;
    this.steps.push({ letter, title, seconds });
    process.stdout.write(`   ✓ ${seconds.toFixed(1)} s\n`);
    return result;
  }
}
