import { queryOptions } from '@tanstack/react-query';
import type { AnswerInvitation, JoinWaitlist } from '#libs/contracts';
import { answer, api, keyed } from './client';

const by = (id: string, key: string) => ({ path: { id }, query: { ...(key && { key }) } });

/** An offer by the link in a mail, or by who waits; the key is left out where it is empty. */
export const offerQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: ['offer', id],
    queryFn: () => answer(api.GET('/api/tickets/offers/{id}', { params: by(id, key) })),
    refetchInterval: 10_000,
    retry: 1,
  });
export const takeOffer = (id: string, key: string) =>
  answer(api.POST('/api/tickets/offers/{id}/hold', { params: { path: { id } }, body: key ? { key } : {} }));

export const invitationQuery = (id: string, key: string) =>
  queryOptions({
    queryKey: ['invitation', id],
    queryFn: () => answer(api.GET('/api/tickets/invitations/{id}', { params: { path: { id }, query: { key } } })),
    retry: 1,
  });
export const answerInvitation = (id: string, body: AnswerInvitation) =>
  answer(api.POST('/api/tickets/invitations/{id}/answer', { params: { path: { id } }, body }));

export const joinWaitlist = (screeningId: string, body: JoinWaitlist, key: string) =>
  answer(
    api.POST('/api/tickets/screenings/{id}/waitlist', {
      params: { path: { id: screeningId } },
      headers: keyed(key),
      body,
    }),
  );
export const leaveWaitlist = (id: string) =>
  answer(api.DELETE('/api/tickets/waitlist/{id}', { params: { path: { id } } }));
export const myWaitlistQuery = queryOptions({
  queryKey: ['my-waitlist'],
  queryFn: () => answer(api.GET('/api/tickets/my/waitlist')),
  refetchInterval: 10_000,
  retry: false,
});
export const rushRulesQuery = (editionId: string | undefined) =>
  queryOptions({
    queryKey: ['rush-rules', editionId],
    queryFn: () =>
      answer(api.GET('/api/tickets/editions/{id}/rush-rules', { params: { path: { id: editionId ?? '' } } })),
    enabled: editionId !== undefined,
    retry: 1,
  });
export const myPassesQuery = queryOptions({
  queryKey: ['my-passes'],
  queryFn: () => answer(api.GET('/api/tickets/my/passes')),
  retry: false,
});
