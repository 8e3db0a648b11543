/** What only this device has: the browser keeps both and shows neither, not even to this page. */
export interface DeviceKeys {
  /** ECDSA P-256; its public half is told once, at pairing. */
  sign: CryptoKeyPair;
  /** AES-GCM; lists and the log lie under it. */
  seal: CryptoKey;
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export async function makeKeys(): Promise<DeviceKeys> {
  const [sign, seal] = await Promise.all([
    crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']),
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ]);
  return { sign, seal };
}

export function publicKeyOf(keys: DeviceKeys): Promise<JsonWebKey> {
  return crypto.subtle.exportKey('jwk', keys.sign.publicKey);
}

/** A signature over UTF-8, 64 bytes r and s, as base64url. */
export async function signed(keys: DeviceKeys, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.sign.privateKey, bytes);
  return toBase64Url(new Uint8Array(signature));
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const IV_BYTES = 12;

export async function sealedUp(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain) };
}

/** Undefined where it can't be opened: another key, a torn write. */
export async function opened<T>(key: CryptoKey, sealed: Sealed): Promise<T | undefined> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data);
    return JSON.parse(new TextDecoder().decode(plain)) as T;
  } catch {
    return undefined;
  }
}
