import type { StaffRole } from '#libs/contracts';

/** Somebody can still manage the house after this change: an admin of every edition is left. */
export function leavesAdmin(othersAreAdmins: number, roles: readonly StaffRole[]): boolean {
  return othersAreAdmins > 0 || roles.some(({ role, editionId }) => role === 'admin' && editionId === null);
}

/** A password that anybody would try first. Its length is the contract's matter. */
export function isTooSimple(password: string, email: string): boolean {
  const plain = password.toLowerCase();
  const name = email.toLowerCase().split('@')[0] ?? '';
  return new Set(plain).size < 5 || plain === email.toLowerCase() || (name.length > 3 && plain.startsWith(name));
}
