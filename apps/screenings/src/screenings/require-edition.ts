import { type Caller, hasRole, type Role, roleNeeded } from '#libs/service-defaults';

/** A role may count in one edition only; the route's own rule cannot know in which. @throws role-needed */
export function requireEdition(caller: Caller, edition: string, ...roles: Role[]): void {
  if (!roles.some((role) => hasRole(caller, role, edition))) throw roleNeeded({ edition });
}
