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

const SECRETS = [
  'AUTH_SECRET',
  'TOKEN_SECRET',
  'FREEDOMPAY_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'DATA_KEY',
  'MAIL_TOKEN_KEY',
];
/** Codes that people carry must still open doors after a restart. */
const CODE_KEYS = ['ADMISSION_KEY', 'BADGE_KEY'];
/** The fiscal operator and Google know us by these. */
const RSA_KEYS = ['FISCAL_KEY', 'GOOGLE_WALLET_KEY'];

function ed25519(): { secret: string; jwk: JsonWebKey } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
    jwk: createPublicKey(privateKey).export({ format: 'jwk' }),
  };
}

function rsa(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
}

/** New keys and secrets for every service, whose public halves all of them trust. */
export function makeKeys(): DevelopmentKeys {
  const signing = {} as Record<ServiceName, string>;
  const keys: DevelopmentKeys['trusted']['keys'] = [];
  for (const service of SERVICES) {
    const { secret, jwk } = ed25519();
    signing[service] = secret;
    keys.push({ ...jwk, kid: `${service}-1`, alg: 'EdDSA', use: 'sig' });
  }
  const random = SECRETS.map((name) => [name, randomBytes(32).toString('base64url')]);
  const secrets = Object.fromEntries([
    ...random,
    ...CODE_KEYS.map((name) => [name, ed25519().secret]),
    ...RSA_KEYS.map((name) => [name, rsa()]),
  ]);
  return { signing, trusted: { keys }, secrets };
}

/** The keys and secrets of this copy, made once; what an older copy lacks is added. Only its owner may read them. */
export function developmentKeys(): DevelopmentKeys {
  const file = join(DATA, 'keys.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DevelopmentKeys) : undefined;
  const names = [...SECRETS, ...CODE_KEYS, ...RSA_KEYS];
  if (kept && names.every((name) => kept.secrets[name] !== undefined)) return kept;
  const made = makeKeys();
  const keys = kept ? { ...kept, secrets: { ...made.secrets, ...kept.secrets } } : made;
  mkdirSync(DATA, { recursive: true });
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}
