import { queryOptions } from '@tanstack/react-query';
import type { CountedDrawer, MoveCash, OpenShift, SignShift } from '#libs/contracts';
import { answer, api, keyed } from './client';

const of = (id: string) => ({ path: { id } });

export const tillsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'tills', editionId],
    queryFn: () => answer(api.GET('/api/tickets/counter/tills', { params: { query: { editionId } } })),
    enabled: editionId !== '',
    staleTime: 0,
  });
/** The clerk's own open shift, or none. */
export const myShiftQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'my-shift', editionId],
    queryFn: async () =>
      (await answer(api.GET('/api/tickets/counter/shifts/mine', { params: { query: { editionId } } }))).shift,
    enabled: editionId !== '',
    refetchInterval: 15_000,
  });
export const shiftsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'shifts', editionId],
    queryFn: () => answer(api.GET('/api/tickets/counter/shifts', { params: { query: { editionId } } })),
    enabled: editionId !== '',
    refetchInterval: 15_000,
  });
export const xReportQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'x', shiftId],
    queryFn: () => answer(api.GET('/api/tickets/counter/shifts/{id}/x-report', { params: of(shiftId) })),
    staleTime: 0,
  });
export const zReportQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'z', shiftId],
    queryFn: () => answer(api.GET('/api/tickets/counter/shifts/{id}/z-report', { params: of(shiftId) })),
  });

export const openShift = (body: OpenShift, key: string) =>
  answer(api.POST('/api/tickets/counter/shifts', { body, headers: keyed(key) }));
export const moveCash = (shiftId: string, body: MoveCash, key: string) =>
  answer(api.POST('/api/tickets/counter/shifts/{id}/movements', { params: of(shiftId), body, headers: keyed(key) }));
/** A second count of a closed shift is refused; the report of the first is {@link zReportQuery}. */
export const closeShift = (shiftId: string, body: CountedDrawer) =>
  answer(api.POST('/api/tickets/counter/shifts/{id}/close', { params: of(shiftId), body }));
export const signShift = (shiftId: string, body: SignShift) =>
  answer(api.POST('/api/tickets/counter/shifts/{id}/sign', { params: of(shiftId), body }));
