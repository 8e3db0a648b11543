import { queryOptions } from '@tanstack/react-query';
import type { RequestLink, SignIn } from '#libs/contracts';
import { answer, api } from './client';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answer(api.GET('/api/session')),
  staleTime: 60_000,
});

export const signIn = (body: SignIn) => answer(api.POST('/api/session/sign-in', { body }));
/** The code of the second factor: finishes a sign-in, or confirms a new factor. */
export const signInWithCode = (code: string) => answer(api.POST('/api/session/two-factor', { body: { code } }));
export const enableTwoFactor = (password: string) =>
  answer(api.POST('/api/session/two-factor/enable', { body: { password } }));
export const signOut = () => answer(api.POST('/api/session/sign-out'));
export const requestLink = (body: RequestLink) => answer(api.POST('/api/session/magic-link', { body }));
export const openCompletion = (token: string) => answer(api.POST('/api/session/completion', { body: { token } }));
export const eraseMe = () => answer(api.POST('/api/people/me/erasure', { body: { confirm: true } }));
export const redeemLink = (token: string) => answer(api.POST('/api/session/magic-link/redeem', { body: { token } }));
