import { scriptFold } from './script-fold.js';
import { matchesSearch } from './search-fold.js';

/** The keys of a Latin keyboard and what they write when it is switched to Russian or Kazakh. */
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const RUSSIAN_KEYS = 'йцукенгшщзхъфывапролджэячсмитьбюё';
/** Kazakh has its own letters on the row of figures. */
const FIGURE_KEYS = '2345890-=';
const KAZAKH_KEYS = 'әіңғүұқөһ';

const CYRILLIC = new Map(zip(LATIN_KEYS + FIGURE_KEYS, RUSSIAN_KEYS + KAZAKH_KEYS));
const RUSSIAN = new Map(zip(LATIN_KEYS, RUSSIAN_KEYS));
const LATIN = new Map(zip(RUSSIAN_KEYS + KAZAKH_KEYS, LATIN_KEYS + FIGURE_KEYS));

function zip(from: string, to: string): [string, string][] {
  return [...from].map((key, i) => [key, to.charAt(i)]);
}

function typedWith(layout: Map<string, string>, text: string): string {
  return [...text.toLowerCase()].map((letter) => layout.get(letter) ?? letter).join('');
}

/** What the same keys write in the other keyboard layouts: "flfv" is "адам", "фвфь" is "adam", "0fpf0" is "қазақ". */
export function otherLayouts(text: string): string[] {
  const readings = [typedWith(LATIN, text), typedWith(RUSSIAN, text), typedWith(CYRILLIC, text)];
  return [...new Set(readings)].filter((reading) => reading !== text.toLowerCase());
}

/** A layout is only guessed from as much as nobody types by chance. */
const LEAST_GUESSED = 3;

/** {@link matchesSearch} in the script typed or in the other one: Гүлнәр is found by Gulnar. */
export function matchesAnyScript(text: string, typed: string): boolean {
  if (matchesSearch(text, typed)) return true;
  const parts = scriptFold(typed).split(' ').filter(Boolean);
  const words = scriptFold(text).split(' ');
  return parts.length > 0 && parts.every((part) => words.some((word) => word.startsWith(part)));
}

/**
 * What a search finds, and as what it was read: as it was typed, or, where that finds nothing, as the same keys in
 * another keyboard layout.
 */
export function searchAmong<T>(
  all: readonly T[],
  textOf: (one: T) => string,
  typed: string,
): { found: T[]; readAs: string } {
  const guesses = typed.trim().length >= LEAST_GUESSED ? otherLayouts(typed.trim()) : [];
  for (const readAs of [typed, ...guesses]) {
    const found = all.filter((one) => matchesAnyScript(textOf(one), readAs));
    if (found.length > 0) return { found, readAs };
  }
  return { found: [], readAs: typed };
}
