import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { DeviceList, PairedDevice, RegisterDevice, RegisteredDevice } from '#libs/contracts';
import { newCode, newId, normaliseCode } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Caller, DeviceAuthenticator } from '#libs/service-defaults';
import { deviceUnknown, pairingCodeUnknown } from './device.refusals.js';

export interface PairedDeviceRow {
  id: string;
  edition: string;
  name: string;
  gate: string;
}

/** How long a verified token is believed without asking the database: a revoked device is dead within this. */
const KEPT_MS = 1_000;

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Scanners: registered by a house manager, paired once by a code, revocable. Their routes need neither session nor gateway. */
@Injectable()
export class Devices implements DeviceAuthenticator {
  private readonly kept = new Map<string, { device: PairedDeviceRow; until: number }>();

  constructor(private readonly database: Database) {}

  /** The pairing code is shown once, as a QR or to be typed; it lives ten minutes of machine time. */
  async register(actor: Caller, body: RegisterDevice): Promise<RegisteredDevice> {
    const id = newId();
    const code = newCode(80);
    const [row] = await this.database.query<{ until: Date }>(
      `WITH made AS (
         INSERT INTO device (id, edition_id, name, gate, state, pairing_hash, pairing_until)
         VALUES ($1, $2, $3, $4, 'registered', $5, clock_timestamp() + interval '10 minutes') RETURNING pairing_until),
       noted AS (INSERT INTO audit_entry (actor, action, subject) VALUES ($6, 'device.registered', $1::text))
       SELECT pairing_until AS until FROM made`,
      [id, body.editionId, body.name, body.gate, hash(code), actor.id],
    );
    return { deviceId: id, pairingCode: code, expiresAt: row!.until.toISOString() };
  }

  /** A code pairs one device once; the token is shown only here. */
  async pair(typed: string): Promise<PairedDevice> {
    const token = newCode(160);
    const [row] = await this.database.query<PairedDeviceRow>(
      `WITH paired AS (
         UPDATE device SET state = 'paired', token_hash = $2, pairing_hash = NULL, pairing_until = NULL
          WHERE pairing_hash = $1 AND state = 'registered' AND pairing_until > clock_timestamp()
         RETURNING id, edition_id AS edition, name, gate)
       SELECT * FROM paired`,
      [hash(normaliseCode(typed)), hash(token)],
    );
    if (!row) throw pairingCodeUnknown();
    return { deviceId: row.id, deviceToken: token, editionId: row.edition, gate: row.gate };
  }

  async revoke(actor: Caller, id: string): Promise<void> {
    const rows = await this.database.query(
      `WITH revoked AS (UPDATE device SET state = 'revoked', token_hash = NULL, pairing_hash = NULL WHERE id = $1 RETURNING 1),
       noted AS (INSERT INTO audit_entry (actor, action, subject) SELECT $2, 'device.revoked', $3 FROM revoked)
       SELECT 1 FROM revoked`,
      [id, actor.id, id],
    );
    if (rows.length === 0) throw deviceUnknown();
    this.kept.clear();
  }

  /** The scanners of an edition, those that were seen last first. */
  async list(edition: string): Promise<DeviceList> {
    const rows = await this.database.query<{
      id: string;
      name: string;
      gate: string;
      state: DeviceList['devices'][number]['state'];
      madeAt: Date;
      seenAt: Date | null;
      pairingUntil: Date | null;
      scans: number;
    }>(
      `SELECT d.id, d.name, d.gate, d.state, d.made_at AS "madeAt", d.pairing_until AS "pairingUntil", s.scans,
              greatest(d.seen_at, s.last) AS "seenAt"
         FROM device d
         LEFT JOIN LATERAL (SELECT count(*)::int AS scans, max(received_at) AS last FROM scan WHERE device_id = d.id) s ON true
        WHERE d.edition_id = $1 ORDER BY greatest(d.seen_at, s.last) DESC NULLS LAST, d.made_at DESC LIMIT 200`,
      [edition],
    );
    return {
      devices: rows.map((row) => ({
        ...row,
        madeAt: row.madeAt.toISOString(),
        seenAt: row.seenAt?.toISOString() ?? null,
        pairingUntil: row.pairingUntil?.toISOString() ?? null,
      })),
    };
  }

  async authenticate(token: string): Promise<Caller | undefined> {
    const device = await this.byToken(token);
    return device && { kind: 'device', id: device.id, roles: [] };
  }

  async byToken(token: string): Promise<PairedDeviceRow | undefined> {
    const key = hash(token);
    const known = this.kept.get(key);
    if (known && known.until > Date.now()) return known.device;
    const [device] = await this.database.hot<PairedDeviceRow>(
      'device-by-token',
      `SELECT id, edition_id AS edition, name, gate FROM device WHERE token_hash = $1 AND state = 'paired'`,
      [key],
    );
    if (device) this.kept.set(key, { device, until: Date.now() + KEPT_MS });
    else this.kept.delete(key);
    return device;
  }

  async byId(id: string): Promise<PairedDeviceRow> {
    for (const { device } of this.kept.values()) if (device.id === id) return device;
    const [device] = await this.database.hot<PairedDeviceRow>(
      'device-by-id',
      'SELECT id, edition_id AS edition, name, gate FROM device WHERE id = $1',
      [id],
    );
    if (!device) throw deviceUnknown();
    return device;
  }
}
