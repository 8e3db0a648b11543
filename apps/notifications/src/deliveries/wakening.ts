import { Injectable } from '@nestjs/common';

/** Lets who queues call who sends, although the queue knows nothing of the sender. */
@Injectable()
export class Wakening {
  private sleeper?: () => void;

  /** Told once by whoever sends. */
  listen(sleeper: () => void): void {
    this.sleeper = sleeper;
  }

  call(): void {
    this.sleeper?.();
  }
}
