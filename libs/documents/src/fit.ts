import type { DisplayFace } from './display.js';
import { printable } from './fonts.js';

export interface FittedTitle {
  size: number;
  lines: string[];
}

export interface Room {
  /** Points. */
  width: number;
  /** Most lines. */
  lines: number;
  largest: number;
  /** Below this a word is broken rather than made smaller; points. */
  smallest: number;
}

const STEP = 0.5;

/**
 * The largest size at which a text fits, found by measuring its letters: it breaks at spaces and behind hyphens, and only
 * a word that is too long at the smallest size is broken inside.
 */
export function fitTitle(face: DisplayFace, text: string, room: Room): FittedTitle {
  const clean = drawable(face, printable(text.normalize('NFC').trim().replace(/\s+/g, ' ')));
  for (let size = room.largest; size >= room.smallest; size -= STEP) {
    const lines = broken(face, clean, size, room.width);
    if (lines && lines.length <= room.lines) return { size, lines };
  }
  const lines = cut(face, clean, room.smallest, room.width);
  if (lines.length <= room.lines) return { size: room.smallest, lines };
  // Longer than any name: what stands is readable, and the rest is on the phone.
  const kept = lines.slice(0, room.lines);
  return { size: room.smallest, lines: [...kept.slice(0, -1), `${kept.at(-1)!.slice(0, -1)}…`] };
}

function widthOf(face: DisplayFace, text: string, size: number): number {
  return (face.outline(text).width * size) / 1000;
}

/** Undefined when a word alone is wider than the room. */
function broken(face: DisplayFace, text: string, size: number, width: number): string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/[^\s-]+-?\s?|-\s?/g) ?? []) {
    const longer = line + word;
    if (line && widthOf(face, longer.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = word;
    } else line = longer;
    if (widthOf(face, line.trimEnd(), size) > width) return undefined;
  }
  if (line) lines.push(line.trimEnd());
  return lines;
}

function cut(face: DisplayFace, text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const letter of text) {
    if (line && widthOf(face, `${line}${letter}-`, size) > width) {
      lines.push(`${line.trimEnd()}${/[\s-]$/.test(line) || letter === ' ' ? '' : '-'}`);
      line = letter.trimStart();
    } else line += letter;
  }
  if (line) lines.push(line);
  return lines;
}

/** The text without letters that the face lacks: a badge is printed whatever its holder is called. */
function drawable(face: DisplayFace, text: string): string {
  const has = (letter: string) => {
    try {
      face.outline(letter);
      return true;
    } catch {
      return false;
    }
  };
  return [...text].map((letter) => (has(letter) ? letter : '·')).join('');
}
