import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SETTINGS, tooManyRequests } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { normaliseEmail } from './record-person.js';

type Limit = ReturnType<FastifyInstance['createRateLimit']>;

const PER_NETWORK_ADDRESS = 5;

/** Strict limits on guessing: by the address that is tried and by where the tries come from. */
@Injectable()
export class SignInLimits {
  private limits: Limit[] = [];

  constructor(@Inject(SETTINGS) private readonly settings: GatewaySettings) {}

  /** Called once, when the HTTP layer is built. */
  use(fastify: FastifyInstance): void {
    const max = this.settings.SIGN_IN_RATE;
    this.limits = [
      fastify.createRateLimit({
        max,
        timeWindow: 60_000,
        keyGenerator: (request) => `address ${addressTried(request)}`,
      }),
      fastify.createRateLimit({
        max: max * PER_NETWORK_ADDRESS,
        timeWindow: 60_000,
        keyGenerator: (request) => `network ${request.ip}`,
      }),
    ];
  }

  /** @throws too-many-requests */
  async check(request: FastifyRequest): Promise<void> {
    // A link's token and a second factor's code name no address; the engine itself counts wrong codes.
    for (const limit of addressTried(request) ? this.limits : this.limits.slice(1)) {
      const result = await limit(request);
      if (!result.isAllowed && result.isExceeded) throw tooManyRequests({}, { retryAfterMs: result.ttl });
    }
  }
}

function addressTried(request: FastifyRequest): string {
  const { email } = (request.body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? normaliseEmail(email) : '';
}
