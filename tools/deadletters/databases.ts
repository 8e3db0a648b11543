import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The databases of the running house by service, or the one that DATABASE_URL names. */
export function databases(env: NodeJS.ProcessEnv, folder: string): Record<string, string> {
  if (env.DATABASE_URL) return { given: env.DATABASE_URL };
  const file = join(folder, '.local', 'run.json');
  if (!existsSync(file)) throw new Error('Nothing runs here: start it with npm start, or set DATABASE_URL.');
  return (JSON.parse(readFileSync(file, 'utf8')) as { databases: Record<string, string> }).databases;
}
