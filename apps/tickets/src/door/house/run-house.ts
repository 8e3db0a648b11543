import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DoorRules as DoorRulesBody, PaperTicked, PaperTicks } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { Switchboards } from '../../inventory/seats/switchboards.js';
import { readAreaDoor } from '../scans/area-door.rules.js';
import { DoorRules } from '../scans/door-rules.js';
import { ScanStore } from '../scans/scan-store.js';
import { HouseQueries } from './house.queries.js';
import { conflictUnknown } from './house.refusals.js';

const PAPER_GATE = 'paper';

/** What the house manager does at a screening; every deed is in the audit log. */
@Injectable()
export class RunHouse {
  constructor(
    private readonly database: Database,
    private readonly house: HouseQueries,
    private readonly festival: FestivalClock,
    private readonly rules: DoorRules,
    private readonly scans: ScanStore,
    private readonly boards: Switchboards,
    private readonly map: SeatMap,
  ) {}

  async pauseSales(caller: Caller, screening: string, paused: boolean): Promise<void> {
    const { data } = await this.house.managed(caller, screening);
    if (readAreaDoor(data.screeningId)) throw screeningUnknown({ screening });
    await this.database.query(
      `WITH said AS (UPDATE inventory SET paused = $2 WHERE screening_id = $1)
       INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($3, 'sales.paused', $4, $5)`,
      [screening, paused, caller.id, screening, { paused }],
    );
    await this.boards.read(screening);
    this.map.touch(screening);
  }

  /** Nobody enters for the first time any more, until they are opened again. */
  async closeDoors(caller: Caller, screening: string, closed: boolean): Promise<void> {
    const facts = await this.house.managed(caller, screening);
    const at = closed ? await this.festival.now(facts.data.editionId) : null;
    await this.database.query(
      `WITH said AS (INSERT INTO door_state (screening_id, closed_at) VALUES ($1, $2)
                     ON CONFLICT (screening_id) DO UPDATE SET closed_at = excluded.closed_at)
       INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($3, 'doors.closed', $4, $5)`,
      [screening, at, caller.id, screening, { closed }],
    );
  }

  /** No gate has anything left: seats that nobody took may go, whatever a silent device may still say. */
  async confirmSync(caller: Caller, screening: string): Promise<void> {
    await this.house.managed(caller, screening);
    await this.database.query(
      `WITH said AS (INSERT INTO door_state (screening_id, release_confirmed_at, release_confirmed_by)
                     VALUES ($1, clock_timestamp(), $2)
                     ON CONFLICT (screening_id) DO UPDATE SET release_confirmed_at = excluded.release_confirmed_at,
                       release_confirmed_by = excluded.release_confirmed_by)
       INSERT INTO audit_entry (actor, action, subject) VALUES ($2, 'door-sync.confirmed', $3)`,
      [screening, caller.id, screening],
    );
  }

  /** @throws door-conflict-unknown */
  async settle(caller: Caller, screening: string, key: string, note: string): Promise<void> {
    const facts = await this.house.managed(caller, screening);
    const conflict = (await this.house.conflictsOf(facts)).find((one) => one.key === key);
    if (!conflict) throw conflictUnknown();
    await this.database.query(
      `WITH said AS (INSERT INTO conflict_settled (screening_id, key, note, settled_by) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (screening_id, key) DO UPDATE SET note = excluded.note, settled_by = excluded.settled_by)
       INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($4, 'door-conflict.settled', $5, $6)`,
      [
        screening,
        key,
        note,
        caller.id,
        screening,
        { kind: conflict.kind, scans: conflict.scans.map(({ scanId }) => scanId) },
      ],
    );
  }

  async setRules(caller: Caller, screening: string, rules: DoorRulesBody): Promise<void> {
    const facts = await this.house.managed(caller, screening);
    await this.rules.set(caller, facts.data.editionId, screening, rules);
  }

  /** Ticks of the printed list, as entries of a device of paper: the same tick twice is one entry. */
  async typeTicks(caller: Caller, screening: string, { ticks, at }: PaperTicks): Promise<PaperTicked> {
    const facts = await this.house.managed(caller, screening);
    const listed = await this.house.paperRows(screening);
    const device = await this.paperDevice(facts);
    const now = await this.festival.now(facts.data.editionId);
    const when = at && new Date(at) < now ? new Date(at) : now;
    const done: PaperTicked = { stored: 0, repeated: 0, unknown: [] };
    for (const { row, seat, last4 } of ticks) {
      const person = listed.find(
        (one) =>
          one.row === row.trim() && one.seat === seat.trim() && (!last4 || one.serial.endsWith(last4.toLowerCase())),
      );
      if (!person) {
        done.unknown.push({ row, seat });
        continue;
      }
      const { outcome } = await this.scans.store({
        id: tickId(screening, person.serial),
        device,
        screening,
        gate: PAPER_GATE,
        serial: person.serial,
        verdict: 'ok',
        letIn: true,
        direction: 'in',
        deviceAt: when.toISOString(),
        festivalAt: when.toISOString(),
        answer: { verdict: 'ok', admitted: 'yes' },
        late: true,
      });
      if (outcome === 'stored') done.stored += 1;
      else done.repeated += 1;
    }
    return done;
  }

  private async paperDevice({ data }: ScreeningFacts): Promise<string> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO device (id, edition_id, name, gate, state, paper) VALUES ($1, $2, $3, $3, 'paired', true)
       ON CONFLICT (edition_id, gate) WHERE paper DO UPDATE SET name = excluded.name RETURNING id`,
      [newId(), data.editionId, PAPER_GATE],
    );
    return row!.id;
  }
}

/** One tick per serial and screening: typed in again it is the same scan. */
function tickId(screening: string, serial: string): string {
  const hex = createHash('sha256').update(`paper:${screening}:${serial}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
