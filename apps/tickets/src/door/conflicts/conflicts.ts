import { Injectable } from '@nestjs/common';
import type { DoorConflict } from '#libs/contracts';
import { Database } from '#libs/persistence';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { CLOCK_OFF_MS } from '../devices/device.rules.js';
import { AREA_HOLDS, readAreaDoor } from '../scans/area-door.rules.js';
import { DoorRules } from '../scans/door-rules.js';
import { type Conflict, type ConflictFacts, conflictsOf, type Passage } from './conflict.rules.js';

interface Row {
  id: string;
  /** The scan of a group's code that this person went by. */
  parent: string | null;
  serial: string;
  group: string | null;
  at: string;
  direction: 'in' | 'out';
  overridden: boolean;
  unproven: boolean;
  gate: string;
  device: string;
  offline: boolean;
  clockOffsetMs: number | null;
  row: string | null;
  seat: string | null;
}

interface Read {
  passages: Row[];
  endings: { serial: string; at: string | null; as: string }[];
  groups: { serial: string; size: number }[];
  seated: number;
  settled: { key: string; note: string; by: string; at: string }[];
}

/** What the gates of a screening let in and what does not fit, read afresh each time. */
@Injectable()
export class Conflicts {
  constructor(
    private readonly database: Database,
    private readonly rules: DoorRules,
  ) {}

  async of(facts: ScreeningFacts): Promise<DoorConflict[]> {
    const { screeningId, editionId } = facts.data;
    const [row] = await this.database.hot<{ read: Read }>('door-conflicts', 'SELECT door_conflicts($1) AS read', [
      screeningId,
    ]);
    const { read } = row!;
    const rules = await this.rules.of(editionId, screeningId);
    const area = readAreaDoor(screeningId) !== undefined;
    const found = conflictsOf(read.passages.map(passageOf), {
      reentry: rules.reentry ?? (area ? 'always' : 'none'),
      capacity: rules.capacity ?? (area ? AREA_HOLDS : facts.seats.length),
      seated: read.seated,
      endings: endingsOf(read),
      groupSizes: new Map(read.groups.map(({ serial, size }) => [serial, size])),
    });
    const rows = new Map(read.passages.map((one) => [one.id, one]));
    return found.map((conflict) => shownOf(conflict, rows, read));
  }
}

function passageOf({ id, parent, serial, group, at, direction, overridden, unproven }: Row): Passage {
  return {
    scanId: id,
    serial,
    ...(group && { group }),
    at: Date.parse(at),
    direction,
    overridden,
    // A group's members went by one scan: it is told once.
    ...(unproven && !parent && { unproven }),
  };
}

function endingsOf({ endings }: Read): ConflictFacts['endings'] {
  return new Map(
    endings.map(({ serial, at, as }) => [serial, { at: at ? Date.parse(at) : Number.NEGATIVE_INFINITY, as }]),
  );
}

function shownOf(conflict: Conflict, rows: ReadonlyMap<string, Row>, { settled }: Read): DoorConflict {
  const people = conflict.scanIds.map((id) => rows.get(id)!);
  const scans = [...new Map(people.map((one) => [one.parent ?? one.id, one])).values()];
  const seat = conflict.kind === 'over-capacity' ? undefined : scans.find((one) => one.seat);
  const told = settled.find(({ key }) => key === conflict.key);
  return {
    key: conflict.key,
    kind: conflict.kind,
    ...(seat?.row && { row: seat.row }),
    ...(seat?.seat && { seat: seat.seat }),
    ...(conflict.serial && { last4: conflict.serial.slice(-4) }),
    ...(conflict.endedAs && { endedAs: conflict.endedAs }),
    ...(conflict.endedAt !== undefined && { endedAt: new Date(conflict.endedAt).toISOString() }),
    ...(conflict.over !== undefined && { over: conflict.over }),
    scans: scans.map(({ id, parent, at, gate, device, offline, clockOffsetMs }) => ({
      scanId: parent ?? id,
      at: new Date(at).toISOString(),
      gate,
      device,
      offline,
      clockOff: Math.abs(clockOffsetMs ?? 0) > CLOCK_OFF_MS,
    })),
    settled: told ? { by: told.by, at: new Date(told.at).toISOString(), note: told.note } : null,
  };
}
