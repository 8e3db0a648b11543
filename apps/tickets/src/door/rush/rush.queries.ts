import { Injectable } from '@nestjs/common';
import type { RushDesk, RushLine, RushLines, RushNumber } from '#libs/contracts';
import { after, HOUR, MINUTE } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { deviceNotHere } from '../devices/device.refusals.js';
import { worksAt } from '../devices/device.rules.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';
import { RushRules } from './rush-rules.js';

const SOON_MS = 4 * HOUR;

@Injectable()
export class RushQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly devices: Devices,
    private readonly festival: FestivalClock,
    private readonly rules: RushRules,
  ) {}

  /** The device and the screening that it works at. @throws screening-unknown, device-not-here */
  async at(caller: Caller, screening: string): Promise<{ device: PairedDeviceRow; facts: ScreeningFacts }> {
    const device = await this.devices.byId(caller.id);
    const facts = await this.programme.screening(screening);
    if (facts?.data.editionId !== device.edition) throw screeningUnknown({ screening });
    if (!worksAt(device.scope, { screeningId: screening, hallId: facts.data.hall.id })) throw deviceNotHere();
    return { device, facts };
  }

  /** Who may work the line: a gate of the screening, or its house managers and cashiers. @throws screening-unknown, device-not-here, role-needed */
  async mayWork(caller: Caller, screening: string): Promise<ScreeningFacts> {
    if (caller.kind === 'device') return (await this.at(caller, screening)).facts;
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    const { editionId } = facts.data;
    if (!hasRole(caller, 'house-manager', editionId) && !hasRole(caller, 'box-office', editionId)) throw roleNeeded();
    return facts;
  }

  /** @throws role-needed */
  async soon(caller: Caller, edition: string): Promise<RushLines> {
    if (!hasRole(caller, 'house-manager', edition) && !hasRole(caller, 'box-office', edition)) throw roleNeeded();
    const now = await this.festival.now(edition);
    const rows = await this.database.query<{ id: string; waiting: number }>(
      `SELECT s.screening_id AS id,
              (SELECT count(*)::int FROM rush_number r WHERE r.screening_id = s.screening_id AND r.state = 'waiting') AS waiting
         FROM screening_copy s
        WHERE s.edition_id = $1 AND s.state <> 'cancelled' AND s.ends_at > $2 AND s.starts_at < $3
        ORDER BY s.starts_at, s.screening_id LIMIT 60`,
      [edition, now, after(now, SOON_MS)],
    );
    const known = await Promise.all(
      rows.map(async ({ id, waiting }) => ({ waiting, facts: await this.programme.screening(id) })),
    );
    return {
      festivalTime: now.toISOString(),
      lines: known.flatMap(({ waiting, facts }) => {
        if (!facts) return [];
        const { screeningId, title, hall, startsAt, timezone } = facts.data;
        return [{ screeningId, title, hall: hall.name, startsAt, timezone, waiting }];
      }),
    };
  }

  /** The line with what decides about it: when seats are released, and which gates that still waits for. */
  async desk(caller: Caller, screening: string): Promise<RushDesk> {
    const { data } = await this.mayWork(caller, screening);
    const [row] = await this.database.query<{ waitingFor: string[]; confirmedAt: Date | null }>(
      `SELECT door_waits_for($1) AS "waitingFor",
              (SELECT release_confirmed_at FROM door_state WHERE screening_id = $1) AS "confirmedAt"`,
      [screening],
    );
    const { releaseMinutes } = await this.rules.of(data.editionId);
    return {
      line: await this.line(screening),
      title: data.title,
      hall: data.hall.name,
      timezone: data.timezone,
      festivalTime: (await this.festival.now(data.editionId)).toISOString(),
      opensAt: after(new Date(data.startsAt), -releaseMinutes * MINUTE).toISOString(),
      startsAt: data.startsAt,
      endsAt: data.endsAt,
      waitingFor: row!.waitingFor,
      confirmedAt: row!.confirmedAt?.toISOString() ?? null,
    };
  }

  async line(screening: string): Promise<RushLine> {
    const [row] = await this.database.query<{ free: number; released: number; numbers: RushNumber[] }>(
      `SELECT (SELECT count(*)::int FROM inventory i JOIN plan_copy p USING (plan_id, plan_version), jsonb_array_elements(p.seats) AS x(seat)
                WHERE i.screening_id = $1 AND x.seat->>'kind' = 'seat'
                  AND NOT EXISTS (SELECT 1 FROM seat_claim c WHERE c.screening_id = $1 AND c.seat_id = x.seat->>'id')) AS free,
              (SELECT count(*)::int FROM booking WHERE screening_id = $1 AND state = 'released')
            + (SELECT count(*)::int FROM ticket WHERE screening_id = $1 AND ended_as = 'released') AS released,
              (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'number', number, 'state', state, 'row', row_label, 'seat', seat_label)
                      ORDER BY number), '[]') FROM rush_number WHERE screening_id = $1) AS numbers`,
      [screening],
    );
    const { free, released, numbers } = row!;
    const waiting = numbers.filter((one) => one.state === 'waiting');
    return {
      screeningId: screening,
      free,
      released,
      waiting: waiting.length,
      next: waiting[0]?.number ?? null,
      numbers,
    };
  }
}
