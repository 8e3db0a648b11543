import { queryOptions } from '@tanstack/react-query';
import type {
  Erasure,
  LinkRequested,
  RequestLink,
  SessionView,
  SignedIn,
  SignedInToComplete,
  SignIn,
  TwoFactorSecret,
} from '#libs/contracts';
import { call } from './client';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => call<SessionView>('/session'),
  staleTime: 60_000,
});

export const signIn = (body: SignIn) => call<SignedIn>('/session/sign-in', { method: 'POST', body });
/** The code of the second factor: finishes a sign-in, or confirms a new factor. */
export const signInWithCode = (code: string) =>
  call<SignedIn>('/session/two-factor', { method: 'POST', body: { code } });
export const enableTwoFactor = (password: string) =>
  call<TwoFactorSecret>('/session/two-factor/enable', { method: 'POST', body: { password } });
export const signOut = () => call<void>('/session/sign-out', { method: 'POST', body: {} });
export const requestLink = (body: RequestLink) => call<LinkRequested>('/session/magic-link', { method: 'POST', body });
export const openCompletion = (token: string) =>
  call<SignedInToComplete>('/session/completion', { method: 'POST', body: { token } });
export const eraseMe = () => call<Erasure>('/people/me/erasure', { method: 'POST', body: { confirm: true } });
export const redeemLink = (token: string) =>
  call<SignedIn>('/session/magic-link/redeem', { method: 'POST', body: { token } });
