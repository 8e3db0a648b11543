import { Injectable } from '@nestjs/common';
import type {
  EditionRecorded,
  EventData,
  FestivalClockSet,
  Received,
  ScreeningRecorded,
  SeatPlanRecorded,
} from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { limitId } from './limit-id.rules.js';
import { ProgrammeCopy, type ScreeningData } from './programme-copy.js';

/** Writes what screenings told us; only a higher version is applied, so duplicates and replays change nothing. */
@Injectable()
export class RecordProgramme {
  constructor(private readonly programme: ProgrammeCopy) {}

  async edition(tx: Tx, told: Received<typeof EditionRecorded>): Promise<void> {
    const { editionId, name, from, to, timezone, offsetMs } = told.data;
    await tx.query(
      `INSERT INTO edition_copy (edition_id, version, name, date_from, date_to, timezone) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version, name = excluded.name,
         date_from = excluded.date_from, date_to = excluded.date_to, timezone = excluded.timezone
       WHERE edition_copy.version < excluded.version`,
      [editionId, told.version, JSON.stringify(name), from, to, timezone],
    );
    await this.clock(tx, { ...told, data: { editionId, offsetMs } });
  }

  async clock(tx: Tx, told: Pick<Received<typeof FestivalClockSet>, 'version' | 'data'>): Promise<void> {
    await tx.query(
      `INSERT INTO festival_clock (edition_id, version, offset_ms) VALUES ($1, $2, $3)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version, offset_ms = excluded.offset_ms
       WHERE festival_clock.version < excluded.version`,
      [told.data.editionId, told.version, told.data.offsetMs],
    );
  }

  async plan(tx: Tx, data: EventData<typeof SeatPlanRecorded>): Promise<void> {
    await tx.query('INSERT INTO plan_copy (plan_id, plan_version, seats) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      data.planId,
      data.version,
      JSON.stringify(data.seats),
    ]);
  }

  /**
   * The copy of the screening, its switchboard and the capacities of its allocations. Stopping a sale takes the
   * screening's lock exclusively: no checkout that has begun is still under way when the new state is committed.
   */
  async screening(tx: Tx, told: Received<typeof ScreeningRecorded>): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock(screening_lock($1))', [told.data.screeningId]);
    const data = await onSoldPlan(tx, told.data);
    const applied: unknown[] = await tx.query(
      `INSERT INTO screening_copy (screening_id, edition_id, version, state, starts_at, ends_at, data)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (screening_id) DO UPDATE SET version = excluded.version, state = excluded.state,
         starts_at = excluded.starts_at, ends_at = excluded.ends_at, data = excluded.data
       WHERE screening_copy.version < excluded.version RETURNING 1`,
      [data.screeningId, data.editionId, told.version, data.state, data.startsAt, data.endsAt, JSON.stringify(data)],
    );
    if (applied.length === 0) return false;
    await this.switchboard(tx, data);
    for (const allocation of data.allocations)
      await tx.query(
        `INSERT INTO usage_limit (id, capacity) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET capacity = greatest(excluded.capacity, usage_limit.used)`,
        [limitId(data.screeningId, allocation.id), allocation.capacity],
      );
    this.programme.forget(data.screeningId);
    return true;
  }

  private async switchboard(tx: Tx, data: ScreeningData): Promise<void> {
    await tx.query(
      `INSERT INTO inventory (screening_id, edition_id, plan_id, plan_version, on_sale, hold_store)
       VALUES ($1, $2, $3, $4, $5, coalesce((SELECT store FROM hold_store_state), 'redis'))
       ON CONFLICT (screening_id) DO UPDATE SET on_sale = excluded.on_sale, plan_id = excluded.plan_id,
         plan_version = excluded.plan_version,
         epoch = inventory.epoch + ((inventory.plan_id, inventory.plan_version) <> (excluded.plan_id, excluded.plan_version))::int`,
      [data.screeningId, data.editionId, data.planId, data.planVersion, data.state === 'on-sale'],
    );
  }
}

/**
 * What was claimed was claimed on a plan: a telling does not change it, a move does. Where nobody has claimed anything
 * the telling's plan is the plan.
 */
async function onSoldPlan(tx: Tx, data: ScreeningData): Promise<ScreeningData> {
  const [sold]: Pick<ScreeningData, 'planId' | 'planVersion'>[] = await tx.query(
    `SELECT plan_id AS "planId", plan_version AS "planVersion" FROM inventory i
      WHERE screening_id = $1 AND EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = i.screening_id)`,
    [data.screeningId],
  );
  return sold ? { ...data, ...sold } : data;
}
