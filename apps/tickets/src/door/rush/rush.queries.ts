import { Injectable } from '@nestjs/common';
import type { RushLine, RushNumber } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { deviceNotHere } from '../devices/device.refusals.js';
import { worksAt } from '../devices/device.rules.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';

@Injectable()
export class RushQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly devices: Devices,
  ) {}

  /** The device and the screening that it works at. @throws screening-unknown, device-not-here */
  async at(caller: Caller, screening: string): Promise<{ device: PairedDeviceRow; facts: ScreeningFacts }> {
    const device = await this.devices.byId(caller.id);
    const facts = await this.programme.screening(screening);
    if (facts?.data.editionId !== device.edition) throw screeningUnknown({ screening });
    if (!worksAt(device.scope, { screeningId: screening, hallId: facts.data.hall.id })) throw deviceNotHere();
    return { device, facts };
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
