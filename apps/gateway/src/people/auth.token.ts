/** Injection token of the auth engine. */
export const AUTH = Symbol('auth');
