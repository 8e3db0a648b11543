import { Inject, Injectable } from '@nestjs/common';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { type ClaimedSeat, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { BookingsQueries } from '../bookings/bookings.queries.js';
import { CancelOrder } from '../changes/cancel-order.js';
import { ReturnLines } from '../changes/return-lines.js';
import { TellVisits } from './tell-visits.js';

/** How many owners one look takes: a look is short, and the next one goes on where it ended. */
const AT_ONCE = 100;
/** While somebody's payment or dispute is still open, the run looks again later and later. */
const LONGEST_WAIT_SECONDS = 300;

type Owner = { kind: string; owner: string };

/**
 * What a cancelled screening leaves behind: everybody is told once, every ticket is returned, every booking ended, every
 * kept place released. Each owner is a transaction of its own that does nothing the second time, so a crash in the
 * middle costs a look; the run repeats until nobody holds anything.
 */
@Injectable()
export class CancelScreening {
  constructor(
    private readonly database: Database,
    private readonly visits: TellVisits,
    private readonly returns: ReturnLines,
    private readonly orders: CancelOrder,
    private readonly bookings: BookingsQueries,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  /** Screenings whose run is due, taken by this process for half a minute. */
  async due(): Promise<string[]> {
    const rows = await this.database.query<{ screening: string }>(
      `WITH due AS (SELECT screening_id FROM cancelled_screening WHERE done_at IS NULL AND next_try_at <= clock_timestamp()
                     ORDER BY next_try_at LIMIT 4 FOR UPDATE SKIP LOCKED),
            taken AS (UPDATE cancelled_screening c SET tries = tries + 1, next_try_at = clock_timestamp() + interval '30 seconds'
                        FROM due WHERE c.screening_id = due.screening_id RETURNING c.screening_id)
       SELECT screening_id AS screening FROM taken`,
    );
    return rows.map((row) => row.screening);
  }

  /** One look at a screening. Answers whether nobody holds anything any more. */
  async execute(screening: string): Promise<boolean> {
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(screening_lock($1))', [screening]);
      const [copy]: { data: ScreeningData }[] = await tx.query(
        'SELECT data FROM screening_copy WHERE screening_id = $1',
        [screening],
      );
      if (copy) await this.visits.cancelled(tx, copy.data);
    });
    this.relay.wake();
    await this.returnTickets(screening);
    await this.cancelUnpaid(screening);
    await this.endBookings(screening);
    await this.releaseKept(screening);
    return this.note(screening);
  }

  private async returnTickets(screening: string): Promise<void> {
    const rows = await this.database.query<{ order: string; lines: number[] }>(
      `SELECT order_id AS order, array_agg(line_no ORDER BY line_no)::int[] AS lines FROM ticket
        WHERE screening_id = $1 AND state = 'live' GROUP BY order_id ORDER BY order_id LIMIT $2`,
      [screening, AT_ONCE],
    );
    for (const { order, lines } of rows) await this.returns.execute({ order, lines, reason: 'screening-cancelled' });
  }

  private async cancelUnpaid(screening: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT DISTINCT o.id FROM orders o JOIN order_line l ON l.order_id = o.id
        WHERE l.screening_id = $1 AND o.state = 'awaiting-payment' ORDER BY o.id LIMIT $2`,
      [screening, AT_ONCE],
    );
    for (const { id } of rows) await this.orders.within(id, 'screening-cancelled');
  }

  private async endBookings(screening: string): Promise<void> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM booking WHERE screening_id = $1 AND state = 'booked' ORDER BY id LIMIT $2`,
      [screening, AT_ONCE],
    );
    for (const { id } of rows) {
      const told = await this.bookings.telling(await this.bookings.byId(id));
      await this.tell(await this.inventory.endBooking(id, 'screening-cancelled', told));
    }
  }

  /** Blocks, offers, leases, invitations and the pool. */
  private async releaseKept(screening: string): Promise<void> {
    const owners = await this.database.query<Owner>(
      `SELECT DISTINCT owner_kind AS kind, owner_id AS owner FROM seat_claim
        WHERE screening_id = $1 AND owner_kind IN ('block', 'offer', 'lease', 'pool') ORDER BY 1, 2 LIMIT $2`,
      [screening, AT_ONCE],
    );
    for (const { kind, owner } of owners) {
      const [row] = await this.database.query<{ freed: ClaimedSeat[] }>(
        kind === 'pool' ? 'SELECT empty_pool($1, NULL) AS freed' : 'SELECT release_kept($1, $2) AS freed',
        kind === 'pool' ? [screening] : [screening, owner],
      );
      await this.tell(row?.freed ?? []);
    }
  }

  private async tell(freed: readonly ClaimedSeat[]): Promise<void> {
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
  }

  private async note(screening: string): Promise<boolean> {
    const [row] = await this.database.query<{ done: boolean }>(
      `WITH noted AS (UPDATE cancelled_screening c SET
              done_at = CASE WHEN open.any THEN NULL ELSE clock_timestamp() END,
              next_try_at = clock_timestamp() + make_interval(secs => least(2 ^ least(c.tries, 10), $2))
         FROM (SELECT EXISTS (SELECT 1 FROM seat_claim WHERE screening_id = $1)
                   OR EXISTS (SELECT 1 FROM ticket WHERE screening_id = $1 AND state IN ('live', 'suspended'))
                   OR EXISTS (SELECT 1 FROM booking WHERE screening_id = $1 AND state = 'booked') AS any) open
        WHERE c.screening_id = $1 RETURNING c.done_at)
       SELECT done_at IS NOT NULL AS done FROM noted`,
      [screening, LONGEST_WAIT_SECONDS],
    );
    return row?.done ?? true;
  }
}
