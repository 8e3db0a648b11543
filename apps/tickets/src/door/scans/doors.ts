import { Injectable } from '@nestjs/common';
import { type DoorText, screeningTag, tagText } from '#libs/admission-code';
import type { DoorScreening, DoorScreenings } from '#libs/contracts';
import { after, HOUR, venueDate, venueInstant } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningData, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { PriceRulesQueries } from '../../sale/pricing/price-rules.queries.js';
import { worksAt } from '../devices/device.rules.js';
import { Devices, type PairedDeviceRow } from '../devices/devices.js';
import { AREA_HOLDS, readAreaDoor } from './area-door.rules.js';
import { DoorPlaces, placeOf } from './door-places.js';
import { DoorRules } from './door-rules.js';

const SOON_MS = 4 * HOUR;
const ELSEWHERE_MS = 24 * HOUR;
const FRESH_MS = 2_000;

type Elsewhere = DoorScreenings['elsewhere'];

/** What is counted and said at a door now. */
export interface DoorCount {
  inside: number;
  closedAt: string | null;
}

/** Screenings as their gates need them. */
@Injectable()
export class Doors {
  private readonly elsewhereKept = new Map<string, { rows: Elsewhere; at: number }>();

  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly places: DoorPlaces,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly rules: DoorRules,
    private readonly prices: PriceRulesQueries,
  ) {}

  /** When the venue's day of this moment began. */
  dayFrom(data: Pick<ScreeningData, 'timezone'>, at: Date): Date {
    return venueInstant(`${venueDate(at, data.timezone)}T00:00`, data.timezone);
  }

  /** The papers that concessions of the edition need, by the kind of ticket. */
  async proofs(edition: string): Promise<Map<string, DoorText>> {
    const { rules } = await this.prices.of(edition);
    return new Map(rules.concessions.flatMap(({ id, proof }) => (proof ? [[id, proof]] : [])));
  }

  /** One screening at a gate, with what the caller has just counted. */
  async screening(
    facts: ScreeningFacts,
    count: DoorCount,
    at: Date,
    more: { areas?: string[]; gates?: string[]; admitted?: number; expected?: number } = {},
  ): Promise<DoorScreening> {
    const { data } = facts;
    const rules = await this.rules.of(data.editionId, data.screeningId);
    const area = readAreaDoor(data.screeningId)?.letter;
    const late = Date.parse(data.lateEntryUntil);
    return {
      id: data.screeningId,
      version: facts.version,
      title: data.title,
      startsAt: data.startsAt,
      endsAt: data.endsAt,
      doorsOpenAt: data.doorsOpenAt,
      lateEntryUntil: new Date(count.closedAt ? Math.min(late, Date.parse(count.closedAt)) : late).toISOString(),
      dayFrom: this.dayFrom(data, at).toISOString(),
      timezone: data.timezone,
      hallId: data.hall.id,
      hall: data.hall.name,
      venue: data.venue.name,
      gates: more.gates ?? [],
      areas: area ? [area] : (more.areas ?? []),
      reentry: rules.reentry ?? (area ? 'always' : 'none'),
      photo: rules.photo ?? { kind: 'none' },
      capacity: { of: rules.capacity ?? (area ? AREA_HOLDS : facts.seats.length), inside: count.inside },
      admitted: more.admitted ?? 0,
      expected: more.expected ?? 0,
      ...(area && { area }),
    };
  }

  /** What a device may scan for: in its scope, not over, and soon. */
  async screenings(deviceId: string): Promise<DoorScreenings> {
    const device = await this.devices.byId(deviceId);
    const now = await this.festival.now(device.edition);
    const rows = await this.database.hot<{ id: string }>(
      'door-screenings',
      `SELECT screening_id AS id FROM screening_copy
        WHERE edition_id = $1 AND state <> 'cancelled' AND ends_at > $2 AND starts_at < $3
        ORDER BY starts_at, screening_id LIMIT 60`,
      [device.edition, now, after(now, SOON_MS)],
    );
    const known = await Promise.all(rows.map(({ id }) => this.programme.screening(id)));
    const facts = known.filter((one) => one !== undefined).filter((one) => worksAt(device.scope, placeOf(one)));
    facts.push(...(await this.places.areasOf(device.edition, device.scope, now)));
    return {
      serverTime: new Date().toISOString(),
      festivalTime: now.toISOString(),
      festivalOffsetMs: await this.festival.offset(device.edition),
      screenings: await this.counted(facts, now, device),
      elsewhere: await this.loadElsewhere(device.edition, now),
    };
  }

  /** Screenings with their counts, in one query. */
  async counted(
    facts: readonly ScreeningFacts[],
    at: Date,
    device?: Pick<PairedDeviceRow, 'scope'>,
  ): Promise<DoorScreening[]> {
    const ids = facts.map((one) => one.data.screeningId);
    const counts = await this.database.hot<
      DoorCount & { id: string; admitted: number; expected: number; gates: string[] }
    >(
      'door-counts',
      `SELECT x.id, door_inside(x.id) AS inside, (SELECT closed_at FROM door_state WHERE screening_id = x.id) AS "closedAt",
              ((SELECT count(*) FROM scan WHERE screening_id = x.id AND verdict = 'ok')
             + (SELECT count(*) FROM rush_number WHERE screening_id = x.id AND state = 'admitted'))::int AS admitted,
              (SELECT count(*)::int FROM seat_claim WHERE screening_id = x.id AND owner_kind IN ('order', 'booking')) AS expected,
              (SELECT coalesce(array_agg(DISTINCT gate ORDER BY gate), '{}') FROM scan WHERE screening_id = x.id) AS gates
         FROM unnest($1::text[]) AS x(id)`,
      [ids],
    );
    return Promise.all(
      facts.map((one) => {
        const count = counts.find(({ id }) => id === one.data.screeningId)!;
        return this.screening(one, count, at, { ...count, areas: device?.scope.areas ?? [] });
      }),
    );
  }

  /** Where the edition's screenings of these days are: for whoever stands at the wrong door. */
  async elsewhere(edition: string, now: Date): Promise<Elsewhere> {
    const known = this.elsewhereKept.get(edition);
    if (known && Date.now() - known.at < FRESH_MS) return known.rows;
    return this.loadElsewhere(edition, now);
  }

  private async loadElsewhere(edition: string, now: Date): Promise<Elsewhere> {
    const rows = await this.database.hot<{ data: ScreeningData; moved: boolean }>(
      'door-elsewhere',
      `SELECT s.data, EXISTS (SELECT 1 FROM seating_move m WHERE m.screening_id = s.screening_id AND m.state IN ('seated', 'settled')
                 AND (m.from_facts->>'startsAt' <> m.to_facts->>'startsAt'
                   OR m.from_facts->'hall'->>'id' IS DISTINCT FROM s.data->'hall'->>'id')) AS moved
         FROM screening_copy s
        WHERE s.edition_id = $1 AND s.starts_at BETWEEN $2 AND $3 ORDER BY s.starts_at, s.screening_id LIMIT 400`,
      [edition, after(now, -ELSEWHERE_MS), after(now, 7 * ELSEWHERE_MS)],
    );
    const places = rows.map(({ data, moved }) => ({
      tag: tagText(screeningTag(data.screeningId)),
      screeningId: data.screeningId,
      title: data.title,
      hall: data.hall.name,
      startsAt: data.startsAt,
      timezone: data.timezone,
      moved,
    }));
    this.elsewhereKept.set(edition, { rows: places, at: Date.now() });
    return places;
  }
}
