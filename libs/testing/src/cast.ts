import { createHash } from 'node:crypto';
import type { Caller, Role } from '#libs/service-defaults';

/** The edition of every spec, and the moment at which its festival clock stands: 12 September 2019, 10:00 in Almaty. */
export const EDITION = 'almaty-2019';
export const FESTIVAL_NOW = new Date('2019-09-12T04:00:00Z');

/** Somebody of the cast: the same name is the same person in every run, with an id that is always the same. */
export function castMember(name: string, roles: readonly Role[] = []): Caller {
  const hash = createHash('sha256').update(`cast/${name}`).digest('hex');
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-7${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { kind: 'person', id, roles };
}
