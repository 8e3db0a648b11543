import { Injectable } from '@nestjs/common';
import type { CompanionPlaces } from '#libs/contracts';
import { Database, type Tx } from '#libs/persistence';
import { type Caller, Idempotency } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../seats/seat.refusals.js';
import { SeatMap } from '../../seats/seat-map.js';
import { callFunction } from '../../seats/sql-function.js';
import { Switchboards } from '../../seats/switchboards.js';
import { PLACE_KEEPERS, requireRoleIn } from '../managers.js';

/** Unsold companion places join the general sale only because a manager said so, screening by screening. */
@Injectable()
export class ReleaseCompanions {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly programme: ProgrammeCopy,
    private readonly switchboards: Switchboards,
    private readonly map: SeatMap,
  ) {}

  /** From now on each is sold alone, at its category's price. @throws screening-unknown, role-needed */
  async release(caller: Caller, screening: string, key: string): Promise<CompanionPlaces> {
    const facts = await this.kept(caller, screening);
    const call = { key, caller: caller.id, operation: 'release-companion-places', body: { screening } };
    await this.idempotency.once(call, (tx) => this.within(tx, screening, true, caller));
    return this.answer(facts);
  }

  /** They go with their wheelchair place again. @throws screening-unknown, role-needed, companion-places-sold */
  async undo(caller: Caller, screening: string): Promise<CompanionPlaces> {
    const facts = await this.kept(caller, screening);
    await this.database.transaction((tx) => this.within(tx, screening, false, caller));
    return this.answer(facts);
  }

  private within(tx: Tx, screening: string, opening: boolean, caller: Caller): Promise<void> {
    return callFunction<void>(tx, 'release_companions($1, $2, $3)', [screening, opening, caller.id]);
  }

  private async kept(caller: Caller, screening: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    requireRoleIn(caller, facts.data.editionId, PLACE_KEEPERS);
    return facts;
  }

  private async answer(facts: ScreeningFacts): Promise<CompanionPlaces> {
    const { screeningId } = facts.data;
    const [row] = await this.database.query<{ released: boolean }>(
      'SELECT companions_released AS released FROM inventory WHERE screening_id = $1',
      [screeningId],
    );
    await this.switchboards.read(screeningId);
    this.map.touch(screeningId);
    const { states } = await this.map.states(screeningId);
    const places = facts.seats.flatMap(({ kind }, index) => (kind === 'companion' ? [states[index]] : []));
    return {
      screeningId,
      released: row?.released ?? false,
      places: places.length,
      free: places.filter((state) => state === 'f').length,
    };
  }
}
