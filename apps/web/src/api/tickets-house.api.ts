import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DoorRules, PaperTicks } from '#libs/contracts';
import { answer, api } from './client';

/** How often a page that is watched during entry asks again. */
const LIVE_MS = 2_000;

/** The screenings of these hours and how their doors go. */
export const houseListQuery = (edition: string) =>
  queryOptions({
    queryKey: ['house', edition],
    queryFn: () => answer(api.GET('/api/tickets/door/house', { params: { query: { edition } } })),
    refetchInterval: 10_000,
    enabled: edition !== '',
  });

/** One screening's doors, as of now. */
export const housePageQuery = (id: string) =>
  queryOptions({
    queryKey: ['house-page', id],
    queryFn: () => answer(api.GET('/api/tickets/door/house/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });

/** What revoked devices handed in, one by one; asked again when there are more. */
export const quarantineQuery = (id: string, known: number) =>
  queryOptions({
    queryKey: ['house-quarantine', id, known],
    queryFn: () => answer(api.GET('/api/tickets/door/house/{id}/quarantine', { params: { path: { id } } })),
    placeholderData: keepPreviousData,
  });

const at = (id: string) => ({ params: { path: { id } } });
export const pauseSales = (id: string, paused: boolean) =>
  answer(api.POST('/api/tickets/door/house/{id}/sales', { ...at(id), body: { paused } }));
export const closeDoors = (id: string, closed: boolean) =>
  answer(api.POST('/api/tickets/door/house/{id}/doors', { ...at(id), body: { closed } }));
export const confirmSync = (id: string) => answer(api.POST('/api/tickets/door/house/{id}/sync', at(id)));
export const settleConflict = (id: string, key: string, note: string) =>
  answer(api.POST('/api/tickets/door/house/{id}/conflicts', { ...at(id), body: { key, note } }));
export const setDoorRules = (id: string, body: DoorRules) =>
  answer(api.PUT('/api/tickets/door/house/{id}/rules', { ...at(id), body }));

/** The list to print before doors. */
export const paperListQuery = (id: string) =>
  queryOptions({
    queryKey: ['house-paper', id],
    queryFn: () => answer(api.GET('/api/tickets/door/house/{id}/paper', { params: { path: { id } } })),
    refetchOnWindowFocus: false,
  });
export const typeTicks = (id: string, body: PaperTicks) =>
  answer(api.POST('/api/tickets/door/house/{id}/paper', { ...at(id), body }));

/** Which of these people have a seat at the screening; asked anew each time, kept by nobody. */
export const holdersQuery = (id: string, people: string[]) =>
  queryOptions({
    queryKey: ['house-holders', id, people.join(',')],
    queryFn: () =>
      answer(
        api.GET('/api/tickets/door/house/{id}/holders', {
          params: { path: { id }, query: { people: people.join(',') } },
        }),
      ),
    enabled: people.length > 0,
    gcTime: 0,
  });
