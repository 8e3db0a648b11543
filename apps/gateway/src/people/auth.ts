import { createHash } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { magicLink } from 'better-auth/plugins/magic-link';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Pool } from 'pg';
import { newId } from '#libs/kernel';

export interface AuthOptions {
  secret: string;
  /** Origin of the site as people see it. */
  publicUrl: string;
  pool: Pool;
  /** Hands the token of a magic link over to be mailed; `language` is what the person asked in. */
  mailLink(email: string, token: string, language: string, next: string): Promise<void>;
}

export const LINK_SECONDS = 600;
const SESSION_SECONDS = 14 * 24 * 3_600;

/** What the database keeps of a link's token. */
export function hashLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** The engine of people and sessions. Nothing of its HTTP side is published: routes of ours call its functions. */
export function makeAuth({ secret, publicUrl, pool, mailLink }: AuthOptions) {
  return betterAuth({
    appName: 'Seans',
    baseURL: publicUrl,
    basePath: '/api/session/engine',
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'person',
      fields: { ...times, emailVerified: 'email_verified' },
      additionalFields: { language: { type: 'string', required: true, defaultValue: 'kk', input: false } },
    },
    session: {
      modelName: 'person_session',
      fields: {
        ...times,
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'person_id',
      },
      expiresIn: SESSION_SECONDS,
      updateAge: 24 * 3_600,
    },
    account: {
      modelName: 'person_account',
      fields: {
        ...times,
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'person_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'person_verification', fields: { ...times, expiresAt: 'expires_at' } },
    advanced: {
      cookiePrefix: 'seans',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      database: { generateId: () => newId() },
      // Ours looks at every request that changes something; the engine is called as functions.
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { disableIpTracking: true },
    },
    rateLimit: { enabled: false },
    plugins: [
      magicLink({
        expiresIn: LINK_SECONDS,
        // People are made by one use case of ours, which also tells the other services.
        disableSignUp: true,
        storeToken: { type: 'custom-hasher', hash: async (token) => hashLinkToken(token) },
        sendMagicLink: ({ email, token, metadata }) =>
          mailLink(email, token, String(metadata?.language ?? 'kk'), String(metadata?.next ?? '/')),
      }),
      twoFactor({
        issuer: 'Seans',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'person_two_factor',
            fields: {
              userId: 'person_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
}

export type Auth = ReturnType<typeof makeAuth>;
