import { Inject, Injectable } from '@nestjs/common';
import { type ClaimedSeat, INVENTORY, type InventoryPort } from './inventory.port.js';
import { RebuildSeats } from './rebuild-seats.js';
import { SeatStatesStore } from './seat-states.store.js';
import { Switchboards } from './switchboards.js';

/** Keeps Redis' picture of claims in step with PostgreSQL. A failure here costs courtesy, never a seat. */
@Injectable()
export class ReconcileSeats {
  private readonly dirty = new Set<string>();

  constructor(
    private readonly store: SeatStatesStore,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly switchboards: Switchboards,
    private readonly rebuild: RebuildSeats,
  ) {}

  /** After a commit: shows seats as claimed, or as free again; what can't be told now is compared a moment later. */
  async tell(change: 'claimed' | 'freed', claims: readonly ClaimedSeat[]): Promise<void> {
    const byScreening = Map.groupBy(claims, (claim) => claim.screening);
    await Promise.all(
      [...byScreening].map(async ([screening, marks]) => {
        try {
          const board = await this.switchboards.of(screening);
          if (board?.holdStore !== 'redis') return;
          const told =
            change === 'claimed'
              ? await this.store.mark(screening, board.epoch, marks)
              : await this.store.unmark(screening, board.epoch, marks);
          if (!told) this.dirty.add(screening);
        } catch {
          this.dirty.add(screening);
        }
      }),
    );
  }

  suspect(screening: string): void {
    this.dirty.add(screening);
  }

  takeSuspects(): string[] {
    const suspects = [...this.dirty];
    this.dirty.clear();
    return suspects;
  }

  /** Redis is read first and PostgreSQL second, so a claim made in between is seen as missing and never as stray. */
  async execute(screening: string): Promise<void> {
    const board = await this.switchboards.read(screening);
    if (board?.holdStore !== 'redis') return;
    const seen = await this.store.read(screening);
    if (seen.epoch !== board.epoch) return this.rebuild.execute(screening);
    const claims = new Map((await this.inventory.claims(screening)).map((claim) => [claim.seat, claim.no]));
    const missing = [...claims].filter(([seat, no]) => (seen.claims.get(seat) ?? -1) < no);
    const stray = [...seen.claims].filter(([seat]) => !claims.has(seat));
    const marks = (rows: [string, number][]) => rows.map(([seat, no]) => ({ seat, no }));
    await this.store.mark(screening, board.epoch, marks(missing));
    await this.store.unmark(screening, board.epoch, marks(stray));
  }
}
