import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgrammeFile } from '#libs/contracts';

/** Files of a programme folder in the order in which they win: what is documented before what is invented. */
const ORDER = ['documented.json', 'demo.json', 'plans.json'];

/** What `POST /editions/:id/import` takes, from a folder such as data/almaty-2019. Throws when the folder has none. */
export function readProgrammeFolder(folder: string): ProgrammeFile[] {
  const names = ORDER.filter((name) => existsSync(join(folder, name)));
  if (names.length === 0) throw new Error(`${folder} holds none of ${ORDER.join(', ')}`);
  const plans = existsSync(join(folder, 'plans')) ? readdirSync(join(folder, 'plans')).sort() : [];
  return [...names, ...plans.filter((name) => name.endsWith('.json')).map((name) => `plans/${name}`)].map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8'),
  }));
}
