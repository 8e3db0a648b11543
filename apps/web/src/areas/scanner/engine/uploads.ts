import type { UploadedScans, UploadScans } from '#libs/contracts';
import type { LogBook } from './log-book';
import { pauseAfter } from './retry.rules';

const MOST = 100;

interface UploadParts {
  log: LogBook;
  send(body: UploadScans): Promise<UploadedScans>;
  /** A scan that is on the screen may still be taken back or overridden: it goes up after. */
  onScreen(): string | undefined;
  onChange(): void;
  festivalTime(): Date;
  later(work: () => void, ms: number): void;
}

/** Hands in what the device decided by itself: in order, one batch at a time, again and again until it is there. */
export class Uploads {
  private running: Promise<void> | undefined;
  private failures = 0;
  private waiting = false;

  constructor(private readonly parts: UploadParts) {}

  /** Begins unless it runs or pauses already. */
  kick(): Promise<void> {
    if (this.waiting) return Promise.resolve();
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** The line is back: a pause is over. */
  now(): Promise<void> {
    this.waiting = false;
    this.failures = 0;
    return this.kick();
  }

  private async run(): Promise<void> {
    const { log, send, onScreen, onChange, festivalTime, later } = this.parts;
    for (;;) {
      const batch = log.waiting(onScreen()).slice(0, MOST);
      if (batch.length === 0) return;
      try {
        // What is left when this batch is there: the house waits for no device that has told everything.
        const left = log.waitingCount - batch.length;
        const answer = await send({ scans: batch.map(({ scan }) => scan), waiting: left });
        const there = new Set(answer.scans.map(({ scanId }) => scanId));
        const handedIn = batch.filter(({ scan }) => there.has(scan.scanId));
        if (handedIn.length === 0) throw new Error('nothing was taken');
        await log.handedIn(handedIn, festivalTime());
        this.failures = 0;
        onChange();
      } catch {
        this.failures += 1;
        this.waiting = true;
        later(
          () => {
            if (!this.waiting) return;
            this.waiting = false;
            void this.kick();
          },
          pauseAfter(this.failures, Math.random()),
        );
        return;
      }
    }
  }
}
