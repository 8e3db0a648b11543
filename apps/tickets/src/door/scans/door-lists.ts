import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { importListKey, type ListEntry, type Listed, ListWriter, listKeyOf } from '#libs/admission-code';
import type { DoorList } from '#libs/contracts';
import { newCode } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import type { ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';
import type { TicketsSettings } from '../../settings.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';
import { AloneShares } from './alone-shares.js';
import { areaHolder, readAreaDoor } from './area-door.rules.js';
import { DoorPlaces } from './door-places.js';
import { Doors } from './doors.js';
import {
  type AloneShare,
  aloneOf,
  type BadgeAtDoor,
  badgeHolder,
  type TicketAtDoor,
  ticketHolder,
} from './holder.rules.js';

interface Rows {
  tickets: TicketAtDoor[];
  groups: { serial: string; members: string[] }[];
  badges: (BadgeAtDoor & { serial: string })[];
  inside: number;
  closedAt: string | null;
}

interface Snapshot {
  version: string;
  entries: Map<string, string>;
}

/** How many versions of lists this process remembers: whoever has an older one gets the whole list. */
const REMEMBERED = 60;

/** Keys of serials are worked out once: gates ask for their lists all evening. */
const KEPT_KEYS = 60_000;

/** The list of a screening for its gates: whole, or what changed since a version. It names nobody. */
@Injectable()
export class DoorLists {
  private readonly snapshots = new Map<string, Snapshot>();
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly places: DoorPlaces,
    private readonly festival: FestivalClock,
    private readonly doors: Doors,
    private readonly shares: AloneShares,
    private readonly codes: AdmissionCodes,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws screening-unknown, device-not-here */
  async of(caller: Caller, screeningId: string, since?: string): Promise<DoorList> {
    const device = await this.devices.byId(caller.id);
    const facts = await this.places.at(device, screeningId);
    const machine = new Date();
    const at = await this.festival.now(device.edition);
    const rows = await this.rows(facts, at);
    const listKey = this.listKey(screeningId);
    const writer = new ListWriter();
    const entries = await this.entries(writer, rows, facts, at, listKey, await this.gatesOf(screeningId));
    await this.noteList(device, screeningId, machine);
    const [screening] = await this.doors.counted([facts], at, device);
    return {
      ...this.since(`${screeningId} ${device.id}`, entries, since),
      at: machine.toISOString(),
      festivalTime: at.toISOString(),
      screening: screening!,
      keys: await this.codes.publicKeys(),
      listKey,
      ...writer.tables,
    };
  }

  private async rows(facts: ScreeningFacts, at: Date): Promise<Rows> {
    const { screeningId, editionId } = facts.data;
    const [row] = await this.database.hot<{ rows: Rows }>('door-list', 'SELECT door_list($1, $2, $3) AS rows', [
      screeningId,
      editionId,
      this.doors.dayFrom(facts.data, at),
    ]);
    return row!.rows;
  }

  private async entries(
    writer: ListWriter,
    rows: Rows,
    facts: ScreeningFacts,
    at: Date,
    listKey: string,
    gates: number,
  ): Promise<ListEntry[]> {
    const key = await importListKey(listKey);
    const keyOf = async (serial: string): Promise<string> => {
      const of = `${listKey} ${serial}`;
      const known = this.keys.get(of) ?? (await listKeyOf(key, serial));
      this.keys.set(of, known);
      return known;
    };
    if (this.keys.size > KEPT_KEYS) this.keys.clear();
    const proofs = await this.doors.proofs(facts.data.editionId);
    const shares = new Map<string, AloneShare | undefined>();
    const written: ListEntry[] = [];
    const write = async (serial: string, listed: Listed) => written.push(writer.entry(await keyOf(serial), listed));
    for (const ticket of rows.tickets) {
      const { row, seat } = ticket;
      await write(ticket.serial, { kind: 'ticket', holder: ticketHolder(ticket, proofs), row, seat });
    }
    for (const { serial, members } of rows.groups)
      await write(serial, {
        kind: 'group',
        holder: { state: 'live', booked: true, allowed: true },
        members: await Promise.all(members.map(keyOf)),
      });
    const area = readAreaDoor(facts.data.screeningId) !== undefined;
    for (const badge of rows.badges) {
      if (area) {
        await write(badge.serial, { kind: 'badge', holder: areaHolder(badge) });
        continue;
      }
      const classes = [...badge.classes].sort().join(' ');
      if (!shares.has(classes)) shares.set(classes, partOf(await this.shares.of(facts.data, badge.classes, at), gates));
      const share = badge.booking ? undefined : shares.get(classes);
      const alone = aloneOf(badge, share);
      await write(badge.serial, {
        kind: 'badge',
        holder: badgeHolder(badge, share),
        ...(badge.booking && { row: badge.booking.row, seat: badge.booking.seat }),
        ...(alone && { alone }),
      });
    }
    return written;
  }

  /** What the device does not have yet; the whole where its version is not remembered. */
  private since(
    of: string,
    entries: ListEntry[],
    since: string | undefined,
  ): Pick<DoorList, 'version' | 'full' | 'entries' | 'removed'> {
    const old = since ? this.snapshots.get(`${of} ${since}`) : undefined;
    const now = new Map(entries.map((entry) => [entry.k, JSON.stringify(entry)]));
    const version = newCode(60);
    this.snapshots.set(`${of} ${version}`, { version, entries: now });
    for (const key of this.snapshots.keys()) {
      if (this.snapshots.size <= REMEMBERED) break;
      this.snapshots.delete(key);
    }
    if (!old) return { version, full: true, entries, removed: [] };
    return {
      version,
      full: false,
      entries: entries.filter((entry) => old.entries.get(entry.k) !== now.get(entry.k)),
      removed: [...old.entries.keys()].filter((key) => !now.has(key)),
    };
  }

  /** How many devices share the places of those who enter by their function. */
  private async gatesOf(screening: string): Promise<number> {
    const [row] = await this.database.hot<{ n: number }>(
      'gates-of',
      `SELECT greatest(1, count(*))::int AS n FROM device
        WHERE list_screening = $1 AND state = 'paired' AND NOT paper AND valid_until > clock_timestamp()
          AND seen_at > clock_timestamp() - interval '10 minutes'`,
      [screening],
    );
    return row!.n;
  }

  private async noteList(device: PairedDeviceRow, screening: string, at: Date): Promise<void> {
    await this.database.hot(
      'note-list',
      'UPDATE device SET list_screening = $2, list_at = $3, seen_at = clock_timestamp() WHERE id = $1',
      [device.id, screening, at],
    );
  }

  private listKey(screening: string): string {
    return createHmac('sha256', this.settings.TOKEN_SECRET).update(`door-list:${screening}`).digest('base64url');
  }
}

/** A gate's part of a share: so many that all gates together give out no more than there are. */
function partOf(share: AloneShare | undefined, gates: number): AloneShare | undefined {
  return share?.left == null ? share : { ...share, left: Math.floor(share.left / gates) };
}
