import type { DuplicatePair } from '#libs/contracts';
import { scriptFold } from '#libs/kernel';

/** A word by its sound: its first letter and its consonants, each once. */
function sound(word: string): string {
  return (
    word.slice(0, 1) +
    word
      .slice(1)
      .replace(/[aeiou]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}

function words(name: string): string[] {
  return scriptFold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/**
 * What two spellings of one name share: every two of its words by their sound, in one order. Гүлнәр Сәрсенова, Sarsenova
 * Gulnara and Гульнара Ивановна Сарсенова share "glnr srsnv". A name of one word is its own key.
 */
export function nameKeys(name: string): string[] {
  const sounds = [...new Set(words(name).map(sound))].sort();
  if (sounds.length < 2) return sounds;
  return sounds.flatMap((one, index) => sounds.slice(index + 1).map((other) => `${one} ${other}`));
}

/** One name in one script or another, whatever the order of its words. */
export function sameName(one: string, other: string): boolean {
  const sorted = (name: string) => words(name).sort().join(' ');
  return sorted(one) !== '' && sorted(one) === sorted(other);
}

const IDENTITY = ['iin', 'passport-number'];
const BIRTHDAY = ['born', 'birthday', 'birth-date', 'date-of-birth'];

type Answers = Readonly<Record<string, string>>;

/** What speaks for two applications being one person's; the name's sound was compared before. */
export function because(one: Answers, other: Answers): DuplicatePair['because'] {
  const same = (ids: readonly string[], tidy: (value: string) => string) =>
    ids.some((id) => one[id] && other[id] && tidy(one[id]) === tidy(other[id]));
  const digits = (value: string) => value.replace(/\D/g, '').slice(-10);
  return [
    sameName(one.name ?? '', other.name ?? '') ? 'same-name' : 'like-name',
    ...(same(IDENTITY, (value) => value.replace(/\W/g, '').toUpperCase()) ? (['same-identity-number'] as const) : []),
    ...(same(BIRTHDAY, (value) => value) ? (['same-birthday'] as const) : []),
    ...(same(['phone'], digits) ? (['same-phone'] as const) : []),
    ...(same(['outlet', 'company'], scriptFold) ? (['same-outlet'] as const) : []),
  ];
}

const WEIGHT: Record<DuplicatePair['because'][number], number> = {
  'same-identity-number': 8,
  'same-birthday': 4,
  'same-phone': 4,
  'same-name': 2,
  'same-outlet': 1,
  'like-name': 1,
};

export function likelihood(reasons: DuplicatePair['because']): number {
  return reasons.reduce((sum, reason) => sum + WEIGHT[reason], 0);
}
