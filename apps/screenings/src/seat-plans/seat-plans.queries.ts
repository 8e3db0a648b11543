import { Injectable } from '@nestjs/common';
import type { PlanGeometry, PlanSeat } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { writePretix } from './pretix.rules.js';
import { SeatPlanRow } from './seat-plan.entity.js';
import { planUnknown } from './seat-plan.refusals.js';
import type { SeatKind } from './seat-plan.rules.js';

const KINDS: SeatKind[] = ['seat', 'wheelchair', 'companion'];
const KEPT = 200;

export function geometryOf(row: SeatPlanRow): PlanGeometry {
  const { plan } = row;
  const categories = plan.categories.map((category) => category.name);
  return {
    planId: row.id,
    version: row.version,
    hallId: row.hallId,
    name: plan.name,
    width: plan.width,
    height: plan.height,
    pitch: plan.pitch,
    categories,
    screen: plan.screen,
    zones: plan.zones.map((zone) => ({
      name: zone.name,
      label: zone.label,
      rows: zone.rows.map(({ row: name, seats }) => ({
        row: name,
        seats: seats.map(
          (seat): PlanSeat => [
            seat.id,
            seat.number,
            seat.x,
            seat.y,
            categories.indexOf(seat.category),
            KINDS.indexOf(seat.kind),
            seat.companionOf ?? '',
          ],
        ),
      })),
    })),
  };
}

@Injectable()
export class SeatPlansQueries {
  /** Versions never change, so their bytes are made once. */
  private readonly bytes = new Map<string, Buffer>();

  constructor(private readonly database: Database) {}

  async geometry(id: string, version: number): Promise<Buffer> {
    const key = `${id}/${version}`;
    const known = this.bytes.get(key);
    if (known) return known;
    const row = await this.database.source.manager.findOneBy(SeatPlanRow, { id, version });
    if (!row) throw planUnknown({ planId: id, version });
    const made = Buffer.from(JSON.stringify(geometryOf(row)));
    if (this.bytes.size >= KEPT) this.bytes.clear();
    this.bytes.set(key, made);
    return made;
  }

  /** The newest version as pretix reads it. */
  async pretix(id: string): Promise<unknown> {
    const row = await this.database.source.manager.findOne(SeatPlanRow, { where: { id }, order: { version: 'DESC' } });
    if (!row) throw planUnknown({ planId: id });
    return writePretix(row.plan);
  }
}
