import { queryOptions } from '@tanstack/react-query';
import { answer, api, keyed } from './client';

/** How often a line that is worked asks again. */
const LIVE_MS = 2_000;

/** The rush lines of these hours. */
export const rushLinesQuery = (edition: string) =>
  queryOptions({
    queryKey: ['rush-lines', edition],
    queryFn: () => answer(api.GET('/api/tickets/rush-lines', { params: { query: { edition } } })),
    refetchInterval: 10_000,
    enabled: edition !== '',
  });

/** One line, as of now. */
export const rushDeskQuery = (id: string) =>
  queryOptions({
    queryKey: ['rush-line', id],
    queryFn: () => answer(api.GET('/api/tickets/rush-lines/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });

const deed = (id: string, key: string) => ({ params: { path: { id } }, headers: keyed(key) });
export const drawNumber = (id: string, key: string) =>
  answer(api.POST('/api/tickets/rush-lines/{id}/numbers', deed(id, key)));
export const admitNext = (id: string, key: string) =>
  answer(api.POST('/api/tickets/rush-lines/{id}/admit', deed(id, key)));
export const skipNumber = (id: string, number: number) =>
  answer(
    api.POST('/api/tickets/rush-lines/{id}/numbers/{number}/skip', {
      params: { path: { id, number: String(number) } },
    }),
  );
