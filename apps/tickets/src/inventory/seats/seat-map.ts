import { Inject, Injectable } from '@nestjs/common';
import type { SeatStates } from '#libs/contracts';
import { isRefusal } from '#libs/kernel';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { INVENTORY, type InventoryPort, type Switchboard } from './inventory.port.js';
import { RebuildSeats } from './rebuild-seats.js';
import { screeningUnknown } from './seat.refusals.js';
import { SeatStatesStore } from './seat-states.store.js';
import { Switchboards } from './switchboards.js';

/** How old a map may be when it is served: others' picks show within this. */
const FRESH_MS = 250;

interface Drawn {
  map: SeatStates;
  /** The answer's bytes, made once for everybody who asks within its freshness. */
  body: string;
  drawnAt: number;
}

/** One screening's seats as one string. Drawn once for all who look at the same moment. */
@Injectable()
export class SeatMap {
  private readonly drawn = new Map<string, Drawn>();
  private readonly drawing = new Map<string, Promise<Drawn>>();

  constructor(
    private readonly programme: ProgrammeCopy,
    private readonly switchboards: Switchboards,
    private readonly store: SeatStatesStore,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly rebuild: RebuildSeats,
  ) {}

  async body(screening: string): Promise<string> {
    return (await this.at(screening)).body;
  }

  async states(screening: string): Promise<SeatStates> {
    return (await this.at(screening)).map;
  }

  /** The next look is drawn anew: this process just changed the seats. */
  touch(screening: string): void {
    const drawn = this.drawn.get(screening);
    if (drawn) drawn.drawnAt = 0;
  }

  private async at(screening: string): Promise<Drawn> {
    const known = this.drawn.get(screening);
    if (known && Date.now() - known.drawnAt < FRESH_MS) return known;
    const running = this.drawing.get(screening);
    if (running) return running;
    const drawing = this.draw(screening).catch((error) => {
      // PostgreSQL can't be reached: an old map, marked as such, is better than none.
      if (!known || isRefusal(error, screeningUnknown)) throw error;
      return this.keep({ ...known.map, stale: true, onSale: false });
    });
    this.drawing.set(screening, drawing);
    const done = () => this.drawing.delete(screening);
    drawing.then(done, done);
    return drawing;
  }

  private async draw(screening: string): Promise<Drawn> {
    const facts = await this.programme.screening(screening);
    const board = await this.switchboards.of(screening);
    if (!facts || !board) {
      this.drawn.delete(screening);
      throw screeningUnknown({ screening });
    }
    const taken = await this.taken(board);
    let free = 0;
    let states = '';
    for (const seat of facts.seats) {
      const state = stateOf(seat.id, facts, seat.category, taken);
      if (state === 'f') free++;
      states += state;
    }
    return this.keep({
      screeningId: screening,
      planId: board.planId,
      planVersion: board.planVersion,
      epoch: board.epoch,
      onSale: board.onSale && !board.paused,
      states,
      free,
      stale: false,
      ...(board.companionsReleased && { companionsReleased: true }),
    });
  }

  private keep(map: SeatStates): Drawn {
    const drawn = { map, body: JSON.stringify(map), drawnAt: Date.now() };
    this.drawn.set(map.screeningId, drawn);
    return drawn;
  }

  private async taken(
    board: Switchboard,
  ): Promise<{ claims: { has(seat: string): boolean }; holds: { has(seat: string): boolean } }> {
    if (board.holdStore === 'redis') {
      try {
        const state = await this.store.read(board.screeningId);
        if (state.epoch === board.epoch) return state;
        await this.rebuild.execute(board.screeningId);
      } catch {
        // Redis is away or being rebuilt: what is sold is known all the same.
      }
    }
    const claims = await this.inventory.claims(board.screeningId);
    const holds = board.holdStore === 'postgres' ? await this.inventory.storedHolds(board.screeningId) : [];
    return { claims: new Set(claims.map((c) => c.seat)), holds: new Set(holds.map((h) => h.seat)) };
  }
}

function stateOf(
  seat: string,
  facts: ScreeningFacts,
  category: string,
  taken: { claims: { has(seat: string): boolean }; holds: { has(seat: string): boolean } },
): 'f' | 'h' | 's' | 'n' {
  if (taken.claims.has(seat)) return 's';
  if (taken.holds.has(seat)) return 'h';
  return facts.prices.has(category) ? 'f' : 'n';
}
