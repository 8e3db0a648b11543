import type { Language } from './language.js';

/** The Cyrillic alphabet of Kazakh, in its order: what sorting in Kazakh goes by. */
const ALPHABET = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя';
const RANK = new Map([...ALPHABET].map((letter, index) => [letter, index + 1]));

function rank(letter: string): number {
  const known = RANK.get(letter);
  // Digits and Latin stand before Cyrillic, in their own order; anything else after it.
  if (known !== undefined) return 10_000 + known;
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x250 ? code : 20_000 + code;
}

/** Compares two texts as a Kazakh dictionary would. Chromium sorts "kk" as if it were Russian, so this is our own. */
export function compareKazakh(a: string, b: string): number {
  const left = [...a.toLowerCase()];
  const right = [...b.toLowerCase()];
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = rank(left[i]!) - rank(right[i]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
}

const collators = new Map<Language, Intl.Collator>();

/** The order of a list shown in a language. */
export function compareIn(language: Language): (a: string, b: string) => number {
  if (language === 'kk') return compareKazakh;
  let collator = collators.get(language);
  if (!collator) {
    collator = new Intl.Collator(language, { numeric: true });
    collators.set(language, collator);
  }
  return collator.compare;
}

export type PluralForm = 'one' | 'few' | 'many';

/**
 * Which form of a word goes with a number. A Kazakh noun after a number stays singular, so its form is always `one`;
 * Russian has 1 место, 2 места, 5 мест; English has `one` and `many`.
 */
export function pluralForm(n: number, language: Language): PluralForm {
  if (language === 'kk') return 'one';
  if (language === 'en') return n === 1 ? 'one' : 'many';
  const tens = Math.abs(n) % 100;
  const ones = tens % 10;
  if (!Number.isInteger(n)) return 'few';
  if (tens > 10 && tens < 20) return 'many';
  if (ones === 1) return 'one';
  return ones >= 2 && ones <= 4 ? 'few' : 'many';
}

/** The word that goes with the number: `plural(5, 'ru', { one: 'место', few: 'места', many: 'мест' })` is "мест". */
export function plural(n: number, language: Language, forms: { one: string; few?: string; many?: string }): string {
  const form = pluralForm(n, language);
  return forms[form] ?? forms.many ?? forms.one;
}

const BACK_VOWELS = 'аоұыуяюё';
const FRONT_VOWELS = 'әөүіеэи';

/** True where the last vowel is a front one, so that endings are -де, -нен, -ге rather than -да, -нан, -ға. */
export function isFrontHarmony(word: string): boolean {
  for (const letter of [...word.toLowerCase()].reverse()) {
    if (FRONT_VOWELS.includes(letter)) return true;
    if (BACK_VOWELS.includes(letter)) return false;
  }
  return true;
}
