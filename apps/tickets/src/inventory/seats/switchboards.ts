import { Inject, Injectable } from '@nestjs/common';
import { INVENTORY, type InventoryPort, type Switchboard } from './inventory.port.js';

/** Read again in the background from this age on. */
const FRESH_MS = 500;
/** Never used when older: the closing of the hold store waits until no process can have an older one. */
const OLDEST_MS = 1_000;

/** The switchboards that this process knows, never more than a second old; the database's own functions read them afresh. */
@Injectable()
export class Switchboards {
  private readonly kept = new Map<string, { board: Switchboard; readAt: number }>();
  private readonly reading = new Map<string, Promise<Switchboard | undefined>>();

  constructor(@Inject(INVENTORY) private readonly inventory: InventoryPort) {}

  async of(screening: string): Promise<Switchboard | undefined> {
    const known = this.kept.get(screening);
    const age = known ? performance.now() - known.readAt : Number.POSITIVE_INFINITY;
    if (!known || age > OLDEST_MS) return this.read(screening);
    if (age > FRESH_MS) this.read(screening).catch(() => undefined);
    return known.board;
  }

  /** Reads it now; several who ask at once share one query. */
  read(screening: string): Promise<Switchboard | undefined> {
    const running = this.reading.get(screening);
    if (running) return running;
    const readAt = performance.now();
    const reading = this.inventory.switchboard(screening).then((board) => {
      if (board) this.kept.set(screening, { board, readAt });
      else this.kept.delete(screening);
      return board;
    });
    this.reading.set(screening, reading);
    const done = () => this.reading.delete(screening);
    reading.then(done, done);
    return reading;
  }

  /** Everything is read again: the epochs were bumped or the hold store switched. */
  forgetAll(): void {
    this.kept.clear();
  }

  known(): Switchboard[] {
    return [...this.kept.values()].map((entry) => entry.board);
  }
}
