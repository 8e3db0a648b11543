import type { DeviceChallenge, DeviceSession, PairedDevice, RegisteredDevice } from '#libs/contracts';
import { newDeviceKey } from '../gate-device/device-key.js';
import type { Answer } from './browser.js';
import type { Stage } from './stage.js';
import { check } from './walk.js';

/** A gate device with its own key and an open session. */
export interface Gate {
  deviceId: string;
  name: string;
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body: unknown): Promise<Answer<T>>;
}

/** Registered by the house manager, paired by its key, signed in by a challenge. */
export async function openGate(stage: Stage, gate: string): Promise<Gate> {
  const manager = await stage.signedIn('house-manager');
  const name = `demo ${stage.tag} gate ${gate}`;
  const registered = await manager.post<RegisteredDevice>('/tickets/door/devices', {
    editionId: stage.edition,
    name,
    gate,
  });
  check(registered.status === 201, 'the house manager registers a scanner', registered.body);
  const { pairingCode } = registered.body;
  const key = newDeviceKey();
  const scanner = stage.visitor();
  const proof = { pairingCode, publicKey: key.publicKey, proof: key.sign(pairingCode) };
  const paired = await scanner.post<PairedDevice>('/tickets/door/pair', proof);
  check(paired.status === 201, 'the scanner pairs with the code and its own key', paired.body);
  const again = await scanner.post('/tickets/door/pair', proof);
  check(again.status === 404, 'the pairing code works once', again.body);
  const { deviceId } = paired.body;
  const asked = await scanner.post<DeviceChallenge>('/tickets/door/challenges', { deviceId });
  const { challenge } = asked.body;
  const session = await scanner.post<DeviceSession>('/tickets/door/sessions', {
    deviceId,
    challenge,
    signature: key.sign(challenge),
  });
  check(session.status === 201, 'the scanner opens a session by its key', session.body);
  const headers = { 'X-Device-Token': session.body.token };
  return {
    deviceId,
    name,
    get: (path) => scanner.get(`/tickets/door${path}`, headers),
    post: (path, body) => scanner.post(`/tickets/door${path}`, body, headers),
  };
}
