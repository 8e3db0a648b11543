import { Injectable } from '@nestjs/common';
import type { RushLine } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency } from '#libs/service-defaults';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { RushQueries } from './rush.queries.js';
import { rushNumberUnknown } from './rush.refusals.js';

/** Numbers for those who wait at the door, called in their order while there are seats. */
@Injectable()
export class WorkRushLine {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly rush: RushQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
  ) {}

  async line(caller: Caller, screening: string): Promise<RushLine> {
    await this.rush.mayWork(caller, screening);
    return this.rush.line(screening);
  }

  /** The next number of the line. @throws rush-over */
  async draw(caller: Caller, screening: string, key: string): Promise<RushLine> {
    await this.rush.mayWork(caller, screening);
    const call = { key, caller: caller.id, operation: 'rush-number', body: { screening } };
    await this.idempotency.once(call, async (tx) => ({
      id: await callFunction<string>(tx, 'give_rush_number($1, $2, $3, $4)', [
        newId(),
        screening,
        ...(caller.kind === 'device' ? [caller.id, null] : [null, caller.id]),
      ]),
    }));
    return this.rush.line(screening);
  }

  /** Who is next gets a free seat: a claim each, so never more than there are. @throws rush-not-open, rush-over, rush-full, rush-line-empty */
  async admit(caller: Caller, screening: string, key: string): Promise<RushLine> {
    await this.rush.mayWork(caller, screening);
    let claims: ClaimedSeat[] = [];
    const call = { key, caller: caller.id, operation: 'rush-admit', body: { screening } };
    await this.idempotency.once(call, async (tx) => {
      const admitted = await callFunction<{ id: string; claims: ClaimedSeat[] }>(tx, 'admit_rush($1)', [screening]);
      claims = admitted.claims;
      return { id: admitted.id };
    });
    await this.reconcile.tell('claimed', claims);
    this.map.touch(screening);
    return this.rush.line(screening);
  }

  /** Nobody answered to the number. Skipping twice is a success; an admitted one stays admitted. */
  async skip(caller: Caller, screening: string, number: number): Promise<RushLine> {
    await this.rush.mayWork(caller, screening);
    const rows = await this.database.query<{ state: string }>(
      `WITH skipped AS (UPDATE rush_number SET state = 'left' WHERE screening_id = $1 AND number = $2 AND state = 'waiting')
       SELECT state FROM rush_number WHERE screening_id = $1 AND number = $2`,
      [screening, number],
    );
    if (rows.length === 0) throw rushNumberUnknown({ number });
    return this.rush.line(screening);
  }
}
