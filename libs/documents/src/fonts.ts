import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
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
      const file = unpacked(readFileSync(join(home, 'files', `onest-${subset}-${weight}-normal.woff`)));
      return { name: `onest-${subset}-${weight}`, file, font: create(file) as Font };
    });
    loaded.set(weight, known);
  }
  return known;
}

/**
 * A WOFF file as the plain font inside it (WOFF 1.0, sections 3 to 5). Every document reads its fonts anew, and inflating
 * tables in JavaScript was half of a ticket's cost.
 */
function unpacked(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const font = Buffer.alloc(woff.readUInt32BE(16));
  const power = Math.floor(Math.log2(count));
  woff.copy(font, 0, 4, 8);
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(16 * 2 ** power, 6);
  font.writeUInt16BE(power, 8);
  font.writeUInt16BE(16 * (count - 2 ** power), 10);
  let at = 12 + 16 * count;
  for (let index = 0; index < count; index++) {
    const entry = 44 + 20 * index;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field)) as [
      number,
      number,
      number,
    ];
    const table = woff.subarray(offset, offset + packed);
    const record = 12 + 16 * index;
    woff.copy(font, record, entry, entry + 4);
    woff.copy(font, record + 4, entry + 16, entry + 20);
    font.writeUInt32BE(at, record + 8);
    font.writeUInt32BE(length, record + 12);
    (packed < length ? inflateSync(table) : table).copy(font, at);
    at += Math.ceil(length / 4) * 4;
  }
  return font;
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
