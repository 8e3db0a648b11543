import { Injectable } from '@nestjs/common';
import type {
  PlanGeometry,
  PlanSeat,
  ScreeningState,
  SeatPlanExportQuery,
  SeatPlanList,
  SeatPlanVersions,
} from '#libs/contracts';
import type { LocalText } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { HallRow } from '../venues/venue.entity.js';
import { writeGrid } from './grid.rules.js';
import { writePretix } from './pretix-writing.rules.js';
import { SeatPlanRow } from './seat-plan.entity.js';
import { hallMissing, planNotNumbered, planUnknown } from './seat-plan.refusals.js';
import { type SeatKind, seatsOf } from './seat-plan.rules.js';

const KINDS: SeatKind[] = ['seat', 'wheelchair', 'companion'];
const KEPT = 200;

interface UserOfPlan {
  id: string;
  edition_id: string;
  title: LocalText;
  starts_at: Date;
  state: ScreeningState;
  plan_version: number;
  timezone: string;
}

export function geometryOf(row: SeatPlanRow): PlanGeometry {
  const { plan } = row;
  const categories = plan.categories.map((category) => category.name);
  return {
    planId: row.id,
    version: row.version,
    hallId: row.hallId,
    name: plan.name,
    ...(plan.admission ? { admission: plan.admission } : {}),
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

  /** A version as pretix reads it, in the generation it came in unless another is asked for. */
  async pretix(id: string, { version, generation }: SeatPlanExportQuery): Promise<unknown> {
    const row = await this.numbered(id, version);
    return writePretix(row.plan, row.source, generation);
  }

  async grid(id: string, version?: number): Promise<string> {
    return writeGrid((await this.numbered(id, version)).plan);
  }

  async ofHall(hallId: string): Promise<SeatPlanList> {
    const manager = this.database.source.manager;
    if (!(await manager.existsBy(HallRow, { id: hallId }))) throw hallMissing({ hallId });
    return (await this.newest({ hallId })).map(({ hallId: _, ...plan }) => plan);
  }

  /** The newest version of every plan, of one hall or of all. */
  async newest(where: { hallId?: string } = {}): Promise<(SeatPlanList[number] & { hallId: string })[]> {
    const rows = await this.database.source.manager.find(SeatPlanRow, { where, order: { id: 'ASC', version: 'DESC' } });
    return rows
      .filter((row, i) => row.id !== rows[i - 1]?.id)
      .map(({ id, hallId, version, plan, seats }) => ({
        planId: id,
        hallId,
        version,
        name: plan.name,
        admission: plan.admission ?? 'numbered',
        seats,
        categories: plan.categories.map((category) => category.name),
        wheelchairPlaces: seatsOf(plan).filter((seat) => seat.kind === 'wheelchair').length,
      }));
  }

  /** Every version of a plan, the newest first, with the screenings that sit by it. @throws seat-plan-unknown */
  async versions(id: string): Promise<SeatPlanVersions> {
    const rows = await this.database.source.manager.find(SeatPlanRow, { where: { id }, order: { version: 'DESC' } });
    if (rows.length === 0) throw planUnknown({ planId: id });
    const times = await this.database.query<{ version: number; at: Date }>(
      'SELECT version, recorded_at AS at FROM seat_plan WHERE id = $1',
      [id],
    );
    const users = await this.database.query<UserOfPlan>(
      `SELECT s.id, s.edition_id, s.data->'title' AS title, s.starts_at, s.state, s.plan_version, v.timezone
         FROM screening s JOIN hall h ON h.id = s.hall_id JOIN venue v ON v.id = h.venue_id
        WHERE s.plan_id = $1 ORDER BY s.starts_at, s.id`,
      [id],
    );
    return rows.map(({ version, hallId, seats, plan }) => {
      const all = seatsOf(plan);
      return {
        version,
        hallId,
        seats,
        recordedAt: times.find((row) => row.version === version)!.at.toISOString(),
        name: plan.name,
        categories: plan.categories.map(({ name }) => ({
          name,
          seats: all.filter((seat) => seat.category === name).length,
        })),
        wheelchairPlaces: all.filter((seat) => seat.kind === 'wheelchair').length,
        companionPlaces: all.filter((seat) => seat.kind === 'companion').length,
        screenings: users
          .filter((user) => user.plan_version === version)
          .map((user) => ({
            id: user.id,
            editionId: user.edition_id,
            title: user.title,
            startsAt: user.starts_at.toISOString(),
            timezone: user.timezone,
            state: user.state,
          })),
      };
    });
  }

  private async numbered(id: string, version?: number): Promise<SeatPlanRow> {
    const row = await this.database.source.manager.findOne(SeatPlanRow, {
      select: { id: true, version: true, plan: true as never, source: true as never },
      where: { id, ...(version ? { version } : {}) },
      order: { version: 'DESC' },
    });
    if (!row) throw planUnknown({ planId: id, version });
    if (row.plan.admission === 'general') throw planNotNumbered({ planId: id });
    return row;
  }
}
