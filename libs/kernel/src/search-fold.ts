const FOLDS: Record<string, string> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ё: 'е',
  й: 'и',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};
const FOLDED = new RegExp(`[${Object.keys(FOLDS).join('')}]`, 'g');
const MARKS = /\p{M}/gu;

/**
 * A text as it is searched: lower case, without marks, Kazakh letters as the Russian ones that people type instead
 * (ә→а ғ→г қ→к ң→н ө→о ұ,ү→у һ→х і→и), anything but letters and digits as one space.
 */
export function searchFold(text: string): string {
  return text
    .toLowerCase()
    .replace(FOLDED, (letter) => FOLDS[letter] ?? letter)
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** True where every word typed begins a word of the text. */
export function matchesSearch(text: string, typed: string): boolean {
  const words = searchFold(text).split(' ');
  return searchFold(typed)
    .split(' ')
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}
