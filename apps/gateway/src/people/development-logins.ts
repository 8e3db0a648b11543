import { ROLES, type Role } from '#libs/service-defaults';
import type { Auth } from './auth.js';

export interface Login {
  email: string;
  password: string;
}

/** One login per role. The passwords stand in the README: development and test only, and the boot looks for them elsewhere. */
export const DEVELOPMENT_LOGINS: Record<Role, Login> = Object.fromEntries(
  ROLES.map((role) => [role, { email: `${role}@seans.test`, password: `${role}-almaty-2019` }]),
) as Record<Role, Login>;

/** The logins of {@link DEVELOPMENT_LOGINS} that would still open this installation. */
export async function openDevelopmentLogins(auth: Auth): Promise<string[]> {
  const context = await auth.$context;
  const open: string[] = [];
  for (const { email, password } of Object.values(DEVELOPMENT_LOGINS)) {
    const found = await context.internalAdapter.findUserByEmail(email, { includeAccounts: true });
    const hash = found?.accounts.find((account) => account.providerId === 'credential')?.password;
    if (hash && (await context.password.verify({ hash, password }))) open.push(email);
  }
  return open;
}
