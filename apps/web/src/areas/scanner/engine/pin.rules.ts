const TRIES = 5;
const LOCKED_MS = 60_000;

export type PinAnswer = 'right' | 'wrong' | 'locked';

/** Wrong tries of one PIN in a row. */
export interface PinTries {
  wrong: number;
  /** Until when no try counts, by the device's clock. */
  lockedUntil: number;
}

export const NO_TRIES: PinTries = { wrong: 0, lockedUntil: 0 };

/** Five wrong tries close it for a minute. */
export function afterTry(tries: PinTries, right: boolean, now: number): PinTries {
  if (right) return NO_TRIES;
  const wrong = tries.wrong + 1;
  return wrong >= TRIES ? { wrong: 0, lockedUntil: now + LOCKED_MS } : { wrong, lockedUntil: tries.lockedUntil };
}

export function secondsLocked(tries: PinTries, now: number): number {
  return Math.max(0, Math.ceil((tries.lockedUntil - now) / 1_000));
}

/** A PIN as the device is told it. */
export interface PinHash {
  /** base64url. */
  salt: string;
  hash: string;
  iterations: number;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}

/** Whether these digits are the PIN: PBKDF2 with SHA-256, compared in full. */
export async function isPin(digits: string, { salt, hash, iterations }: PinHash): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveBits']);
  const expected = bytesOf(hash);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(salt), iterations },
    key,
    expected.length * 8,
  );
  return new Uint8Array(bits).reduce((differs, byte, index) => differs | (byte ^ expected[index]!), 0) === 0;
}

/** Whose digits they are; all are compared, so that the time tells nothing. */
export async function pinOf<Pin extends PinHash>(digits: string, pins: readonly Pin[]): Promise<Pin | undefined> {
  const right = await Promise.all(pins.map((one) => isPin(digits, one)));
  return pins[right.indexOf(true)];
}
