import { Injectable } from '@nestjs/common';
import type { DeviceChallenge, DeviceSession, OpenDeviceSession, PairDevice, PairedDevice } from '#libs/contracts';
import { newCode, normaliseCode } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { deviceProofWrong, pairingCodeUnknown } from './device.refusals.js';
import { secretHash, signedBy } from './device-proof.js';
import { Devices, refuseUnlessWorking } from './devices.js';
import { Pins } from './pins.js';

/** A device shows by its key who it is: once for good at pairing, then for half an hour at a time. */
@Injectable()
export class DeviceSessions {
  constructor(
    private readonly database: Database,
    private readonly devices: Devices,
    private readonly pins: Pins,
    private readonly festival: FestivalClock,
  ) {}

  /** A code pairs one device once, with the key that signed it. @throws device-proof-wrong, pairing-code-unknown */
  async pair(body: PairDevice): Promise<PairedDevice> {
    const code = normaliseCode(body.pairingCode);
    if (!signedBy(body.publicKey, code, body.proof)) throw deviceProofWrong();
    const { kty, crv, x, y } = body.publicKey;
    const [row] = await this.database.query<{ id: string }>(
      `WITH paired AS (
         UPDATE device SET state = 'paired', public_key = $2, pairing_hash = NULL, pairing_until = NULL, seen_at = clock_timestamp()
          WHERE pairing_hash = $1 AND state = 'registered' AND pairing_until > clock_timestamp() RETURNING id)
       SELECT id FROM paired`,
      [secretHash(code), { kty, crv, x, y }],
    );
    if (!row) throw pairingCodeUnknown();
    return this.devices.self(row.id);
  }

  /** Something to be signed within a minute. @throws device-unknown, device-revoked, device-shift-over, device-shift-ahead */
  async challenge(deviceId: string): Promise<DeviceChallenge> {
    refuseUnlessWorking(await this.devices.whole(deviceId));
    const challenge = newCode(160);
    await this.database.query(
      `WITH gone AS (DELETE FROM device_challenge WHERE expires_at < clock_timestamp())
       INSERT INTO device_challenge (hash, device_id, expires_at) VALUES ($1, $2, clock_timestamp() + interval '60 seconds')`,
      [secretHash(challenge), deviceId],
    );
    return { challenge, serverTime: new Date().toISOString() };
  }

  /**
   * With whoever is on duty, where the device says it; the operator is the session's.
   * @throws device-proof-wrong for a challenge that is unknown, used, too old or signed by another key; door-pin-wrong and its kin
   */
  async open(body: OpenDeviceSession): Promise<DeviceSession> {
    const device = await this.devices.whole(body.deviceId);
    refuseUnlessWorking(device);
    const [used] = await this.database.query<{ good: boolean }>(
      `WITH used AS (DELETE FROM device_challenge WHERE hash = $1 AND device_id = $2 RETURNING expires_at)
       SELECT expires_at > clock_timestamp() AS good FROM used`,
      [secretHash(body.challenge), body.deviceId],
    );
    if (!used?.good || !device.publicKey || !signedBy(device.publicKey, body.challenge, body.signature))
      throw deviceProofWrong();
    const { operator } = body;
    if (operator) await this.pins.checkOperator(device, operator, body.challenge);
    const token = newCode(160);
    const [session] = await this.database.query<{ expiresAt: Date }>(
      `WITH gone AS (DELETE FROM device_session WHERE device_id = $2 AND expires_at < clock_timestamp() - interval '1 day'),
       seen AS (UPDATE device SET seen_at = clock_timestamp() WHERE id = $2)
       INSERT INTO device_session (hash, device_id, expires_at, operator)
       SELECT $1, id, least(clock_timestamp() + interval '30 minutes', valid_until), $3 FROM device WHERE id = $2
       RETURNING expires_at AS "expiresAt"`,
      [secretHash(token), body.deviceId, operator?.by ?? null],
    );
    const festivalTime = await this.festival.now(device.edition);
    const serverTime = new Date();
    return {
      token,
      expiresAt: session!.expiresAt.toISOString(),
      serverTime: serverTime.toISOString(),
      festivalTime: festivalTime.toISOString(),
      festivalOffsetMs: await this.festival.offset(device.edition),
    };
  }
}
