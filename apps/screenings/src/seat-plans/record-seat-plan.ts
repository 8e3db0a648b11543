import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { event, SeatPlanRecorded, type SeatPlanReport } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { changedMeanwhile } from '#libs/service-defaults';
import { SeatPlanRow } from './seat-plan.entity.js';
import { planOfOtherHall } from './seat-plan.refusals.js';
import { type Plan, seatsOf } from './seat-plan.rules.js';

interface RecordPlan {
  id: string;
  hallId: string;
  plan: Plan;
  /** The file it came in; null where it did not come from pretix. */
  source: unknown;
  /** The newest version that its maker knew. */
  seen?: number;
}

export interface RecordedPlan {
  version: number;
  outcome: SeatPlanReport['outcome'];
  seats: number;
}

/** Stores the next version of a plan and tells it, seat by seat, before any screening that uses it. */
@Injectable()
export class RecordSeatPlan {
  constructor(private readonly outbox: Outbox) {}

  /**
   * A plan that says what the newest version says makes no new one.
   * @throws seat-plan-of-other-hall, changed-meanwhile where `seen` is not the newest version
   */
  async within(tx: Tx, { seen, ...command }: RecordPlan): Promise<RecordedPlan> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [command.id]);
    const newest = await tx.findOne(SeatPlanRow, { where: { id: command.id }, order: { version: 'DESC' } });
    if (newest && newest.hallId !== command.hallId)
      throw planOfOtherHall({ planId: command.id, hallId: newest.hallId });
    if (seen !== undefined && seen !== (newest?.version ?? 0)) throw changedMeanwhile({ version: newest?.version });
    const seats = seatsOf(command.plan);
    const print = printOf(command);
    if (newest?.print === print) return { version: newest.version, outcome: 'unchanged', seats: seats.length };
    const row = tx.create(SeatPlanRow, { ...command, print, version: (newest?.version ?? 0) + 1, seats: seats.length });
    await tx.insert(SeatPlanRow, row as never);
    const data = {
      planId: row.id,
      version: row.version,
      hallId: row.hallId,
      ...(command.plan.admission ? { admission: command.plan.admission } : {}),
      seats: seats.map(({ id, row: name, number, category, kind, companionOf, x, y }) => ({
        id,
        row: name,
        number,
        category,
        kind,
        ...(companionOf ? { companionOf } : {}),
        x: Math.round(x),
        y: Math.round(y),
      })),
    };
    await this.outbox.append(tx, event(SeatPlanRecorded, { aggregate: row.id, version: row.version, data }));
    return { version: row.version, outcome: newest ? 'changed' : 'created', seats: seats.length };
  }
}

/** Tells a second import that nothing changed, neither what is sold nor what only an editor needs. */
function printOf({ plan, hallId, source }: { plan: Plan; hallId: string; source: unknown }): string {
  return createHash('sha256').update(JSON.stringify({ plan, hallId, source })).digest('base64url');
}
