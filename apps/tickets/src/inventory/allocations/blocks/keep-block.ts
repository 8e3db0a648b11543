import { Injectable } from '@nestjs/common';
import type { Block, ChangeBlock, MakeBlock } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency } from '#libs/service-defaults';
import { limitId } from '../../../copies/programme-copy/limit-id.rules.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../../copies/programme-copy/programme-copy.js';
import type { ClaimedSeat } from '../../seats/inventory.port.js';
import { ReconcileSeats } from '../../seats/reconcile-seats.js';
import { screeningUnknown, seatUnknown } from '../../seats/seat.refusals.js';
import { SeatMap } from '../../seats/seat-map.js';
import { callFunction } from '../../seats/sql-function.js';
import { PLACE_KEEPERS, PLACE_WATCHERS, requireRoleIn } from '../managers.js';
import { allocationUnknown, blockUnknown, releaseTwice } from './block.refusals.js';
import { BlocksQueries } from './blocks.queries.js';

/** Seats kept for a named purpose: made, changed and given up by a manager. */
@Injectable()
export class KeepBlock {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly programme: ProgrammeCopy,
    private readonly blocks: BlocksQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
  ) {}

  /** @throws screening-unknown, seat-unknown, seats-taken, allocation-unknown, allocation-full, release-twice, plan-changed */
  async make(caller: Caller, screening: string, key: string, body: MakeBlock): Promise<Block> {
    const facts = await this.seated(caller, screening, body.seats);
    requireOneRelease(body);
    if (body.allocation && !facts.data.allocations.some(({ id }) => id === body.allocation))
      throw allocationUnknown({ screening, allocation: body.allocation });
    let claims: ClaimedSeat[] = [];
    const call = { key, caller: caller.id, operation: 'make-block', body: { screening, ...body } };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      claims = await callFunction<ClaimedSeat[]>(tx, 'make_block($1)', [
        {
          id: made,
          edition: facts.data.editionId,
          screening,
          plan: facts.data.planVersion,
          planId: facts.data.planId,
          purpose: body.purpose,
          note: body.note ?? null,
          releaseAt: body.releaseAt ?? null,
          minutesBefore: body.minutesBefore ?? null,
          allocation: body.allocation ? limitId(screening, body.allocation) : null,
          seats: body.seats,
          by: caller.id,
        },
      ]);
      return { id: made };
    });
    await this.told(screening, claims, []);
    return this.blocks.one(id);
  }

  /** @throws block-unknown, block-released, changed-meanwhile, seats-taken, seat-unknown, allocation-full */
  async change(caller: Caller, id: string, version: number, body: ChangeBlock): Promise<Block> {
    const block = await this.known(caller, id);
    const facts = body.seats && (await this.seated(caller, block.screeningId, body.seats));
    requireOneRelease(body);
    const changed = await this.database.transaction((tx) =>
      callFunction<{ claims: ClaimedSeat[]; freed: ClaimedSeat[] }>(tx, 'change_block($1, $2)', [
        id,
        { ...body, version, by: caller.id, ...(facts && { plan: facts.data.planVersion, planId: facts.data.planId }) },
      ]),
    );
    await this.told(block.screeningId, changed.claims, changed.freed);
    return this.blocks.one(id);
  }

  /** Blocks of a screening, for the people of its edition. */
  async list(caller: Caller, screening: string): Promise<Block[]> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    requireRoleIn(caller, facts.data.editionId, PLACE_WATCHERS);
    return this.blocks.ofScreening(screening);
  }

  async release(caller: Caller, id: string): Promise<Block> {
    const block = await this.known(caller, id);
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'release_block($1, $2, $3)', [id, 'manager', caller.id]),
    );
    await this.told(block.screeningId, [], freed);
    return this.blocks.one(id);
  }

  private async known(caller: Caller, id: string): Promise<Block> {
    const block = await this.blocks.one(id);
    const facts = await this.programme.screening(block.screeningId);
    if (!facts) throw blockUnknown();
    requireRoleIn(caller, facts.data.editionId, PLACE_KEEPERS);
    return block;
  }

  private async seated(caller: Caller, screening: string, seats: readonly string[]): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    requireRoleIn(caller, facts.data.editionId, PLACE_KEEPERS);
    const unknown = seats.filter((seat) => !facts.seatById.has(seat));
    if (unknown.length > 0) throw seatUnknown({ seats: unknown });
    return facts;
  }

  private async told(screening: string, claims: ClaimedSeat[], freed: ClaimedSeat[]): Promise<void> {
    await this.reconcile.tell('claimed', claims);
    await this.reconcile.tell('freed', freed);
    this.map.touch(screening);
  }
}

function requireOneRelease(body: { releaseAt?: string; minutesBefore?: number }): void {
  if (body.releaseAt !== undefined && body.minutesBefore !== undefined) throw releaseTwice();
}
