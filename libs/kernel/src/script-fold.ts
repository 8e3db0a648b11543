import { searchFold } from './search-fold.js';

/** Cyrillic letters that `searchFold` leaves, as the Latin ones that passports and people write for them. */
const LATIN: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'u',
  я: 'a',
};

/** Spellings of one sound, the longer first: what transliterations differ in is written one way. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'sh'],
  [/zh/g, 'j'],
  [/dj/g, 'j'],
  [/kh/g, 'h'],
  [/gh/g, 'g'],
  [/ts/g, 'c'],
  [/[yi]+u/g, 'u'],
  [/[yi]+a/g, 'a'],
  [/[yi]+e/g, 'e'],
  [/yo/g, 'e'],
  [/x/g, 'ks'],
  [/q/g, 'k'],
  [/w/g, 'v'],
  [/y/g, 'i'],
  [/(.)\1+/g, '$1'],
];

/**
 * A text as it is searched across scripts: Гүлнәр, Gulnar and Gülnar are one, and so are Хасен, Khasen and Hasen.
 * Letters of other scripts stay as they are.
 */
export function scriptFold(text: string): string {
  const latin = searchFold(text).replace(/[а-я]/g, (letter) => LATIN[letter] ?? letter);
  return SOUNDS.reduce((folded, [spelling, sound]) => folded.replace(spelling, sound), latin);
}
