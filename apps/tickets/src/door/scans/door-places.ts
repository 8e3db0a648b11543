import { Injectable } from '@nestjs/common';
import { after, HOUR } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { deviceNotHere } from '../devices/device.refusals.js';
import { type DeviceScope, isAreaGate, worksAt } from '../devices/device.rules.js';
import type { PairedDeviceRow } from '../devices/devices.js';
import { areaDay, areaFacts, readAreaDoor } from './area-door.rules.js';

/** A door of tomorrow is told so long before its day begins. */
const SOON_MS = 4 * HOUR;

/** Whatever has a door: screenings, and access areas day by day. */
@Injectable()
export class DoorPlaces {
  private readonly zones = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
  ) {}

  async of(id: string): Promise<ScreeningFacts | undefined> {
    const door = readAreaDoor(id);
    if (!door) return this.programme.screening(id);
    const zone = await this.zone(door.editionId);
    return zone === undefined ? undefined : areaFacts(door, zone);
  }

  /** For a device that works there. @throws screening-unknown, device-not-here */
  async at(device: PairedDeviceRow, id: string): Promise<ScreeningFacts> {
    const facts = await this.of(id);
    if (facts?.data.editionId !== device.edition) throw screeningUnknown({ screening: id });
    if (!worksAt(device.scope, placeOf(facts))) throw deviceNotHere();
    return facts;
  }

  /** The doors of today, and of the day that begins soon, of a gate that leads to areas alone. */
  async areasOf(edition: string, scope: DeviceScope, now: Date): Promise<ScreeningFacts[]> {
    return isAreaGate(scope) ? this.areas(edition, scope.areas ?? [], now) : [];
  }

  async areas(edition: string, letters: readonly string[], now: Date): Promise<ScreeningFacts[]> {
    const zone = letters.length > 0 ? await this.zone(edition) : undefined;
    if (zone === undefined) return [];
    const days = new Set([now, after(now, SOON_MS)].map((at) => areaDay(at, zone)));
    return [...days].flatMap((day) => letters.map((letter) => areaFacts({ editionId: edition, letter, day }, zone)));
  }

  private async zone(edition: string): Promise<string | undefined> {
    const known = this.zones.get(edition);
    if (known) return known;
    const [row] = await this.database.hot<{ zone: string }>(
      'edition-zone',
      'SELECT timezone AS zone FROM edition_copy WHERE edition_id = $1',
      [edition],
    );
    if (row) this.zones.set(edition, row.zone);
    return row?.zone;
  }
}

/** A door as a device's scope names it. */
export function placeOf({ data }: ScreeningFacts): { screeningId: string; hallId: string; area?: string } {
  const area = readAreaDoor(data.screeningId)?.letter;
  return { screeningId: data.screeningId, hallId: data.hall.id, ...(area && { area }) };
}
