import { Inject, Injectable } from '@nestjs/common';
import type {
  DeviceList,
  DevicePublicKey,
  DeviceReport,
  PairedDevice,
  RegisterDevice,
  RegisteredDevice,
} from '#libs/contracts';
import { after, HOUR, newCode, newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, type DeviceAuthenticator, hasRole, roleNeeded, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { deviceRevoked, deviceShiftAhead, deviceShiftOver, deviceUnknown, shiftEmpty } from './device.refusals.js';
import type { DeviceScope } from './device.rules.js';
import { secretHash } from './device-proof.js';
import { Pins } from './pins.js';

export interface PairedDeviceRow {
  id: string;
  edition: string;
  name: string;
  gate: string;
  does: PairedDevice['does'];
  scope: DeviceScope;
  until: Date;
  clockOffsetMs: number | null;
  /** Whose PIN the newest session was opened with, as long as it works. */
  operator: string | null;
  mayFind: boolean;
  /** The edition has operators' PINs: without one nothing is scanned online. */
  operatorNeeded: boolean;
}

interface SessionRow extends PairedDeviceRow {
  state: string;
  over: boolean;
  ahead: boolean;
  session: boolean;
}

/** How long a verified token is believed without asking the database: a revoked device is dead within this. */
const KEPT_MS = 1_000;

const COLUMNS = `d.id, d.edition_id AS edition, d.name, d.gate, d.does, d.scope, d.valid_until AS until,
  d.clock_offset_ms::int AS "clockOffsetMs", duty.operator, coalesce(duty.may_find, false) AS "mayFind",
  EXISTS (SELECT 1 FROM door_pin p WHERE p.edition_id = d.edition_id AND p.role = 'operator' AND NOT p.ended
             AND p.valid_until > clock_timestamp()) AS "operatorNeeded"`;

/** Who is on duty at a device `d`: by its newest session alone, so that handing over ends the duty. */
const DUTY = `LEFT JOIN LATERAL (
  SELECT p.id AS operator, p.may_find FROM (
    SELECT x.operator FROM device_session x WHERE x.device_id = d.id ORDER BY x.opened_at DESC LIMIT 1) newest
    JOIN door_pin p ON p.id = newest.operator AND NOT p.ended AND p.valid_until > clock_timestamp()) duty ON true`;

/** Scanners: registered by a house manager, paired once by a code and a key, revocable. Their routes need neither session nor gateway. */
@Injectable()
export class Devices implements DeviceAuthenticator {
  private readonly kept = new Map<string, { device: PairedDeviceRow; until: number }>();

  constructor(
    private readonly database: Database,
    private readonly pins: Pins,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** The pairing code is shown once, as a QR or to be typed; it lives ten minutes of machine time. @throws device-shift-empty */
  async register(actor: Caller, body: RegisterDevice): Promise<RegisteredDevice> {
    const id = newId();
    const code = newCode(80);
    const from = body.from ? new Date(body.from) : new Date();
    const until = body.until ? new Date(body.until) : after(from, this.settings.DEVICE_SHIFT_HOURS * HOUR);
    if (until <= from) throw shiftEmpty();
    const { halls, screenings, areas } = body;
    const scope = { ...(halls && { halls }), ...(screenings && { screenings }), ...(areas && { areas }) };
    const [row] = await this.database.query<{ until: Date }>(
      `WITH made AS (
         INSERT INTO device (id, edition_id, name, gate, state, pairing_hash, pairing_until, does, scope, valid_from, valid_until)
         VALUES ($1, $2, $3, $4, 'registered', $5, clock_timestamp() + interval '10 minutes', $7, $8, $9, $10) RETURNING pairing_until),
       noted AS (INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($6, 'device.registered', $1::text, $8::jsonb))
       SELECT pairing_until AS until FROM made`,
      [id, body.editionId, body.name, body.gate, secretHash(code), actor.id, body.does ?? ['scan'], scope, from, until],
    );
    return { deviceId: id, pairingCode: code, expiresAt: row!.until.toISOString() };
  }

  /** Dead for every gate within a second; what it kept is for the quarantine. */
  async revoke(actor: Caller, id: string): Promise<void> {
    const known = await this.byId(id);
    if (!hasRole(actor, 'house-manager', known.edition)) throw roleNeeded();
    await this.database.query(
      `WITH revoked AS (UPDATE device SET state = 'revoked', pairing_hash = NULL WHERE id = $1 RETURNING 1)
       INSERT INTO audit_entry (actor, action, subject) SELECT $2, 'device.revoked', $3 FROM revoked`,
      [id, actor.id, id],
    );
    this.kept.clear();
  }

  /** The scanners of an edition, those that were seen last first. */
  async list(edition: string): Promise<DeviceList> {
    type Listed = DeviceList['devices'][number];
    type Dates = { madeAt: Date; until: Date; seenAt: Date | null; pairingUntil: Date | null; listAt: Date | null };
    const rows = await this.database.query<Omit<Listed, keyof Dates> & Dates>(
      `SELECT d.id, d.name, d.gate, d.does, d.scope, d.state, d.made_at AS "madeAt", d.valid_until AS until, d.waiting,
              d.pairing_until AS "pairingUntil", d.list_at AS "listAt", d.clock_offset_ms::int AS "clockOffsetMs", d.app_version AS "appVersion", s.scans,
              greatest(d.seen_at, s.last) AS "seenAt",
              (SELECT count(*)::int FROM quarantined_scan q WHERE q.device_id = d.id) AS quarantined
         FROM device d
         LEFT JOIN LATERAL (SELECT count(*)::int AS scans, max(received_at) AS last FROM scan WHERE device_id = d.id) s ON true
        WHERE d.edition_id = $1 AND NOT d.paper
        ORDER BY greatest(d.seen_at, s.last) DESC NULLS LAST, d.made_at DESC LIMIT 200`,
      [edition],
    );
    return {
      devices: rows.map((row) => ({
        ...row,
        madeAt: row.madeAt.toISOString(),
        until: row.until.toISOString(),
        seenAt: row.seenAt?.toISOString() ?? null,
        pairingUntil: row.pairingUntil?.toISOString() ?? null,
        listAt: row.listAt?.toISOString() ?? null,
      })),
    };
  }

  /** What a device may know of itself. */
  async self(id: string): Promise<PairedDevice> {
    const device = await this.byId(id);
    return {
      deviceId: device.id,
      editionId: device.edition,
      gate: device.gate,
      name: device.name,
      does: device.does,
      scope: device.scope,
      until: device.until.toISOString(),
      pins: await this.pins.ofDevices(device.edition),
      offlineAfterMs: this.settings.DOOR_OFFLINE_AFTER_MS,
      listStaleAfterMs: this.settings.DOOR_LIST_STALE_MINUTES * 60_000,
    };
  }

  /** What it holds, what it has not sent yet, and how far its clock is off. */
  async report(id: string, body: DeviceReport): Promise<void> {
    await this.database.hot(
      'device-report',
      `UPDATE device SET seen_at = clock_timestamp(), waiting = $2, list_screening = coalesce($3, list_screening),
              list_at = coalesce($4, list_at), clock_offset_ms = $5, app_version = coalesce($6, app_version) WHERE id = $1`,
      [
        id,
        body.waiting,
        body.screeningId ?? null,
        body.listAt ?? null,
        Date.now() - Date.parse(body.at),
        body.appVersion ?? null,
      ],
    );
  }

  async authenticate(token: string): Promise<Caller | undefined> {
    const device = await this.byToken(token);
    return device && { kind: 'device', id: device.id, roles: [] };
  }

  /** @throws device-revoked, device-shift-over, device-shift-ahead for a session that such a device has */
  private async byToken(token: string): Promise<PairedDeviceRow | undefined> {
    const key = secretHash(token);
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.device;
    this.kept.delete(key);
    const [row] = await this.database.hot<SessionRow>(
      'device-by-token',
      `WITH seen AS (UPDATE device SET seen_at = clock_timestamp()
                      WHERE id = (SELECT device_id FROM device_session WHERE hash = $1 AND expires_at > clock_timestamp())
                        AND (seen_at IS NULL OR seen_at < clock_timestamp() - interval '5 seconds'))
       SELECT ${COLUMNS}, d.state, d.valid_until <= clock_timestamp() AS over, d.valid_from > clock_timestamp() AS ahead,
              s.expires_at > clock_timestamp() AS session
         FROM device_session s JOIN device d ON d.id = s.device_id ${DUTY} WHERE s.hash = $1`,
      [key],
    );
    if (!row) return undefined;
    refuseUnlessWorking(row);
    if (!row.session) return undefined;
    if (this.kept.size > 1_000) this.kept.clear();
    for (const [other, { device }] of this.kept) if (device.id === row.id) this.kept.delete(other);
    this.kept.set(key, { device: row, until: Date.now() + KEPT_MS });
    return row;
  }

  async byId(id: string): Promise<PairedDeviceRow> {
    for (const { device, until } of this.kept.values()) if (device.id === id && until > Date.now()) return device;
    const { state, publicKey, over, ahead, ...device } = await this.whole(id);
    return device;
  }

  /** With its key and state, also when it is dead. @throws device-unknown */
  async whole(
    id: string,
  ): Promise<PairedDeviceRow & { state: string; publicKey: DevicePublicKey | null; over: boolean; ahead: boolean }> {
    const [device] = await this.database.hot<
      PairedDeviceRow & { state: string; publicKey: DevicePublicKey | null; over: boolean; ahead: boolean }
    >(
      'device-by-id',
      `SELECT ${COLUMNS}, d.state, d.public_key AS "publicKey", d.valid_until <= clock_timestamp() AS over,
              d.valid_from > clock_timestamp() AS ahead FROM device d ${DUTY} WHERE d.id = $1`,
      [id],
    );
    if (!device) throw deviceUnknown();
    return device;
  }
}

/** @throws device-revoked, device-shift-over, device-shift-ahead */
export function refuseUnlessWorking(device: { state: string; over: boolean; ahead: boolean }): void {
  if (device.state !== 'paired') throw deviceRevoked();
  if (device.over) throw deviceShiftOver();
  if (device.ahead) throw deviceShiftAhead();
}
