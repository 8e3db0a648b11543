import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session.api';

/** Who this browser is, and what that person may do. An admin may do everything. */
export function useSession() {
  const { data, isPending } = useQuery(sessionQuery);
  const roles = data?.person?.roles ?? [];
  const may = (role: string) => roles.some((held) => [role, 'admin'].includes(held.split('@')[0] ?? ''));
  return { person: data?.person ?? null, isPending, may };
}
