import { queryOptions } from '@tanstack/react-query';
import type {
  AnswerInvitation,
  HeldSeats,
  Invitation,
  JoinWaitlist,
  Pass,
  RushRules,
  WaitlistEntry,
} from '#libs/contracts';
import { call } from './client';

const keyed = (path: string, key: string) => `${path}?key=${encodeURIComponent(key)}`;

/** An offer by the link in a mail, or by who waits; the key is left out where it is empty. */
export const offerQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: ['offer', id],
    queryFn: () => call<WaitlistEntry>(key ? keyed(`/tickets/offers/${id}`, key) : `/tickets/offers/${id}`),
    refetchInterval: 10_000,
    retry: 1,
  });
export const takeOffer = (id: string, key: string) =>
  call<HeldSeats>(`/tickets/offers/${id}/hold`, { method: 'POST', body: key ? { key } : {} });

export const invitationQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: ['invitation', id],
    queryFn: () => call<Invitation>(keyed(`/tickets/invitations/${id}`, key)),
    retry: 1,
  });
export const answerInvitation = (id: string, body: AnswerInvitation) =>
  call<Invitation>(`/tickets/invitations/${id}/answer`, { method: 'POST', body });

export const joinWaitlist = (screeningId: string, body: JoinWaitlist, key: string) =>
  call<WaitlistEntry>(`/tickets/screenings/${screeningId}/waitlist`, { method: 'POST', body, idempotencyKey: key });
export const leaveWaitlist = (id: string) => call<WaitlistEntry>(`/tickets/waitlist/${id}`, { method: 'DELETE' });
export const myWaitlistQuery = queryOptions({
  queryKey: ['my-waitlist'],
  queryFn: () => call<WaitlistEntry[]>('/tickets/my/waitlist'),
  refetchInterval: 10_000,
  retry: false,
});
export const rushRulesQuery = (editionId: string | undefined) =>
  queryOptions({
    queryKey: ['rush-rules', editionId],
    queryFn: () => call<RushRules>(`/tickets/editions/${editionId}/rush-rules`),
    enabled: editionId !== undefined,
    retry: 1,
  });
export const myPassesQuery = queryOptions({
  queryKey: ['my-passes'],
  queryFn: () => call<Pass[]>('/tickets/my/passes'),
  retry: false,
});
