import { queryOptions } from '@tanstack/react-query';
import type { DeviceList, PinList, RegisterDevice, RegisteredDevice, SetPin } from '#libs/contracts';
import { call } from './client';

/** The scanners of an edition, as they last reported. */
export const devicesQuery = (edition: string) =>
  queryOptions({
    queryKey: ['devices', edition],
    queryFn: () => call<DeviceList>(`/tickets/door/devices?edition=${encodeURIComponent(edition)}`),
    refetchInterval: 5_000,
  });
export const registerDevice = (body: RegisterDevice) =>
  call<RegisteredDevice>('/tickets/door/devices', { method: 'POST', body, idempotencyKey: true });
export const revokeDevice = (id: string) => call<void>(`/tickets/door/devices/${id}`, { method: 'DELETE' });

/** PINs of the shifts and of house managers: their labels and ends, never their digits. */
export const pinsQuery = (edition: string) =>
  queryOptions({
    queryKey: ['door-pins', edition],
    queryFn: () => call<PinList>(`/tickets/door/pins?edition=${encodeURIComponent(edition)}`),
  });
export const setPin = (body: SetPin) => call<unknown>('/tickets/door/pins', { method: 'POST', body });
export const dropPin = (id: string) => call<void>(`/tickets/door/pins/${id}`, { method: 'DELETE' });
