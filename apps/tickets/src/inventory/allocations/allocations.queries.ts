import { Injectable } from '@nestjs/common';
import type { AllocationUse } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { limitId } from '../../copies/programme-copy/limit-id.rules.js';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../seats/seat.refusals.js';
import { allocationTroubles, windowOf } from './allocation.rules.js';
import { PLACE_WATCHERS, requireRoleIn } from './managers.js';

@Injectable()
export class AllocationsQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
  ) {}

  /** How much of each share is used, whether it is open now, and what does not add up. */
  async use(caller: Caller, screening: string): Promise<AllocationUse> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    const { data } = facts;
    requireRoleIn(caller, data.editionId, PLACE_WATCHERS);
    const at = await this.festival.now(data.editionId);
    const limits = await this.database.query<{ id: string; capacity: number; used: number }>(
      'SELECT id, capacity, used FROM usage_limit WHERE id = ANY ($1)',
      [data.allocations.map(({ id }) => limitId(screening, id))],
    );
    const byId = new Map(limits.map((limit) => [limit.id, limit]));
    return {
      screeningId: screening,
      seats: facts.seats.length,
      allocations: data.allocations.map((allocation) => ({
        ...allocation,
        used: byId.get(limitId(screening, allocation.id))?.used ?? 0,
        window: windowOf(allocation, at),
      })),
      troubles: allocationTroubles(data.allocations, facts.seats.length).map((trouble) => ({ ...trouble })),
    };
  }
}
