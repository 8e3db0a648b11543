import { queryOptions } from '@tanstack/react-query';
import type { RequestMove, ScreeningMove, SeatUnseated } from '#libs/contracts';
import { answer, api, keyed } from './client';

const SECOND = 1_000;
const WAITING = ['requested', 'confirmed', 'settling', 'undoing', 'abandoning'];

/** Every move of a screening, the newest first; asked often while the seats are being moved. */
export const movesQuery = (screeningId: string) =>
  queryOptions({
    queryKey: ['moves', screeningId],
    queryFn: (): Promise<ScreeningMove[]> =>
      answer(api.GET('/api/screenings/screenings/{id}/moves', { params: { path: { id: screeningId } } })),
    staleTime: 0,
    refetchInterval: ({ state }) => (WAITING.includes(state.data?.[0]?.state ?? '') ? SECOND : 15 * SECOND),
  });

/** Who sits where before and after a move. `tag` names the preview. */
export const seatingQuery = (moveId: string, tag: string) =>
  queryOptions({
    queryKey: ['seating', moveId, tag],
    queryFn: () => answer(api.GET('/api/tickets/seating-moves/{id}/seats', { params: { path: { id: moveId } } })),
    staleTime: 10 * SECOND,
  });

/** Who found no seat, until somebody decides. */
export const unseatedQuery = (moveId: string) =>
  queryOptions({
    queryKey: ['unseated', moveId],
    queryFn: () => answer(api.GET('/api/tickets/seating-moves/{id}/unseated', { params: { path: { id: moveId } } })),
    staleTime: 0,
  });

export const requestMove = (screeningId: string, body: RequestMove, key: string) =>
  answer(
    api.POST('/api/screenings/screenings/{id}/moves', {
      params: { path: { id: screeningId } },
      body,
      headers: keyed(key),
    }),
  );

const move = (id: string) => ({ params: { path: { id } } });
export const confirmMove = (id: string, tag: string) =>
  answer(api.POST('/api/screenings/moves/{id}/confirm', { ...move(id), body: { tag } }));
export const undoMove = (id: string) => answer(api.POST('/api/screenings/moves/{id}/undo', move(id)));
export const settleMove = (id: string) => answer(api.POST('/api/screenings/moves/{id}/settle', move(id)));
export const abandonMove = (id: string) => answer(api.POST('/api/screenings/moves/{id}/abandon', move(id)));

const owner = (id: string, ownerId: string) => ({ params: { path: { id, ownerId } } });
export const refundUnseated = (id: string, ownerId: string) =>
  answer(
    api.POST('/api/tickets/seating-moves/{id}/unseated/{ownerId}/refund', { ...owner(id, ownerId), headers: keyed() }),
  );
export const seatUnseated = (id: string, ownerId: string, body: SeatUnseated) =>
  answer(
    api.POST('/api/tickets/seating-moves/{id}/unseated/{ownerId}/seats', {
      ...owner(id, ownerId),
      body,
      headers: keyed(),
    }),
  );
