import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SeatStates } from '#libs/contracts';
import { isRefusal } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { LOGGER, openEventStream, writeOrLetGo } from '#libs/service-defaults';
import { screeningUnknown, seatStreamsFull } from './seat.refusals.js';
import { changesBetween } from './seat-changes.rules.js';
import { SeatMap } from './seat-map.js';

/** The map is looked at once in this time for all who watch a screening. */
const LOOK_EVERY_MS = 1_000;
/** A proxy closes what says nothing for a minute. */
const BREATHE_EVERY_MS = 20_000;
/** What a reader may leave unread: whoever stands still for longer is let go and comes again. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** Readers of one process; whoever finds no room asks every two seconds instead. */
export const MOST_READERS = 500;

interface Watched {
  /** What every reader has been told. */
  told: SeatStates;
  readers: Set<ServerResponse>;
}

/** Seat maps that are watched: the whole map at first, then the changes alone. */
@Injectable()
export class SeatStreams implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly watched = new Map<string, Watched>();
  private readonly nap = new Nap();
  private readers = 0;
  private stopping = false;
  private running?: Promise<void>;
  private breathedAt = 0;

  constructor(
    private readonly map: SeatMap,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
    for (const { readers } of this.watched.values()) for (const reader of readers) reader.end();
  }

  /** The map as a new reader gets it first. @throws screening-unknown, seat-streams-full */
  async first(screening: string): Promise<SeatStates> {
    if (this.readers >= MOST_READERS) throw seatStreamsFull({}, { retryAfterMs: 2_000 });
    return this.watched.get(screening)?.told ?? (await this.map.states(screening));
  }

  open(first: SeatStates, response: ServerResponse): void {
    // Others may have begun to watch meanwhile: from now on this reader is told what they are told.
    const watched = this.watched.get(first.screeningId) ?? { told: first, readers: new Set() };
    this.watched.set(first.screeningId, watched);
    watched.readers.add(response);
    this.readers++;
    openEventStream(response, () => this.forget(first.screeningId, response));
    response.write(wholeMap(watched.told));
    this.nap.end();
  }

  private forget(screening: string, reader: ServerResponse): void {
    const watched = this.watched.get(screening);
    if (!watched?.readers.delete(reader)) return;
    this.readers--;
    if (watched.readers.size === 0) this.watched.delete(screening);
  }

  private tell(readers: Iterable<ServerResponse>, text: string): void {
    for (const reader of readers) writeOrLetGo(reader, text, MOST_UNREAD_BYTES);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      await Promise.all([...this.watched].map(([screening, watched]) => this.look(screening, watched)));
      if (performance.now() - this.breathedAt >= BREATHE_EVERY_MS) {
        this.breathedAt = performance.now();
        for (const { readers } of this.watched.values()) this.tell(readers, ': here\n\n');
      }
      await this.nap.sleep(LOOK_EVERY_MS);
    }
  }

  private async look(screening: string, watched: Watched): Promise<void> {
    try {
      const now = await this.map.states(screening);
      const changes = changesBetween(watched.told, now);
      if (!changes) return;
      watched.told = now;
      const text = changes === 'anew' ? wholeMap(now) : `event: seats\ndata: ${JSON.stringify(changes)}\n\n`;
      this.tell(watched.readers, text);
    } catch (error) {
      if (isRefusal(error, screeningUnknown)) for (const reader of [...watched.readers]) reader.end();
      else this.logger.warn({ err: error, screening }, 'a watched seat map waits');
    }
  }
}

const wholeMap = (map: SeatStates) => `event: map\ndata: ${JSON.stringify(map)}\n\n`;
