import { fromBase45, toBase45 } from './base45.js';

/**
 * What a QR says: 28 bytes and an Ed25519 signature, 92 bytes, 138 characters of base45 (QR version 8 at level Q).
 * No personal data and no showtime: windows come from the screening's own data, so a moved screening keeps its codes.
 *
 * | byte  | content |
 * | ----- | ------- |
 * | 0     | format (high four bits, 1) and kind (1 ticket, 2 badge) |
 * | 1     | id of the key that signed |
 * | 2-5   | FNV-1a 32 of the edition's id |
 * | 6-15  | serial, 80 random bits |
 * | 16-19 | first and last day of the edition's validity, days since 2010-01-01 (UTC) |
 * | 20-27 | ticket: FNV-1a 64 of the screening's id; badge: access areas A-Z as bits |
 * | 28-91 | signature of bytes 0-27 |
 */
export interface AdmissionCode {
  kind: 'ticket' | 'badge';
  keyId: number;
  editionTag: number;
  /** 20 hexadecimal digits. */
  serial: string;
  validFrom: Date;
  validUntil: Date;
  /** {@link screeningTag} of a ticket, {@link areaBits} of a badge. */
  scope: bigint;
}

const FORMAT = 1;
const PAYLOAD = 28;
const SIGNATURE = 64;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2010, 0, 1);
const KINDS = { ticket: 1, badge: 2 } as const;

export function editionTag(editionId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(editionId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

export function screeningTag(screeningId: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(screeningId))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

/** Access areas by their letters. */
export function areaBits(areas: readonly string[]): bigint {
  return areas.reduce((bits, area) => bits | (1n << BigInt(area.toUpperCase().charCodeAt(0) - 65)), 0n);
}

function dayNumber(instant: Date): number {
  return Math.floor((instant.getTime() - FIRST_DAY) / DAY);
}

function payload(code: AdmissionCode): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(PAYLOAD);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (FORMAT << 4) | KINDS[code.kind]);
  view.setUint8(1, code.keyId);
  view.setUint32(2, code.editionTag);
  for (let i = 0; i < 10; i++) view.setUint8(6 + i, Number.parseInt(code.serial.slice(2 * i, 2 * i + 2), 16));
  view.setUint16(16, dayNumber(code.validFrom));
  view.setUint16(18, dayNumber(code.validUntil));
  view.setBigUint64(20, code.scope);
  return bytes;
}

/** Writes and signs a code. `sign` is Ed25519 over the bytes it is given. */
export async function writeAdmissionCode(
  code: AdmissionCode,
  sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array,
): Promise<string> {
  if (!/^[0-9a-f]{20}$/.test(code.serial)) throw new Error('a serial has 20 hexadecimal digits');
  const body = payload(code);
  const signature = await sign(body);
  const bytes = new Uint8Array(PAYLOAD + SIGNATURE);
  bytes.set(body);
  bytes.set(signature, PAYLOAD);
  return toBase45(bytes);
}

export type ReadCode =
  | { outcome: 'ok'; code: AdmissionCode }
  /** Not one of our codes at all. */
  | { outcome: 'unknown' }
  | { outcome: 'unknown_key'; keyId: number }
  | { outcome: 'bad_signature' };

/** A WebCrypto key: the same in Node and in a browser. */
export type AdmissionKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;
/** Public keys by key id. */
export type AdmissionKeys = ReadonlyMap<number, AdmissionKey>;

/** Reads a code and checks its signature. */
export async function readAdmissionCode(text: string, keys: AdmissionKeys): Promise<ReadCode> {
  const bytes = fromBase45(text.trim());
  if (bytes?.length !== PAYLOAD + SIGNATURE || bytes[0]! >> 4 !== FORMAT) return { outcome: 'unknown' };
  const kind = (bytes[0]! & 15) === KINDS.ticket ? 'ticket' : (bytes[0]! & 15) === KINDS.badge ? 'badge' : undefined;
  if (!kind) return { outcome: 'unknown' };
  const keyId = bytes[1]!;
  const key = keys.get(keyId);
  if (!key) return { outcome: 'unknown_key', keyId };
  const genuine = await crypto.subtle.verify(
    'Ed25519',
    key,
    Uint8Array.from(bytes.subarray(PAYLOAD)),
    Uint8Array.from(bytes.subarray(0, PAYLOAD)),
  );
  if (!genuine) return { outcome: 'bad_signature' };
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const serial = [...bytes.subarray(6, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return {
    outcome: 'ok',
    code: {
      kind,
      keyId,
      editionTag: view.getUint32(2),
      serial,
      validFrom: new Date(FIRST_DAY + view.getUint16(16) * DAY),
      validUntil: new Date(FIRST_DAY + (view.getUint16(18) + 1) * DAY - 1),
      scope: view.getBigUint64(20),
    },
  };
}

/** A raw 32-byte Ed25519 public key (base64url) as the scanner and the server keep it. */
export function importAdmissionKey(raw: string): Promise<AdmissionKey> {
  const bytes = Uint8Array.from(atob(raw.replace(/-/g, '+').replace(/_/g, '/')), (character) =>
    character.charCodeAt(0),
  );
  return crypto.subtle.importKey('raw', bytes, 'Ed25519', true, ['verify']);
}
