import { Inject, Injectable } from '@nestjs/common';
import { importPinKey, letInBy, onDuty, pinProves } from '#libs/admission-code';
import type { DevicePin, OpenDeviceSession, PinList, ScanAnswers, SetPin } from '#libs/contracts';
import { after, HOUR, newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { pinLocked, pinUnknown, pinWrong } from './device.refusals.js';
import { type HashedPin, hashPin, pinFits } from './device-proof.js';

const MOST_WRONG = 5;
const LOCKED_MS = 60_000;

/** PINs of operators for a shift, and of house managers for overrides. */
@Injectable()
export class Pins {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  async set(actor: Caller, body: SetPin): Promise<PinList> {
    if (!hasRole(actor, 'house-manager', body.editionId)) throw roleNeeded();
    const id = newId();
    const { salt, iterations, hash, proofSalt, proofKey } = await hashPin(body.pin);
    const mayFind = body.role === 'house-manager' || body.mayFind === true;
    const until = body.until ? new Date(body.until) : after(new Date(), this.settings.DEVICE_SHIFT_HOURS * HOUR);
    await this.database.query(
      `WITH made AS (
         INSERT INTO door_pin (id, edition_id, role, label, salt, iterations, hash, valid_until, made_by, proof_salt, proof_key, may_find)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13) RETURNING id)
       INSERT INTO audit_entry (actor, action, subject, facts) SELECT $9, 'door-pin.set', id::text, $10::jsonb FROM made`,
      [
        id,
        body.editionId,
        body.role,
        body.label,
        salt,
        iterations,
        hash,
        until,
        actor.id,
        { role: body.role, mayFind },
        proofSalt,
        proofKey,
        mayFind,
      ],
    );
    return this.list(actor, body.editionId);
  }

  async list(actor: Caller, edition: string): Promise<PinList> {
    if (!hasRole(actor, 'house-manager', edition)) throw roleNeeded();
    const rows = await this.database.query<Pick<DevicePin, 'id' | 'role' | 'label' | 'mayFind'> & { until: Date }>(
      `SELECT id, role, label, valid_until AS until, may_find AS "mayFind" FROM door_pin
        WHERE edition_id = $1 AND NOT ended AND valid_until > clock_timestamp() ORDER BY role, label, id LIMIT 200`,
      [edition],
    );
    return { pins: rows.map((row) => ({ ...row, until: row.until.toISOString() })) };
  }

  async end(actor: Caller, id: string): Promise<void> {
    const [pin] = await this.database.query<{ edition: string }>(
      'SELECT edition_id AS edition FROM door_pin WHERE id = $1',
      [id],
    );
    if (!pin) throw pinUnknown();
    if (!hasRole(actor, 'house-manager', pin.edition)) throw roleNeeded();
    await this.database.query(
      `WITH ended AS (UPDATE door_pin SET ended = true WHERE id = $1 RETURNING id)
       INSERT INTO audit_entry (actor, action, subject) SELECT $2, 'door-pin.ended', id::text FROM ended`,
      [id, actor.id],
    );
  }

  /** What an offline device checks them by. */
  async ofDevices(edition: string): Promise<DevicePin[]> {
    return this.database.query<DevicePin>(
      `SELECT id, role, label, salt, iterations, hash, proof_salt AS "proofSalt", may_find AS "mayFind" FROM door_pin
        WHERE edition_id = $1 AND NOT ended AND valid_until > clock_timestamp() ORDER BY role, label, id LIMIT 200`,
      [edition],
    );
  }

  /** A house manager's PIN at an online gate. @throws door-pin-unknown, door-pin-wrong, door-pin-locked after five wrong tries of it */
  async checkManager(edition: string, id: string, pin: string | undefined): Promise<void> {
    const known = await this.live(edition, id, ['house-manager']);
    if (known.locked) throw pinLocked({}, { retryAfterMs: LOCKED_MS });
    const right = pin !== undefined && (await pinFits(pin, known));
    await this.noteTry('door_pin', 'wrong_tries', 'locked_until', id, right);
    if (!right) throw pinWrong();
  }

  /** Whoever opens a session typed this PIN. @throws door-pin-unknown, door-pin-wrong, door-pin-locked after five wrong tries of the device */
  async checkOperator(
    device: { id: string; edition: string },
    { by, proof }: NonNullable<OpenDeviceSession['operator']>,
    challenge: string,
  ): Promise<void> {
    const [tries] = await this.database.query<{ locked: boolean }>(
      'SELECT coalesce(pin_locked_until > clock_timestamp(), false) AS locked FROM device WHERE id = $1',
      [device.id],
    );
    if (tries?.locked) throw pinLocked({}, { retryAfterMs: LOCKED_MS });
    const known = await this.live(device.edition, by, ['operator', 'house-manager']);
    const right = await proves(known.proofKey, onDuty(challenge), proof);
    await this.noteTry('device', 'pin_wrong_tries', 'pin_locked_until', device.id, right);
    if (!right) throw pinWrong();
  }

  /** Whether a house manager's PIN was typed for this scan at a gate that could ask nobody; ended ones count too. */
  async provedOverride(
    edition: string,
    scanId: string,
    { by, reason, proof }: NonNullable<ScanAnswers['override']>,
  ): Promise<boolean> {
    if (proof === undefined) return false;
    const [known] = await this.database.query<{ proofKey: string | null }>(
      `SELECT proof_key AS "proofKey" FROM door_pin WHERE id = $1 AND edition_id = $2 AND role = 'house-manager'`,
      [by, edition],
    );
    return known !== undefined && proves(known.proofKey, letInBy(scanId, reason), proof);
  }

  private async live(
    edition: string,
    id: string,
    roles: DevicePin['role'][],
  ): Promise<HashedPin & { proofKey: string | null; locked: boolean }> {
    const [known] = await this.database.query<HashedPin & { proofKey: string | null; locked: boolean }>(
      `SELECT salt, iterations, hash, proof_key AS "proofKey", coalesce(locked_until > clock_timestamp(), false) AS locked FROM door_pin
        WHERE id = $1 AND edition_id = $2 AND role = ANY ($3) AND NOT ended AND valid_until > clock_timestamp()`,
      [id, edition, roles],
    );
    if (!known) throw pinUnknown();
    return known;
  }

  /** Five wrong ones in a row close it for a minute. */
  private async noteTry(table: string, tries: string, locked: string, id: string, right: boolean): Promise<void> {
    await this.database.query(
      right
        ? `UPDATE ${table} SET ${tries} = 0 WHERE id = $1 AND ${tries} > 0`
        : `UPDATE ${table} SET ${tries} = (${tries} + 1) % ${MOST_WRONG},
             ${locked} = CASE WHEN ${tries} + 1 >= ${MOST_WRONG} THEN clock_timestamp() + interval '1 minute' ELSE ${locked} END
            WHERE id = $1`,
      [id],
    );
  }
}

async function proves(key: string | null, text: string, proof: string): Promise<boolean> {
  return key !== null && pinProves(await importPinKey(Uint8Array.from(Buffer.from(key, 'base64url'))), text, proof);
}
