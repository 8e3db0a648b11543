import { Injectable } from '@nestjs/common';
import type { DoorConflict, HoldersFound, HouseDevice, HouseList, HousePage, PaperList } from '#libs/contracts';
import { after, MINUTE } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { Conflicts } from '../conflicts/conflicts.js';
import { RushQueries } from '../rush/rush.queries.js';
import { RushRules } from '../rush/rush-rules.js';
import { DoorPlaces } from '../scans/door-places.js';
import { DoorRules } from '../scans/door-rules.js';
import { Doors } from '../scans/doors.js';

interface House {
  noShows: number;
  gates: HousePage['gates'];
  devices: HouseDevice[];
  quarantined: number;
  waitingFor: string[];
  confirmedAt: string | null;
  paused: boolean;
  closedAt: string | null;
}

/** From this share of the hall on the page sounds the alarm. */
const NEAR = 0.95;
const BEFORE_MS = 12 * 60 * MINUTE;
const AHEAD_MS = 24 * 60 * MINUTE;

/** What whoever runs the house sees of a screening, live. */
@Injectable()
export class HouseQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly places: DoorPlaces,
    private readonly festival: FestivalClock,
    private readonly doors: Doors,
    private readonly rules: DoorRules,
    private readonly conflicts: Conflicts,
    private readonly rush: RushQueries,
    private readonly rushRules: RushRules,
  ) {}

  /** The screening, for somebody who manages its house. @throws screening-unknown, role-needed */
  async managed(caller: Caller, screening: string): Promise<ScreeningFacts> {
    const facts = await this.places.of(screening);
    if (!facts) throw screeningUnknown({ screening });
    if (!hasRole(caller, 'house-manager', facts.data.editionId)) throw roleNeeded();
    return facts;
  }

  /** @throws role-needed */
  async list(caller: Caller, edition: string): Promise<HouseList> {
    if (!hasRole(caller, 'house-manager', edition)) throw roleNeeded();
    const now = await this.festival.now(edition);
    const rows = await this.database.query<{ id: string; devices: number }>(
      `SELECT s.screening_id AS id, (SELECT count(*)::int FROM device d WHERE d.list_screening = s.screening_id AND d.state = 'paired') AS devices
         FROM screening_copy s
        WHERE s.edition_id = $1 AND s.state <> 'cancelled' AND s.ends_at > $2 AND s.starts_at < $3
        ORDER BY s.starts_at, s.screening_id LIMIT 60`,
      [edition, after(now, -BEFORE_MS), after(now, AHEAD_MS)],
    );
    const known = await Promise.all(rows.map(({ id }) => this.programme.screening(id)));
    const facts = [...known.filter((one) => one !== undefined), ...(await this.areas(edition, now))];
    const doors = await this.doors.counted(facts, now);
    const open = await Promise.all(facts.map((one) => this.openConflicts(one, now)));
    return {
      festivalTime: now.toISOString(),
      screenings: doors.map(({ id, title, hall, startsAt, doorsOpenAt, timezone, admitted, expected }, i) => ({
        id,
        title,
        hall,
        startsAt,
        doorsOpenAt,
        timezone,
        admitted,
        expected,
        conflicts: open[i]!,
        devices: rows.find((row) => row.id === id)?.devices ?? 0,
      })),
    };
  }

  /** Areas that a gate of this edition leads to, today. */
  private async areas(edition: string, now: Date): Promise<ScreeningFacts[]> {
    const rows = await this.database.query<{ letter: string }>(
      `SELECT DISTINCT jsonb_array_elements_text(scope->'areas') AS letter FROM device
        WHERE edition_id = $1 AND state = 'paired' AND valid_until > clock_timestamp() AND scope->'screenings' = '[]' ORDER BY 1`,
      [edition],
    );
    const doors = await this.places.areas(
      edition,
      rows.map(({ letter }) => letter),
      now,
    );
    return doors.filter(({ data }) => new Date(data.startsAt) <= now);
  }

  async page(caller: Caller, screening: string): Promise<HousePage> {
    const facts = await this.managed(caller, screening);
    const { editionId, startsAt } = facts.data;
    const now = await this.festival.now(editionId);
    const [row] = await this.database.query<{ house: House }>('SELECT door_house($1) AS house', [screening]);
    const { house } = row!;
    const [door] = await this.doors.counted([facts], now);
    const line = await this.rush.line(screening);
    const { releaseMinutes } = await this.rushRules.of(editionId);
    return {
      festivalTime: now.toISOString(),
      screening: door!,
      rules: await this.rules.own(editionId, screening),
      noShows: house.noShows,
      rush: {
        waiting: line.waiting,
        admitted: line.numbers.filter(({ state }) => state === 'admitted').length,
        free: line.free,
        next: line.next,
      },
      gates: house.gates.map((gate) => ({ ...gate, lastAt: iso(gate.lastAt) })),
      devices: house.devices.map((device) => ({ ...device, seenAt: iso(device.seenAt), listAt: iso(device.listAt) })),
      conflicts: await this.conflicts.of(facts),
      quarantined: house.quarantined,
      alarm: alarmOf(door!.capacity),
      salesPaused: house.paused,
      doorsClosedAt: iso(house.closedAt),
      release: {
        at: after(new Date(startsAt), -releaseMinutes * MINUTE).toISOString(),
        waitingFor: house.waitingFor,
        confirmedAt: iso(house.confirmedAt),
      },
    };
  }

  /** For the printer: seats, the ends of serials, classes. */
  async paper(caller: Caller, screening: string): Promise<PaperList> {
    const facts = await this.managed(caller, screening);
    const [door] = await this.doors.counted([facts], await this.festival.now(facts.data.editionId));
    const rows = await this.paperRows(screening);
    return { screening: door!, rows: rows.map(({ serial, ...row }) => ({ ...row, last4: serial.slice(-4) })) };
  }

  /** Seats of people who were found by name. */
  async holders(caller: Caller, screening: string, people: string[]): Promise<HoldersFound> {
    await this.managed(caller, screening);
    const rows = await this.database.query<HoldersFound['holders'][number] & { serial: string }>(
      `SELECT h.*, door_entry($1, h.serial) IS NOT NULL AS entered FROM (
         SELECT coalesce(t.holder_id, o.person_id) AS "personId", l.row_label AS row, l.seat_label AS seat, t.serial
           FROM ticket t JOIN orders o ON o.id = t.order_id JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
          WHERE t.screening_id = $1 AND t.state = 'live' AND coalesce(t.holder_id, o.person_id) = ANY ($2)
         UNION ALL
         SELECT k.person_id, k.row_label, k.seat_label, c.serial
           FROM booking k JOIN badge_copy c ON c.accreditation_id = k.accreditation_id AND c.state = 'live'
          WHERE k.screening_id = $1 AND k.state IN ('booked', 'used') AND k.person_id = ANY ($2)) h
        ORDER BY h.row, length(h.seat), h.seat LIMIT 60`,
      [screening, people],
    );
    return { holders: rows.map(({ serial, ...row }) => ({ ...row, last4: serial.slice(-4) })) };
  }

  async paperRows(screening: string): Promise<PaperRow[]> {
    const [row] = await this.database.query<{ rows: PaperRow[] }>('SELECT door_paper($1) AS rows', [screening]);
    return row!.rows;
  }

  async conflictsOf(facts: ScreeningFacts): Promise<DoorConflict[]> {
    return this.conflicts.of(facts);
  }

  /** Nobody has clashed before doors opened. */
  private async openConflicts(facts: ScreeningFacts, now: Date): Promise<number> {
    if (now < new Date(facts.data.doorsOpenAt)) return 0;
    return (await this.conflicts.of(facts)).filter(({ settled }) => !settled).length;
  }
}

export interface PaperRow {
  row: string;
  seat: string;
  serial: string;
  class: PaperList['rows'][number]['class'];
  entered: boolean;
}

function alarmOf({ of, inside }: { of: number; inside: number }): HousePage['alarm'] {
  if (inside > of) return 'over';
  return of > 0 && inside >= of * NEAR ? 'near' : null;
}

function iso(at: string | null): string | null {
  return at && new Date(at).toISOString();
}
