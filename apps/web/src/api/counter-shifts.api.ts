import { queryOptions } from '@tanstack/react-query';
import type {
  CountedDrawer,
  MoveCash,
  OpenShift,
  Shift,
  ShiftRow,
  SignShift,
  Till,
  XReport,
  ZReport,
} from '#libs/contracts';
import { call } from './client';

const at = '/tickets/counter';

export const tillsQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'tills', editionId],
    queryFn: () => call<Till[]>(`${at}/tills?editionId=${encodeURIComponent(editionId)}`),
    enabled: editionId !== '',
    staleTime: 0,
  });
/** The clerk's own open shift, or none. */
export const myShiftQuery = (editionId: string) =>
  queryOptions({
    queryKey: ['counter', 'my-shift', editionId],
    queryFn: async () =>
      (await call<{ shift: Shift | null }>(`${at}/shifts/mine?editionId=${encodeURIComponent(editionId)}`)).shift,
    enabled: editionId !== '',
    refetchInterval: 15_000,
  });
export const shiftsQuery = (editionId: string, day?: string) =>
  queryOptions({
    queryKey: ['counter', 'shifts', editionId, day],
    queryFn: () => call<ShiftRow[]>(`${at}/shifts?${new URLSearchParams({ editionId, ...(day && { day }) })}`),
    enabled: editionId !== '',
  });
export const xReportQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'x', shiftId],
    queryFn: () => call<XReport>(`${at}/shifts/${shiftId}/x-report`),
    staleTime: 0,
  });
export const zReportQuery = (shiftId: string) =>
  queryOptions({
    queryKey: ['counter', 'z', shiftId],
    queryFn: () => call<ZReport>(`${at}/shifts/${shiftId}/z-report`),
  });

export const openShift = (body: OpenShift, key: string) =>
  call<Shift>(`${at}/shifts`, { method: 'POST', body, idempotencyKey: key });
export const moveCash = (shiftId: string, body: MoveCash, key: string) =>
  call<Shift>(`${at}/shifts/${shiftId}/movements`, { method: 'POST', body, idempotencyKey: key });
/** A second count of a closed shift is refused; the report of the first is {@link zReportQuery}. */
export const closeShift = (shiftId: string, body: CountedDrawer) =>
  call<ZReport>(`${at}/shifts/${shiftId}/close`, { method: 'POST', body });
export const signShift = (shiftId: string, body: SignShift) =>
  call<ZReport>(`${at}/shifts/${shiftId}/sign`, { method: 'POST', body });
