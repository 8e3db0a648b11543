import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { Counter, Registry } from 'prom-client';
import { Nap } from '#libs/messaging';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import { RecordRefusal } from '../bounces/record-refusal.js';
import { retryDelay } from '../deliveries/delivery.rules.js';
import { Wakening } from '../deliveries/wakening.js';
import type { NotificationsSettings } from '../settings.js';
import { CarrierBusy, CarrierRefused, CarrierUnclear, codeOf } from './carrier.js';
import { DocumentsGone } from './fetch-documents.js';
import { NoLongerOurs, SendDelivery } from './send-delivery.js';
import { SetRate } from './set-rate.rules.js';
import { type DueDelivery, TakeDue } from './take-due.js';
import { type End, WriteEnds } from './write-ends.js';

/** In hand at once; taken in handfuls of half of it, so that one statement pays for several. */
const AT_ONCE = 24;
/** Of these, what only the urgent may take: a slow mail server must not keep them waiting behind a bulk. */
const RESERVED = 4;
/** Only for what others queued and for retries that became due: what is queued here wakes the job. */
const LOOK_EVERY_MS = 1_000;

/** Sends what is due, the urgent first; several instances share the queue. Wakes at once when something is queued. */
@Injectable()
export class SendDeliveriesJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly nap = new Nap();
  private readonly inHand = new Set<Promise<void>>();
  private readonly rate: SetRate;
  private stopping = false;
  private running?: Promise<void>;
  private called = false;
  private lookedOldAt = 0;
  private readonly ended: Counter<'template' | 'channel' | 'state'>;

  constructor(
    private readonly due: TakeDue,
    private readonly ends: WriteEnds,
    private readonly send: SendDelivery,
    private readonly refusals: RecordRefusal,
    wakening: Wakening,
    registry: Registry,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SETTINGS) settings: NotificationsSettings,
  ) {
    this.rate = new SetRate(settings.MAIL_RATE, performance.now());
    wakening.listen(() => this.wake());
    this.ended = new Counter({
      name: 'deliveries_total',
      help: 'Tries to send a message, by how they ended',
      labelNames: ['template', 'channel', 'state'],
      registers: [registry],
    });
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
    await Promise.all(this.inHand);
  }

  /** Something was queued. */
  private wake(): void {
    this.called = true;
    this.nap.end();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let taken = 0;
      try {
        taken = await this.sweep();
      } catch (error) {
        this.logger.warn({ err: error }, 'deliveries wait');
      }
      if (taken === 0)
        await this.nap.sleep(Math.max(1, Math.min(LOOK_EVERY_MS, this.rate.untilNext() || LOOK_EVERY_MS)));
    }
  }

  /** Takes what there is room for; answers how many. */
  private async sweep(): Promise<number> {
    const now = performance.now();
    if (now - this.lookedOldAt >= LOOK_EVERY_MS) {
      this.lookedOldAt = now;
      this.called = true;
      await this.due.findContacts();
      await this.due.expire();
    }
    const room = AT_ONCE - this.inHand.size;
    if (room === 0 || (room < AT_ONCE / 2 && !this.called)) return 0;
    this.called = false;
    const unhurried = Math.min(this.rate.allowance(performance.now()), Math.max(0, room - RESERVED));
    const { due, suppressed } = await this.due.execute(room, unhurried);
    this.rate.spend(due.filter(({ unhurried }) => unhurried).length);
    for (const delivery of due) {
      const work: Promise<void> = this.one(delivery)
        .catch((error: unknown) => this.logger.error({ err: error, delivery: delivery.id }, 'a try has no end yet'))
        .finally(() => {
          this.inHand.delete(work);
          if (this.inHand.size === Math.floor(AT_ONCE / 2)) this.nap.end();
        });
      this.inHand.add(work);
    }
    return due.length + suppressed;
  }

  private async one(delivery: DueDelivery): Promise<void> {
    const end = await this.attempt(delivery);
    if (!end) return;
    this.ended.inc({ template: delivery.template, channel: delivery.channel, state: end.state });
    await this.ends.execute(delivery, end);
  }

  private async attempt(delivery: DueDelivery): Promise<End | undefined> {
    try {
      return { state: 'sent', trouble: null, afterMs: 0, ...(await this.send.execute(delivery)) };
    } catch (error) {
      if (error instanceof NoLongerOurs)
        return error.message === 'no-address' ? { state: 'withheld', trouble: 'no-address', afterMs: 0 } : undefined;
      if (error instanceof CarrierRefused) {
        await this.refusals.execute(delivery, error);
        return { state: 'failed', trouble: error.code, afterMs: 0 };
      }
      if (error instanceof DocumentsGone) return { state: 'withheld', trouble: error.message, afterMs: 0 };
      const delay = retryDelay(delivery.attempts, Math.random());
      const afterMs = error instanceof CarrierBusy ? (error.afterMs ?? delay) : delay;
      const trouble = codeOf(error);
      this.logger.warn({ delivery: delivery.id, template: delivery.template, trouble }, 'delivery is tried again');
      return { state: 'waiting-retry', trouble, afterMs, unclear: error instanceof CarrierUnclear };
    }
  }
}
