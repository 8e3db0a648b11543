import { type Static, Type } from 'typebox';
import { Instant, LanguageShape, Uuid } from './common.js';

const Email = Type.String({ format: 'email', maxLength: 254 });
const Password = Type.String({ minLength: 1, maxLength: 128 });
/** A path of our own site; anything else would send people elsewhere. */
const LocalPath = Type.String({ pattern: '^/(?![/\\\\])[^\\s]*$', maxLength: 500 });

/** `GET /api/session`: who this browser is. */
export const SessionView = Type.Object({
  person: Type.Union([
    Type.Object({
      id: Uuid,
      email: Type.String(),
      name: Type.Union([Type.String(), Type.Null()]),
      /** "gate" counts in every edition, "gate@almaty-2019" in that one. */
      roles: Type.Array(Type.String()),
      twoFactor: Type.Boolean(),
    }),
    Type.Null(),
  ]),
  /** The anonymous id of the browser. */
  visitor: Uuid,
  language: LanguageShape,
});
export type SessionView = Static<typeof SessionView>;

/** `POST /api/session/sign-in`. */
export const SignIn = Type.Object({ email: Email, password: Password });
export type SignIn = Static<typeof SignIn>;

/** `next: 'two-factor'` means that the code of the second factor is still needed. */
export const SignedIn = Type.Object({
  next: Type.Union([Type.Literal('done'), Type.Literal('two-factor')]),
  session: Type.Union([SessionView, Type.Null()]),
});
export type SignedIn = Static<typeof SignedIn>;

/** What the app shows, or one of the backup codes, which works once. */
export const TwoFactorCode = Type.Object({
  code: Type.String({ pattern: '^([0-9]{6}|[A-Za-z0-9]{5}-[A-Za-z0-9]{5})$' }),
});
export type TwoFactorCode = Static<typeof TwoFactorCode>;

export const ConfirmPassword = Type.Object({ password: Password });
export type ConfirmPassword = Static<typeof ConfirmPassword>;

/** The address for an authenticator app, and codes for the day on which the phone is lost. */
export const TwoFactorSecret = Type.Object({ uri: Type.String(), backupCodes: Type.Array(Type.String()) });
export type TwoFactorSecret = Static<typeof TwoFactorSecret>;

/** `POST /api/session/magic-link`: answered the same whether the address is known or not. */
export const RequestLink = Type.Object({
  email: Email,
  language: LanguageShape,
  /** Where to go after signing in. */
  next: Type.Optional(LocalPath),
});
export type RequestLink = Static<typeof RequestLink>;
export const LinkRequested = Type.Object({ sent: Type.Literal(true), expiresAt: Instant });
export type LinkRequested = Static<typeof LinkRequested>;

/** `POST /api/session/magic-link/redeem`: the token works once. */
export const RedeemLink = Type.Object({
  token: Type.String({ minLength: 16, maxLength: 128, pattern: '^[A-Za-z0-9]+$' }),
});
export type RedeemLink = Static<typeof RedeemLink>;

/** `POST /internal/people`: the same person for the same address, however it is written. */
export const RecordPerson = Type.Object({
  email: Email,
  name: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  language: LanguageShape,
});
export type RecordPerson = Static<typeof RecordPerson>;
export const RecordedPerson = Type.Object({ personId: Uuid });
export type RecordedPerson = Static<typeof RecordedPerson>;

/** `GET /internal/people/:id`. */
export const PersonContact = Type.Object({
  personId: Uuid,
  email: Type.String(),
  name: Type.Union([Type.String(), Type.Null()]),
  language: LanguageShape,
});
export type PersonContact = Static<typeof PersonContact>;

/** `POST /api/dev/festival-clock`, in development. */
export const StepFestivalClock = Type.Object({
  now: Instant,
  editionId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
});
export type StepFestivalClock = Static<typeof StepFestivalClock>;
