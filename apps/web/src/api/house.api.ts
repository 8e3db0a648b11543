import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AuditFilter, InviteStaff, SetStaffRoles } from '#libs/contracts';
import { answer, api, keyed } from './client';

/** Names and addresses of people, asked for together. */
export const peopleNamedQuery = (ids: string[]) =>
  queryOptions({
    queryKey: ['people-named', [...new Set(ids)].sort().join(',')],
    queryFn: () =>
      answer(api.GET('/api/people/named', { params: { query: { ids: [...new Set(ids)].slice(0, 200).join(',') } } })),
    enabled: ids.length > 0,
    staleTime: 60_000,
  });
export const findPeople = (query: string) => answer(api.GET('/api/people', { params: { query: { query } } }));

export const staffQuery = queryOptions({ queryKey: ['staff'], queryFn: () => answer(api.GET('/api/staff')) });
export const inviteStaff = (body: InviteStaff) => answer(api.POST('/api/staff', { body }));
export const setStaffRoles = (id: string, body: SetStaffRoles) =>
  answer(api.PUT('/api/staff/{id}/roles', { params: { path: { id } }, body }));
export const renewPasswordLink = (id: string) =>
  answer(api.POST('/api/staff/{id}/password-link', { params: { path: { id } } }));
export const signOutStaff = (id: string) => answer(api.POST('/api/staff/{id}/sign-out', { params: { path: { id } } }));
export const choosePassword = (token: string, password: string) =>
  answer(api.POST('/api/session/password', { body: { token, password } }));

/** Each part of the house keeps its own log. */
export const AUDIT_PARTS = ['tickets', 'accreditations', 'staff', 'privacy'] as const;
export type AuditPart = (typeof AUDIT_PARTS)[number];

const auditOf = (part: AuditPart, query: AuditFilter) => {
  const params = { params: { query } };
  if (part === 'tickets') return answer(api.GET('/api/tickets/audit', params));
  if (part === 'accreditations') return answer(api.GET('/api/accreditations/audit', params));
  return answer(api.GET(part === 'staff' ? '/api/audit/staff' : '/api/audit/privacy', params));
};
export const auditQuery = (part: AuditPart, query: Omit<AuditFilter, 'before'>) =>
  infiniteQueryOptions({
    queryKey: ['audit', part, query],
    queryFn: ({ pageParam }) => auditOf(part, { ...query, ...(pageParam && { before: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Services that hear others and may fail to. */
export const HEARERS = ['tickets', 'accreditations', 'notifications'] as const;
export type Hearer = (typeof HEARERS)[number];

export const deadLettersQuery = (service: Hearer, all: boolean) =>
  queryOptions({
    queryKey: ['dead-letters', service, all],
    queryFn: () => answer(api.GET(`/api/${service}/dead-letters`, { params: { query: { all } } })),
    refetchInterval: 15_000,
  });
export const replayLetter = (service: Hearer, id: string) =>
  answer(api.POST(`/api/${service}/dead-letters/{id}/replay`, { params: { path: { id } } }));
export const dropLetter = (service: Hearer, id: string) =>
  answer(api.POST(`/api/${service}/dead-letters/{id}/drop`, { params: { path: { id } } }));

export const deliveriesQuery = (query: { state?: string; person?: string; channel?: string }) =>
  queryOptions({
    queryKey: ['deliveries', query],
    queryFn: () => answer(api.GET('/api/notifications/deliveries', { params: { query: query as never } })),
    refetchInterval: 15_000,
  });
export const letterTemplatesQuery = queryOptions({
  queryKey: ['letter-templates'],
  queryFn: () => answer(api.GET('/api/notifications/letters')),
  staleTime: Number.POSITIVE_INFINITY,
});
export const letterPreview = (template: string, language: string) =>
  `/api/notifications/letters/${template}/preview?language=${language}`;
export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: () => answer(api.GET('/api/notifications/deliveries/{id}', { params: { path: { id } } })),
  });
export const resendDelivery = (id: string, key: string) =>
  answer(
    api.POST('/api/notifications/deliveries/{id}/resend', { params: { path: { id } }, headers: keyed(key) as never }),
  );
