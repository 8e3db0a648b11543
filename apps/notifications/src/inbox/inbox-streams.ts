import type { ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { MINUTE } from '#libs/kernel';
import { Nap } from '#libs/messaging';
import { LOGGER, openEventStream, writeOrLetGo } from '#libs/service-defaults';
import { InboxQueries } from './inbox.queries.js';

interface Stream {
  personId: string;
  /** The number of the last note that was written. */
  number: number;
  openedAt: number;
  response: ServerResponse;
}

/** Another process may have written a note: all streams are looked after in one question. */
const LOOK_EVERY_MS = 2_000;
/** A proxy closes what says nothing for a minute. */
const BREATHE_EVERY_MS = 25_000;
/** Who reads is asked once, when a stream begins: after that long the browser comes again and is asked anew. */
const LIVES_MS = 5 * MINUTE;
const AT_ONCE = 500;
/** What a reader may leave unread; who stands still for longer comes again with the number of its last note. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Windows of one person; the oldest makes room for a new one. */
const MOST_STREAMS = 5;

/** Open inboxes. A browser that comes back names the last note it has (Last-Event-ID) and gets those after it. */
@Injectable()
export class InboxStreams implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly streams = new Set<Stream>();
  private readonly nap = new Nap();
  private stopping = false;
  private running?: Promise<void>;
  private breathedAt = 0;

  constructor(
    private readonly inbox: InboxQueries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    this.nap.endForGood();
    await this.running;
    for (const stream of this.streams) this.end(stream);
  }

  /** @param number the last note that the reader has */
  open(personId: string, number: number, response: ServerResponse): void {
    const stream = { personId, number, openedAt: performance.now(), response };
    const own = [...this.streams].filter((one) => one.personId === personId);
    for (const old of own.slice(0, Math.max(0, own.length + 1 - MOST_STREAMS))) this.end(old);
    this.streams.add(stream);
    openEventStream(response, () => this.streams.delete(stream));
    this.wake();
  }

  wake(): void {
    this.nap.end();
  }

  /** Nothing is written to it from here on; it is gone once its reader has read the rest. */
  private end(stream: Stream): void {
    this.streams.delete(stream);
    stream.response.end();
  }

  private write(stream: Stream, text: string): void {
    if (!writeOrLetGo(stream.response, text, MOST_UNREAD_BYTES)) this.streams.delete(stream);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let more = false;
      try {
        more = await this.look();
      } catch (error) {
        this.logger.warn({ err: error }, 'inboxes wait');
      }
      if (!more) await this.nap.sleep(LOOK_EVERY_MS);
    }
  }

  /** Writes what is new to each open stream; true when there may be more. */
  private async look(): Promise<boolean> {
    const now = performance.now();
    if (now - this.breathedAt >= BREATHE_EVERY_MS) {
      this.breathedAt = now;
      for (const stream of this.streams) this.write(stream, ': here\n\n');
    }
    for (const stream of this.streams) if (now - stream.openedAt > LIVES_MS) this.end(stream);
    if (this.streams.size === 0) return false;
    // Two windows of one person are two streams; the one that has less asks.
    const least = new Map<string, number>();
    for (const { personId, number } of this.streams)
      least.set(personId, Math.min(number, least.get(personId) ?? Number.MAX_SAFE_INTEGER));
    const found = await this.inbox.since(
      [...least].map(([personId, number]) => ({ personId, number })),
      AT_ONCE,
    );
    for (const { personId, note } of found)
      for (const stream of this.streams) {
        if (stream.personId !== personId || stream.number >= note.number) continue;
        stream.number = note.number;
        this.write(stream, `id: ${note.number}\nevent: note\ndata: ${JSON.stringify(note)}\n\n`);
      }
    return found.length === AT_ONCE;
  }
}
