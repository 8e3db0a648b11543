import { Injectable } from '@nestjs/common';
import type { BlockPolicy } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import {
  ProgrammeCopy,
  type ScreeningData,
  type ScreeningFacts,
} from '../../../copies/programme-copy/programme-copy.js';
import { nearFocus } from '../../seats/best-seats.rules.js';
import type { ClaimedSeat } from '../../seats/inventory.port.js';
import { ReconcileSeats } from '../../seats/reconcile-seats.js';
import { callFunction } from '../../seats/sql-function.js';
import { PLACE_KEEPERS, requireRoleIn } from '../managers.js';
import { type PolicyBlock, policyBlocks, releaseMinutes } from './block.rules.js';

/** Blocks that screenings of some sections get by themselves when they are announced: the jury's, in the first place. */
@Injectable()
export class BlockPolicies {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly reconcile: ReconcileSeats,
  ) {}

  async of(edition: string): Promise<BlockPolicy> {
    const [row] = await this.database.query<{ blocks: PolicyBlock[] }>(
      'SELECT blocks FROM block_policy WHERE edition_id = $1',
      [edition],
    );
    return { blocks: row?.blocks ?? [] };
  }

  /** The policy as given, and its blocks at every screening that is announced already, one transaction each. */
  async set(caller: Caller, edition: string, policy: BlockPolicy): Promise<BlockPolicy> {
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    await this.database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO block_policy (edition_id, blocks, changed_by) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id) DO UPDATE SET blocks = excluded.blocks, changed_by = excluded.changed_by`,
        [edition, JSON.stringify(policy.blocks), caller.id],
      );
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'block-policy.set', $2, $3)`,
        [caller.id, edition, { blocks: policy.blocks.length }],
      );
    });
    for (const { data } of await this.programme.editionScreenings(edition))
      await this.told(await this.database.transaction((tx) => this.within(tx, data)));
    return policy;
  }

  /**
   * Makes what the policy of the screening's edition wants and is not there yet, in the transaction that heard of the
   * screening. A block that was released is not made again. A hall that is fuller than the policy thought gives what it has.
   */
  async within(tx: Tx, data: ScreeningData): Promise<ClaimedSeat[]> {
    const [row] = await tx.query<{ blocks: PolicyBlock[] }[]>('SELECT blocks FROM block_policy WHERE edition_id = $1', [
      data.editionId,
    ]);
    const wanted = policyBlocks(row?.blocks ?? [], data);
    const claims: ClaimedSeat[] = [];
    for (const block of wanted) claims.push(...(await this.make(tx, data, block)));
    return claims;
  }

  async told(claims: readonly ClaimedSeat[]): Promise<void> {
    await this.reconcile.tell('claimed', claims);
  }

  private async make(tx: Tx, data: ScreeningData, block: PolicyBlock): Promise<ClaimedSeat[]> {
    await tx.query('SELECT lock_screenings($1)', [[data.screeningId]]);
    const [known] = await tx.query<
      { plan: number; planId: string; seats: ScreeningFacts['seats']; taken: string[]; made: boolean }[]
    >(
      `SELECT i.plan_version AS plan, i.plan_id AS "planId", p.seats, ARRAY(SELECT seat_id FROM seat_claim WHERE screening_id = $1) AS taken,
              EXISTS (SELECT 1 FROM block WHERE screening_id = $1 AND purpose = $2 AND by_policy) AS made
         FROM inventory i JOIN plan_copy p USING (plan_id, plan_version) WHERE i.screening_id = $1`,
      [data.screeningId, block.purpose],
    );
    if (!known || known.made) return [];
    const taken = new Set(known.taken);
    const priced = new Set(data.prices.map(({ category }) => category));
    const states = known.seats.map((seat) => (!taken.has(seat.id) && priced.has(seat.category) ? 'f' : 'n')).join('');
    const seats = nearFocus({ seats: known.seats }, states, block.seats);
    if (seats.length === 0) return [];
    return callFunction<ClaimedSeat[]>(tx, 'make_block($1)', [
      {
        id: newId(),
        edition: data.editionId,
        screening: data.screeningId,
        plan: known.plan,
        planId: known.planId,
        purpose: block.purpose,
        note: null,
        releaseAt: null,
        minutesBefore: releaseMinutes(block) ?? null,
        allocation: null,
        byPolicy: true,
        seats,
        by: 'block-policy',
      },
    ]);
  }
}
