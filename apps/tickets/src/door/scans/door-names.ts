import { Inject, Injectable } from '@nestjs/common';
import type { AskHolders, HoldersAtGate, NamedPeople } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type Caller, SETTINGS, ServiceClient } from '#libs/service-defaults';
import { findingNotAllowed } from '../devices/device.refusals.js';
import { Devices } from '../devices/devices.js';
import { DoorPlaces } from './door-places.js';

const MOST = 10;

type Found = HoldersAtGate['holders'][number] & { personId: string };

/** Who has a place here by this name: for operators who may ask, told while they look and kept nowhere. */
@Injectable()
export class DoorNames {
  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly places: DoorPlaces,
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: { GATEWAY_URL: string },
  ) {}

  /** In the audit log stands who asked where and how many were found; not the name. @throws door-finding-not-allowed, screening-unknown, device-not-here */
  async execute(caller: Caller, { screeningId, name }: AskHolders): Promise<HoldersAtGate> {
    const device = await this.devices.byId(caller.id);
    if (!device.operator || !device.mayFind) throw findingNotAllowed();
    await this.places.at(device, screeningId);
    const people = await this.named(name.trim());
    const found = await this.holders(screeningId, [...people.keys()]);
    await this.database.query(
      `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'door.names-asked', $2, $3)`,
      [device.operator, screeningId, { device: device.id, found: found.length }],
    );
    return {
      holders: found.slice(0, MOST).map(({ personId, ...holder }) => ({ ...holder, name: people.get(personId)! })),
      more: found.length > MOST,
    };
  }

  private async named(name: string): Promise<Map<string, string>> {
    const answer = await this.services.call(
      'gateway',
      'POST',
      `${this.settings.GATEWAY_URL}/internal/people/search`,
      { name },
      { timeoutMs: 2_500 },
    );
    if (answer.status !== 200) throw new Error(`people were not found: ${answer.status}`);
    return new Map((answer.body as NamedPeople).people.map((one) => [one.id, one.name]));
  }

  private holders(screening: string, people: string[]): Promise<Omit<Found, 'name'>[]> {
    return this.database.query(
      `SELECT h."personId", h.row, h.seat, h.class,
              CASE WHEN e.entry IS NULL THEN 'expected' WHEN (e.entry->>'inside')::boolean THEN 'inside' ELSE 'left' END AS state
         FROM (
           SELECT coalesce(t.holder_id, o.person_id) AS "personId", l.row_label AS row, l.seat_label AS seat, 'public' AS class, t.serial
             FROM ticket t JOIN orders o ON o.id = t.order_id JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
            WHERE t.screening_id = $1 AND t.state = 'live' AND coalesce(t.holder_id, o.person_id) = ANY ($2)
           UNION ALL
           SELECT k.person_id, k.row_label, k.seat_label, coalesce(c.classes[1], 'guest'), c.serial
             FROM booking k JOIN badge_copy c ON c.accreditation_id = k.accreditation_id AND c.state = 'live'
            WHERE k.screening_id = $1 AND k.state IN ('booked', 'used') AND k.person_id = ANY ($2)) h
         CROSS JOIN LATERAL (SELECT door_entry($1, h.serial) AS entry) e
        ORDER BY h.row, length(h.seat), h.seat LIMIT ${MOST + 1}`,
      [screening, people],
    );
  }
}
