import { Injectable } from '@nestjs/common';
import type { CounterLease, LeaseConflict, LeaseRow } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { leaseConflictUnknown, leaseRuns } from './lease.refusals.js';
import { LeasesQueries, type OneLease } from './leases.queries.js';

/** How leases end: the counter gives the rest back, or a house manager does without it. */
@Injectable()
export class EndLeases {
  constructor(
    private readonly database: Database,
    private readonly leases: LeasesQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
  ) {}

  /** The counter has reported all that it sold. Safe to say twice. @throws lease-unknown, shift-not-yours */
  async return(caller: Caller, id: string): Promise<CounterLease> {
    const lease = await this.leases.own(caller, id);
    await this.end(lease, 'returned', caller.id);
    return this.leases.view(await this.leases.row(id));
  }

  /** Nobody has heard of the counter: from now on its reports are conflicts. @throws lease-unknown, lease-runs */
  async release(caller: Caller, id: string): Promise<LeaseRow> {
    const lease = await this.leases.row(id);
    requireRoleIn(caller, lease.edition, ['house-manager']);
    if (lease.state === 'open') throw leaseRuns({ endsAt: lease.endsAt.toISOString() });
    await this.end(lease, 'released', caller.id);
    const rows = await this.leases.list(caller, lease.edition);
    return rows.find((row) => row.id === id)!;
  }

  /** Said twice, what was said first stands. @throws lease-conflict-unknown */
  async settle(caller: Caller, id: string, note: string): Promise<LeaseConflict> {
    const known = await this.leases.conflict(id);
    if (!known) throw leaseConflictUnknown();
    requireRoleIn(caller, known.edition, ['house-manager', 'finance']);
    await this.database.transaction(async (tx) => {
      const [settled]: [unknown[], number] = await tx.query(
        `UPDATE counter_lease_conflict SET settled_by = $2, settled_at = clock_timestamp(), note = $3
          WHERE id = $1 AND settled_at IS NULL RETURNING id`,
        [id, caller.id, note],
      );
      if (settled.length > 0)
        await tx.query(
          `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'lease.conflict-settled', $2, $3)`,
          [caller.id, id, JSON.stringify({ note })],
        );
    });
    return (await this.leases.conflict(id))!.conflict;
  }

  private async end(lease: OneLease, outcome: 'returned' | 'released', by: string): Promise<void> {
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'end_lease($1, $2, $3)', [lease.id, outcome, by]),
    );
    await this.reconcile.tell('freed', freed);
    this.map.touch(lease.screening);
  }
}
