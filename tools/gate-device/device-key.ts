import { generateKeyPairSync, sign } from 'node:crypto';

/** The key pair that a gate device makes for itself. */
export interface DeviceKey {
  publicKey: { kty: 'EC'; crv: 'P-256'; x: string; y: string };
  /** ECDSA P-256 with SHA-256, as WebCrypto writes it. */
  sign(text: string): string;
}

export function newDeviceKey(): DeviceKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    sign: (text) =>
      sign('sha256', Buffer.from(text), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  };
}
