import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../local-stack/index.js';
import type { Patch } from './house/workshop.js';

/** A bug of the kind that people make, as a change of the product's source. */
export interface PlantedBug {
  name: string;
  says: string;
  /** The scenario that runs into it. */
  scenario: string;
  patches: Patch[];
}

const FOLDER = join(REPOSITORY, 'test', 'planted');

/**
 * One file a bug: lines `says:`, `scenario:`, then for each change `file:`, `--- search`, the text, `--- replace`, the
 * text that takes its place, `--- end`.
 * @throws when the file is not written so
 */
export function readBug(name: string, text: string): PlantedBug {
  const head = (word: string) => {
    const found = new RegExp(`^${word}: (.+)$`, 'm').exec(text)?.[1];
    if (!found) throw new Error(`${name} has no line "${word}:"`);
    return found.trim();
  };
  const patches = [...text.matchAll(/^file: (\S+)\n--- search\n([\s\S]*?)\n--- replace\n([\s\S]*?)\n?--- end$/gm)].map(
    ([, file = '', search = '', replace = '']) => ({ file, search, replace }),
  );
  const bug = { name, says: head('says'), scenario: head('scenario'), patches };
  if (patches.length === 0) throw new Error(`${name} changes nothing`);
  return bug;
}

/** All planted bugs in the order of their names. */
export function plantedBugs(): PlantedBug[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readBug(name.slice(0, -4), readFileSync(join(FOLDER, name), 'utf8')));
}
