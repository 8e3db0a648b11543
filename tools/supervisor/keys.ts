import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA, SERVICES, type ServiceName } from './settings.js';

export interface DevelopmentKeys {
  /** PKCS8 DER in base64url, per service. */
  signing: Record<ServiceName, string>;
  /** JWKS of the public halves; `kid` begins with the service's name. */
  trusted: { keys: (JsonWebKey & { kid: string; alg: string })[] };
  /** Random secrets by the name of the variable that carries them. */
  secrets: Record<string, string>;
}

const SECRETS = ['AUTH_SECRET', 'FREEDOMPAY_SECRET', 'DATA_KEY'] as const;

function makeKeys(): DevelopmentKeys {
  const signing = {} as Record<ServiceName, string>;
  const keys: DevelopmentKeys['trusted']['keys'] = [];
  for (const service of SERVICES) {
    const { privateKey } = generateKeyPairSync('ed25519');
    signing[service] = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
    const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
    keys.push({ ...jwk, kid: `${service}-1`, alg: 'EdDSA', use: 'sig' });
  }
  const secrets = Object.fromEntries(SECRETS.map((name) => [name, randomBytes(32).toString('base64url')]));
  return { signing, trusted: { keys }, secrets };
}

/** The keys and secrets of this copy, made once; only its owner may read them. */
export function developmentKeys(): DevelopmentKeys {
  const file = join(DATA, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DevelopmentKeys;
  const keys = makeKeys();
  mkdirSync(DATA, { recursive: true });
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}
