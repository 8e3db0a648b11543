import { scriptFold, searchFold } from '#libs/kernel';

/** An id for a row that has a name: latin letters, figures and dashes. */
export function slugOf(name: string): string {
  const plain = searchFold(name);
  return (/[^a-z0-9 ]/.test(plain) ? scriptFold(name) : plain)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
