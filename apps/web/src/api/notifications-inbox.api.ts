import { queryOptions } from '@tanstack/react-query';
import type { PreferencesChange } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { answer, api } from './client';

export const inboxQuery = (language: Language, before?: number) =>
  queryOptions({
    queryKey: ['inbox', language, before],
    queryFn: () => answer(api.GET('/api/notifications/inbox', { params: { query: { language, limit: 30, before } } })),
    retry: false,
  });
export const INBOX_STREAM = '/api/notifications/inbox/stream';
export const readInbox = (number: number) => answer(api.PUT('/api/notifications/inbox/read', { body: { number } }));

export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => answer(api.GET('/api/notifications/preferences', {})),
  retry: false,
});
export const changePreferences = (body: PreferencesChange) =>
  answer(api.PUT('/api/notifications/preferences', { body }));
export const givePhone = (phone: string) =>
  answer(api.POST('/api/notifications/preferences/phone', { body: { phone } }));
export const confirmPhone = (code: string) =>
  answer(api.POST('/api/notifications/preferences/phone/confirmation', { body: { code } }));
export const linkTelegram = () => answer(api.POST('/api/notifications/telegram/links', {}));
