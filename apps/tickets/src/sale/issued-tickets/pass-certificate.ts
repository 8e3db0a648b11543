import { generateKeyPairSync } from 'node:crypto';
import type forge from 'node-forge';

type Forge = typeof forge;

export interface PassCertificate {
  /** PEM. */
  signer: string;
  key: string;
  /** The intermediate certificate that vouches for the signer. */
  wwdr: string;
}

/**
 * A certificate for development and specs, made on the spot under an authority of its own: passes are signed as Apple's
 * are, and no phone takes them. Production brings Apple's.
 */
export async function developmentCertificate(passType: string, team: string): Promise<PassCertificate> {
  const { default: library } = await import('node-forge');
  const authority = pair(library);
  const signer = pair(library);
  const issuer = [{ name: 'commonName', value: 'Seans development authority' }];
  const root = certificate(library, authority.publicKey, issuer, issuer, authority.privateKey, '01');
  const subject = [
    { type: '0.9.2342.19200300.100.1.1', value: passType },
    { name: 'commonName', value: `Pass Type ID: ${passType}` },
    { name: 'organizationalUnitName', value: team },
  ];
  const leaf = certificate(library, signer.publicKey, subject, issuer, authority.privateKey, '02');
  return {
    signer: library.pki.certificateToPem(leaf),
    key: library.pki.privateKeyToPem(signer.privateKey),
    wwdr: library.pki.certificateToPem(root),
  };
}

function pair(library: Forge) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = library.pki.privateKeyFromPem(privateKey.export({ format: 'pem', type: 'pkcs1' }).toString());
  return { privateKey: key, publicKey: library.pki.setRsaPublicKey(key.n, key.e) };
}

function certificate(
  library: Forge,
  publicKey: forge.pki.rsa.PublicKey,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  signWith: forge.pki.rsa.PrivateKey,
  serial: string,
): forge.pki.Certificate {
  const made = library.pki.createCertificate();
  made.publicKey = publicKey;
  made.serialNumber = serial;
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 365 * 86_400_000);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.sign(signWith, library.md.sha256.create());
  return made;
}
