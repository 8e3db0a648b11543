import { createHash, createPublicKey, pbkdf2, randomBytes, timingSafeEqual, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { DevicePublicKey } from '#libs/contracts';

const derive = promisify(pbkdf2);

/** As OWASP asks of PBKDF2-SHA-256 for short secrets, as far as a phone at a gate can bear it. */
const PIN_ITERATIONS = 210_000;
const PIN_BYTES = 32;

/** Whether the holder of the device's private key signed the text: ECDSA P-256 with SHA-256 as WebCrypto writes it. */
export function signedBy(publicKey: DevicePublicKey, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { ...publicKey }, format: 'jwk' });
    return verify(
      'sha256',
      Buffer.from(text, 'utf8'),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
  } catch {
    return false;
  }
}

/** What is kept of a secret that a device was told. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export interface HashedPin {
  salt: string;
  iterations: number;
  hash: string;
}

/** What is kept of a PIN: a hash that devices are told, and the key of its proofs, that they are not. */
export interface KeptPin extends HashedPin {
  proofSalt: string;
  proofKey: string;
}

export async function hashPin(pin: string): Promise<KeptPin> {
  const [salt, proofSalt] = [randomBytes(16), randomBytes(16)];
  const [hash, proofKey] = await Promise.all(
    [salt, proofSalt].map((one) => derive(pin, one, PIN_ITERATIONS, PIN_BYTES, 'sha256')),
  );
  return {
    salt: salt.toString('base64url'),
    iterations: PIN_ITERATIONS,
    hash: hash!.toString('base64url'),
    proofSalt: proofSalt.toString('base64url'),
    proofKey: proofKey!.toString('base64url'),
  };
}

export async function pinFits(pin: string, known: HashedPin): Promise<boolean> {
  const hash = await derive(pin, Buffer.from(known.salt, 'base64url'), known.iterations, PIN_BYTES, 'sha256');
  return timingSafeEqual(hash, Buffer.from(known.hash, 'base64url'));
}
