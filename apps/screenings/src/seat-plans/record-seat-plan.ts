import { Injectable } from '@nestjs/common';
import { event, SeatPlanRecorded } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { SeatPlanRow } from './seat-plan.entity.js';
import { type Plan, seatsOf } from './seat-plan.rules.js';

/** Stores the next version of a plan and tells it, seat by seat, before any screening that uses it. */
@Injectable()
export class RecordSeatPlan {
  constructor(private readonly outbox: Outbox) {}

  async within(tx: Tx, command: { id: string; hallId: string; plan: Plan; print: string }): Promise<SeatPlanRow> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [command.id]);
    const newest = await tx.findOne(SeatPlanRow, { where: { id: command.id }, order: { version: 'DESC' } });
    const seats = seatsOf(command.plan);
    const row = tx.create(SeatPlanRow, { ...command, version: (newest?.version ?? 0) + 1, seats: seats.length });
    await tx.insert(SeatPlanRow, row);
    const data = {
      planId: row.id,
      version: row.version,
      hallId: row.hallId,
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
    return row;
  }
}
