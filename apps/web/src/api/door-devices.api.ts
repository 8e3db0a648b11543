import { queryOptions } from '@tanstack/react-query';
import type { RegisterDevice, SetPin } from '#libs/contracts';
import { answer, api } from './client';

/** The scanners of an edition, as they last reported. */
export const devicesQuery = (edition: string) =>
  queryOptions({
    queryKey: ['devices', edition],
    queryFn: () => answer(api.GET('/api/tickets/door/devices', { params: { query: { edition } } })),
    refetchInterval: 5_000,
  });
export const registerDevice = (body: RegisterDevice) => answer(api.POST('/api/tickets/door/devices', { body }));
export const revokeDevice = (id: string) =>
  answer(api.DELETE('/api/tickets/door/devices/{id}', { params: { path: { id } } }));

/** PINs of the shifts and of house managers: their labels and ends, never their digits. */
export const pinsQuery = (edition: string) =>
  queryOptions({
    queryKey: ['door-pins', edition],
    queryFn: () => answer(api.GET('/api/tickets/door/pins', { params: { query: { edition } } })),
  });
export const setPin = (body: SetPin) => answer(api.POST('/api/tickets/door/pins', { body }));
export const dropPin = (id: string) => answer(api.DELETE('/api/tickets/door/pins/{id}', { params: { path: { id } } }));
