import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

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
export function developmentCertificate(passType: string, team: string): PassCertificate {
  const authority = pair();
  const signer = pair();
  const issuer = [{ name: 'commonName', value: 'Seans development authority' }];
  const root = certificate(authority.publicKey, issuer, issuer, authority.privateKey, '01');
  const subject = [
    { type: '0.9.2342.19200300.100.1.1', value: passType },
    { name: 'commonName', value: `Pass Type ID: ${passType}` },
    { name: 'organizationalUnitName', value: team },
  ];
  const leaf = certificate(signer.publicKey, subject, issuer, authority.privateKey, '02');
  return {
    signer: forge.pki.certificateToPem(leaf),
    key: forge.pki.privateKeyToPem(signer.privateKey),
    wwdr: forge.pki.certificateToPem(root),
  };
}

function pair() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = forge.pki.privateKeyFromPem(privateKey.export({ format: 'pem', type: 'pkcs1' }).toString());
  return { privateKey: key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) };
}

function certificate(
  publicKey: forge.pki.rsa.PublicKey,
  subject: forge.pki.CertificateField[],
  issuer: forge.pki.CertificateField[],
  signWith: forge.pki.rsa.PrivateKey,
  serial: string,
): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = publicKey;
  made.serialNumber = serial;
  made.validity.notBefore = new Date(Date.now() - 86_400_000);
  made.validity.notAfter = new Date(Date.now() + 365 * 86_400_000);
  made.setSubject(subject);
  made.setIssuer(issuer);
  made.sign(signWith, forge.md.sha256.create());
  return made;
}
