import { databases } from '../deadletters/databases.js';
import type { Databases } from '../invariants/invariants.js';
import { audit } from './audit.js';

/** `npm run audit`: the house that runs here; DATABASE_URL names the database of tickets elsewhere. */
try {
  const { given, ...known } = databases(process.env, process.cwd());
  const asked: Partial<Databases> = given ? { tickets: given } : known;
  process.exitCode = await audit(asked, (line) => void process.stdout.write(`${line}\n`));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
