import { Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import { HoldStoreState } from './hold-store-state.js';
import { inventoryRebuilding } from './seat.refusals.js';
import { type LivingHold, SeatStatesStore } from './seat-states.store.js';
import { Switchboards } from './switchboards.js';

const WAIT_MS = 200;

/**
 * Step 7: Redis lost a screening's state or carries an old one. Truth about the epoch is in `inventory`.
 * The one place that calls Redis inside a transaction: the new epoch must not be seen before Redis carries it.
 */
@Injectable()
export class RebuildSeats {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly store: SeatStatesStore,
    private readonly switchboards: Switchboards,
    private readonly state: HoldStoreState,
  ) {}

  /** Everybody in this process who finds the state missing waits for one rebuild. @throws inventory-rebuilding while another process is at it */
  execute(screening: string): Promise<void> {
    const running = this.running.get(screening);
    if (running) return running;
    const rebuild = this.rebuild(screening);
    this.running.set(screening, rebuild);
    const done = () => this.running.delete(screening);
    rebuild.then(done, done);
    return rebuild;
  }

  private async rebuild(screening: string): Promise<void> {
    // First, so that what is held after this rebuild is not swept away when the watch meets the same Redis.
    if (!(await this.state.meet())) throw new Error('Redis does not answer');
    const board = await this.switchboards.read(screening);
    if (board?.holdStore !== 'redis') return;
    if ((await this.store.read(screening)).epoch === board.epoch) return;
    await this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ locked: boolean }[]>(
        'SELECT pg_try_advisory_xact_lock(screening_lock($1)) AS locked',
        [screening],
      );
      if (!lock?.locked) throw inventoryRebuilding({ screening }, { retryAfterMs: WAIT_MS });
      const [raised] = await tx.query<{ epoch: string }[]>(
        `WITH raised AS (UPDATE inventory SET epoch = epoch + 1 WHERE screening_id = $1 RETURNING epoch) SELECT epoch FROM raised`,
        [screening],
      );
      const claims = await tx.query<{ seat: string; no: string }[]>(
        'SELECT seat_id AS seat, claim_no AS no FROM seat_claim WHERE screening_id = $1',
        [screening],
      );
      const holds = await tx.query<(Omit<LivingHold, 'until'> & { until: string })[]>(
        `SELECT h.hold_id AS id, floor(extract(epoch FROM max(h.expires_at)) * 1000)::bigint AS until,
                bool_or(h.extended) AS extended, h.buyer, array_agg(h.seat_id ORDER BY h.seat_id) AS seats
           FROM seat_hold h
          WHERE h.screening_id = $1 AND h.expires_at > clock_timestamp()
            AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = h.screening_id AND c.seat_id = h.seat_id)
          GROUP BY h.hold_id, h.buyer`,
        [screening],
      );
      await this.store.rebuild(
        screening,
        Number(raised?.epoch),
        claims.map((claim) => ({ seat: claim.seat, no: Number(claim.no) })),
        holds.map((hold) => ({ ...hold, until: Number(hold.until) })),
      );
    });
    await this.switchboards.read(screening);
  }
}
