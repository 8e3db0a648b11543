import { createHash, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';

/** Who calls. Ids and roles only: a name or an address never travels in a token. */
export interface Caller {
  /** `visitor` is a browser nobody signed in on; `service` another part of the system; `device` a scanner or counter. */
  kind: 'visitor' | 'person' | 'device' | 'service' | 'nobody';
  id: string;
  /** "gate" counts in every edition, "gate@almaty-2019" in that one. */
  roles: readonly string[];
}

export const NOBODY: Caller = { kind: 'nobody', id: '', roles: [] };

export const ROLES = [
  'admin',
  'programmer',
  'accreditation-officer',
  'box-office',
  'gate',
  'house-manager',
  'finance',
] as const;
export type Role = (typeof ROLES)[number];

/** True when the caller has the role in the edition (or everywhere). An admin has every role. */
export function hasRole(caller: Caller, role: Role, edition?: string): boolean {
  return caller.roles.some((held) => {
    const [name, scope] = held.split('@');
    return (name === role || name === 'admin') && (scope === undefined || edition === undefined || scope === edition);
  });
}

export class TokenRefused extends Error {}

/** Longest life of a person's token; a token that claims more is refused. */
const LONGEST_SECONDS = 120;
const KEPT = 20_000;

/**
 * Verifies tokens and keeps verified ones by hash until they run out: a signature check costs more than a hold.
 * The issuer is named by the key that signed, so no service can speak for the gateway.
 */
export class TokenVerifier {
  private readonly keys: ReturnType<typeof createLocalJWKSet>;
  private readonly kept = new Map<string, { caller: Caller; until: number }>();

  constructor(
    jwks: JSONWebKeySet,
    private readonly audience: string,
  ) {
    this.keys = createLocalJWKSet(jwks);
  }

  /** @throws {TokenRefused} when it is forged, out of date or meant for another service */
  async verify(token: string, now = Date.now()): Promise<Caller> {
    const hash = createHash('sha256').update(token).digest('base64');
    const known = this.kept.get(hash);
    if (known && known.until > now) return known.caller;
    const caller = await this.check(token, now);
    if (this.kept.size >= KEPT) this.forgetOld(now);
    this.kept.set(hash, caller);
    return caller.caller;
  }

  private async check(token: string, now: number): Promise<{ caller: Caller; until: number }> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        audience: this.audience,
        algorithms: ['EdDSA'],
        currentDate: new Date(now),
        clockTolerance: 5,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      const issuer = (protectedHeader.kid ?? '').split('-')[0];
      if ((payload.exp ?? 0) - (payload.iat ?? 0) > LONGEST_SECONDS) throw new TokenRefused('lives too long');
      const kind = payload.kind === 'person' || payload.kind === 'visitor' ? payload.kind : 'service';
      if (kind !== 'service' && issuer !== 'gateway') throw new TokenRefused('only the gateway vouches for people');
      const roles = Array.isArray(payload.roles) ? payload.roles.filter((role) => typeof role === 'string') : [];
      const caller: Caller = { kind, id: kind === 'service' ? `${issuer}` : `${payload.sub}`, roles };
      return { caller, until: (payload.exp ?? 0) * 1_000 };
    } catch (error) {
      if (error instanceof TokenRefused) throw error;
      if (error instanceof errors.JOSEError) throw new TokenRefused(error.code);
      throw error;
    }
  }

  private forgetOld(now: number): void {
    for (const [hash, entry] of this.kept) if (entry.until <= now) this.kept.delete(hash);
    if (this.kept.size >= KEPT) this.kept.clear();
  }
}

/** Signs tokens as `issuer`: the gateway for people, any service for its own calls. */
export class TokenSigner {
  private readonly made = new Map<string, { token: string; until: number }>();

  constructor(
    readonly issuer: string,
    private readonly key: KeyObject,
  ) {}

  /** A token for one person or visitor and one service. */
  forCaller(caller: Caller, audience: string, seconds = 60): Promise<string> {
    return new SignJWT({ kind: caller.kind, roles: [...caller.roles] })
      .setProtectedHeader({ alg: 'EdDSA', kid: `${this.issuer}-1` })
      .setSubject(caller.id)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(this.key);
  }

  /** The service's own token for `audience`, kept until it is nearly over. */
  async forService(audience: string, now = Date.now()): Promise<string> {
    const known = this.made.get(audience);
    if (known && known.until > now) return known.token;
    const token = await this.forCaller({ kind: 'service', id: this.issuer, roles: [] }, audience);
    this.made.set(audience, { token, until: now + 40_000 });
    return token;
  }
}
