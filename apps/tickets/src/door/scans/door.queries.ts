import { Injectable } from '@nestjs/common';
import type { DoorScreenings } from '#libs/contracts';
import { after, HOUR } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import { Devices } from '../devices/devices.js';

const SOON_MS = 4 * HOUR;

@Injectable()
export class DoorQueries {
  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly festival: FestivalClock,
  ) {}

  async screenings(deviceId: string): Promise<DoorScreenings> {
    const device = await this.devices.byId(deviceId);
    const now = await this.festival.now(device.edition);
    const rows = await this.database.hot<{ data: ScreeningData; admitted: string; expected: string }>(
      'door-screenings',
      `SELECT s.data,
              (SELECT count(*) FROM scan WHERE screening_id = s.screening_id AND verdict = 'ok')
            + (SELECT count(*) FROM rush_number WHERE screening_id = s.screening_id AND state = 'admitted') AS admitted,
              (SELECT count(*) FROM seat_claim WHERE screening_id = s.screening_id AND owner_kind IN ('order', 'booking')) AS expected
         FROM screening_copy s
        WHERE s.edition_id = $1 AND s.state <> 'cancelled' AND s.ends_at > $2 AND s.starts_at < $3
        ORDER BY s.starts_at, s.screening_id LIMIT 60`,
      [device.edition, now, after(now, SOON_MS)],
    );
    return {
      festivalTime: now.toISOString(),
      screenings: rows.map(({ data, admitted, expected }) => ({
        id: data.screeningId,
        title: data.title,
        startsAt: data.startsAt,
        doorsOpenAt: data.doorsOpenAt,
        lateEntryUntil: data.lateEntryUntil,
        timezone: data.timezone,
        hall: data.hall.name,
        admitted: Number(admitted),
        expected: Number(expected),
      })),
    };
  }
}
