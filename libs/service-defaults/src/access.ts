import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  Optional,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Caller, hasRole, NOBODY, ROLES, type Role, TokenRefused, TokenVerifier } from './identity.js';
import { roleNeeded, signInNeeded, tokenRefused } from './refusals.js';

/** Who may use a route: everybody, any browser, a signed-in person, a paired device, another service, or roles. */
export type AccessRule = 'public' | 'visitor' | 'person' | 'device' | 'service' | Role;

export const ACCESS = 'seans:access';

/** Stands on every route; a route without it stops the boot. */
export const Access = (...rules: AccessRule[]) => SetMetadata(ACCESS, rules);

/** Tells who a paired device is by its own token; tickets provides one. */
export interface DeviceAuthenticator {
  authenticate(token: string): Promise<Caller | undefined>;
}
export const DEVICE_AUTHENTICATOR = Symbol('device-authenticator');

type CallingRequest = FastifyRequest & { caller?: Caller };

export const CallerParam = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<CallingRequest>().caller ?? NOBODY,
);

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    @Optional() @Inject(DEVICE_AUTHENTICATOR) private readonly devices?: DeviceAuthenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const rules = this.reflector.getAllAndOverride<AccessRule[] | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rules) throw roleNeeded({ reason: 'no access rule' });
    const request = context.switchToHttp().getRequest<CallingRequest>();
    const caller = await this.callerOf(request, rules);
    request.caller = caller;
    if (rules.includes('public')) return true;
    if (caller.kind === 'nobody') throw signInNeeded();
    if (allowed(caller, rules)) return true;
    throw caller.kind === 'visitor' ? signInNeeded() : roleNeeded();
  }

  private async callerOf(request: CallingRequest, rules: AccessRule[]): Promise<Caller> {
    const device = request.headers['x-device-token'];
    if (rules.includes('device') && typeof device === 'string' && this.devices) {
      const caller = await this.devices.authenticate(device);
      if (caller) return caller;
      throw tokenRefused();
    }
    const header = request.headers.authorization;
    if (!header?.startsWith('Bearer ')) return NOBODY;
    try {
      return await this.verifier.verify(header.slice(7));
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      if (rules.includes('public')) return NOBODY;
      throw tokenRefused({}, { cause: error });
    }
  }
}

function allowed(caller: Caller, rules: AccessRule[]): boolean {
  return rules.some((rule) => {
    if (rule === 'visitor') return caller.kind === 'visitor' || caller.kind === 'person';
    if (rule === 'person' || rule === 'device' || rule === 'service') return caller.kind === rule;
    return caller.kind === 'person' && isRole(rule) && hasRole(caller, rule);
  });
}

function isRole(rule: AccessRule): rule is Role {
  return (ROLES as readonly string[]).includes(rule);
}
