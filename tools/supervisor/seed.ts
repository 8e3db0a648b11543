import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, StartTrouble } from '../local-stack/index.js';
import { runProgram } from './prepare.js';
import type { Login } from './run-file.js';
import { DATA } from './settings.js';

export interface Seed {
  edition: string;
  screenings: string[];
}

const EDITION = 'almaty-2019';
const SOURCE = join(REPOSITORY, 'data', EDITION);
const IMPORTER = join('dist', 'tools', 'import', 'import-programme.js');
const STAMP = join(DATA, 'imported.json');

/** The development logins, one per role, made where they are missing. */
export async function seedLogins(env: NodeJS.ProcessEnv): Promise<Record<string, Login>> {
  const program = join('dist', 'apps', 'gateway', 'src', 'seed-logins.js');
  const output = await runProgram(program, [], env, 'seed-failed');
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Record<string, Login>;
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCE).sort()) {
    if (name.endsWith('.json')) hash.update(readFileSync(join(SOURCE, name)));
  }
  return hash.digest('hex');
}

/** Ids of the screenings in the programme file. */
function screeningIds(): string[] {
  const file = join(SOURCE, 'demo.json');
  if (!existsSync(file)) return [];
  const { screenings } = JSON.parse(readFileSync(file, 'utf8')) as { screenings?: { id?: unknown }[] };
  return (screenings ?? []).flatMap((screening) => (typeof screening.id === 'string' ? [screening.id] : []));
}

/**
 * Imports the 2019 programme through the public API as an admin, once per content of its files.
 * Answers what was imported, and whether it was now.
 */
export async function importProgramme(api: string, admin: Login | undefined): Promise<Seed & { now: boolean }> {
  if (!admin) throw new StartTrouble('seed-failed', 'There is no login to import the programme as.');
  const hash = sourceHash();
  const seed = { edition: EDITION, screenings: screeningIds() };
  const stamp = existsSync(STAMP) ? (JSON.parse(readFileSync(STAMP, 'utf8')) as { hash: string }) : undefined;
  if (stamp?.hash === hash) return { ...seed, now: false };
  const login = ['--email', admin.email, '--password', admin.password];
  await runProgram(IMPORTER, ['--api', api, ...login, '--folder', SOURCE], process.env, 'import-failed');
  writeFileSync(STAMP, JSON.stringify({ hash }));
  return { ...seed, now: true };
}
