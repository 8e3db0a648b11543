import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Caller, LOGGER, SETTINGS } from '#libs/service-defaults';
import { cookieValue } from '../people/visitors.js';
import type { GatewaySettings } from '../settings.js';
import { queueStands } from './entry-queue.refusals.js';
import { isEntryPass } from './entry-queue.rules.js';
import { EntryQueues } from './entry-queues.js';

export const PASS_COOKIE = 'seans.entry';

const LOOK_MS = 1_000;
const HOLDS = /^\/api\/tickets\/holds(\?|$)/;
/** Staff at the counter serve who stands before them. */
const EXEMPT = new Set(['admin', 'box-office', 'house-manager']);

/** Stands before new holds while a queue does. What it must know is in memory: no call waits for the database. */
@Injectable()
export class EntryGate implements OnApplicationBootstrap, OnApplicationShutdown {
  private queue?: string;
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;

  constructor(
    private readonly queues: EntryQueues,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => {
        this.looking = undefined;
      });
    }, LOOK_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Draws what is due and remembers which queue stands. Without its database the gate stays as it was. */
  async look(): Promise<void> {
    try {
      await this.queues.open();
      this.queue = (await this.queues.standing())[0]?.id;
    } catch (error) {
      this.logger.warn({ err: error }, 'entry queues not looked at');
    }
  }

  /** @throws entry-queue-stands for a new hold without a pass of this very caller */
  check(request: FastifyRequest, caller: Caller): void {
    if (!this.queue || request.method !== 'POST' || !HOLDS.test(request.url)) return;
    if (caller.roles.some((role) => EXEMPT.has(role.split(':')[0] ?? role))) return;
    const pass = cookieValue(request.headers.cookie, PASS_COOKIE);
    if (isEntryPass(pass, caller.id, Date.now(), this.settings.AUTH_SECRET)) return;
    throw queueStands({ queueId: this.queue }, { retryAfterMs: 5_000 });
  }
}
