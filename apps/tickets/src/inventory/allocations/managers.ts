import { type Caller, hasRole, type Role, roleNeeded } from '#libs/service-defaults';

/**
 * One of these roles, held in this edition or everywhere.
 * @throws role-needed
 */
export function requireRoleIn(caller: Caller, edition: string, roles: readonly Role[]): void {
  if (!roles.some((role) => hasRole(caller, role, edition))) throw roleNeeded();
}

/** Who keeps places for others. */
export const PLACE_KEEPERS = ['programmer', 'house-manager'] as const;
/** Who sees how places are given out. */
export const PLACE_WATCHERS = ['programmer', 'house-manager', 'box-office', 'finance'] as const;
