/** A PIN as whoever checks a proof, or makes one, derives its key: base64url salt of its own, never the one of the offline check. */
export interface PinSalt {
  proofSalt: string;
  iterations: number;
}

export type PinKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const KEY_BYTES = 32;

/** The key that only whoever typed the digits has: PBKDF2 with SHA-256. */
export async function pinKeyOf(digits: string, { proofSalt, iterations }: PinSalt): Promise<PinKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(proofSalt), iterations },
    typed,
    KEY_BYTES * 8,
  );
  return importPinKey(bits);
}

export function importPinKey(raw: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<PinKey> {
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/** Shows that the PIN was typed for this and for nothing else: HMAC-SHA-256, base64url. */
export async function pinProof(key: PinKey, text: string): Promise<string> {
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...mac))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** Whether the proof is the one of this key for this text. */
export async function pinProves(key: PinKey, text: string, proof: string): Promise<boolean> {
  try {
    return await crypto.subtle.verify('HMAC', key, bytesOf(proof), new TextEncoder().encode(text));
  } catch {
    return false;
  }
}

/** What an operator proves to open a session. */
export function onDuty(challenge: string): string {
  return `operator ${challenge}`;
}

/** What a house manager proves to let somebody in against the verdict, though nobody can be asked. */
export function letInBy(scanId: string, reason: string): string {
  return `override ${scanId.toLowerCase()} ${reason}`;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
}
