import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { fromBase45, toBase45 } from './base45.js';
import {
  type AdmissionCode,
  type AdmissionKeys,
  editionTag,
  importAdmissionKey,
  readAdmissionCode,
  screeningTag,
  writeAdmissionCode,
} from './index.js';

const pair = generateKeyPairSync('ed25519');
const signer = (bytes: Uint8Array) => sign(null, bytes, pair.privateKey);
const ticket: AdmissionCode = {
  kind: 'ticket',
  keyId: 7,
  editionTag: editionTag('almaty-2019'),
  serial: '0123456789abcdef0123',
  validFrom: new Date('2019-09-14T00:00:00Z'),
  validUntil: new Date('2019-09-20T23:59:59.999Z'),
  scope: screeningTag('opening'),
};
let keys: AdmissionKeys;

beforeAll(async () => {
  const raw = pair.publicKey.export({ format: 'jwk' }).x!;
  keys = new Map([[7, await importAdmissionKey(raw)]]);
});

describe('base45', () => {
  it('agrees with the examples of RFC 9285', () => {
    expect(toBase45(new TextEncoder().encode('AB'))).toBe('BB8');
    expect(toBase45(new TextEncoder().encode('Hello!!'))).toBe('%69 VD92EX0');
    expect(new TextDecoder().decode(fromBase45('QED8WEX0'))).toBe('ietf!');
    expect(fromBase45('GGW:')).toBeUndefined();
    expect(fromBase45('::')).toBeUndefined();
  });
  it('returns any bytes as they were', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(fromBase45(toBase45(bytes))).toEqual(bytes)));
  });
});

describe('an admission code', () => {
  it('is read as it was written, and fits a QR of version 8 at level Q', async () => {
    const text = await writeAdmissionCode(ticket, signer);
    expect(text).toHaveLength(138);
    expect(await readAdmissionCode(text, keys)).toEqual({ outcome: 'ok', code: ticket });
  });
  it('is refused when any bit of it was changed', async () => {
    const bytes = fromBase45(await writeAdmissionCode(ticket, signer))!;
    for (const index of [2, 6, 16, 20, 27, 28, 91]) {
      const forged = Uint8Array.from(bytes);
      forged[index]! ^= 1;
      expect((await readAdmissionCode(toBase45(forged), keys)).outcome).toBe('bad_signature');
    }
  });
  it('names a key that nobody has, and what is no code at all', async () => {
    const text = await writeAdmissionCode({ ...ticket, keyId: 9 }, signer);
    expect(await readAdmissionCode(text, keys)).toEqual({ outcome: 'unknown_key', keyId: 9 });
    for (const junk of ['', 'HELLO', '4012345678901', text.slice(3)])
      expect((await readAdmissionCode(junk, keys)).outcome).toBe('unknown');
  });
});
