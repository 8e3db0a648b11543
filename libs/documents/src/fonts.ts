import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font } from 'fontkit';

export type Weight = 400 | 700;

/** Ә Ғ Қ Ң Ө Ү Һ stand in cyrillic-ext, Ұ І № in cyrillic, ₸ in latin-ext: a Kazakh line with a price needs all four. */
const SUBSETS = ['latin', 'cyrillic', 'cyrillic-ext', 'latin-ext'] as const;

export interface Face {
  /** Name under which a document registers it. */
  name: string;
  file: Buffer;
  font: Font;
}

const loaded = new Map<Weight, Face[]>();

/** Onest's subsets of one weight, read once per process. */
export function faces(weight: Weight): Face[] {
  let known = loaded.get(weight);
  if (!known) {
    const home = dirname(createRequire(import.meta.url).resolve('@fontsource/onest/package.json'));
    known = SUBSETS.map((subset) => {
      const file = readFileSync(join(home, 'files', `onest-${subset}-${weight}-normal.woff`));
      return { name: `onest-${subset}-${weight}`, file, font: create(file) as Font };
    });
    loaded.set(weight, known);
  }
  return known;
}

export interface Run {
  face: Face;
  text: string;
}

/**
 * Cuts a text into runs that one face can draw each.
 * @throws when no face has a letter: a box in a printed name is worse than a document that is late
 */
export function runs(text: string, weight: Weight): Run[] {
  const all = faces(weight);
  const out: Run[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    const last = out.at(-1);
    if (last?.face.font.hasGlyphForCodePoint(point)) {
      last.text += character;
      continue;
    }
    const face = all.find((candidate) => candidate.font.hasGlyphForCodePoint(point));
    if (!face) throw new Error(`no font has U+${point.toString(16).padStart(4, '0')}`);
    out.push({ face, text: character });
  }
  return out;
}

/** The text without letters that no face has: a ticket opens the door whatever a film is called. */
export function printable(text: string): string {
  const has = (character: string) =>
    faces(700).some((face) => face.font.hasGlyphForCodePoint(character.codePointAt(0)!));
  return [...text].map((character) => (has(character) ? character : '·')).join('');
}
