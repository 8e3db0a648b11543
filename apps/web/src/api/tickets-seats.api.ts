import { queryOptions } from '@tanstack/react-query';
import type { HoldSeats } from '#libs/contracts';
import { answer, api, keyed } from './client';

/** Seat states as they stand; a map that is looked at is kept fresh by its own stream. */
export const seatsQuery = (screeningId: string) =>
  queryOptions({
    queryKey: ['seats', screeningId],
    queryFn: () => answer(api.GET('/api/tickets/screenings/{id}/seats', { params: { path: { id: screeningId } } })),
    staleTime: 0,
  });

interface HoldRef {
  holdId: string;
  token: string;
}

/** The hold's id is the key: pressed again it is the same hold. */
export const holdSeats = (body: HoldSeats, holdId: string) =>
  answer(api.POST('/api/tickets/holds', { headers: keyed(holdId), body }));
export const releaseHold = ({ holdId, token }: HoldRef) =>
  answer(api.DELETE('/api/tickets/holds/{id}', { params: { path: { id: holdId }, query: { token } } }));
export const extendHold = ({ holdId, token }: HoldRef) =>
  answer(api.POST('/api/tickets/holds/{id}/extend', { params: { path: { id: holdId } }, body: { token } }));
