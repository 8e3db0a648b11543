import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';

/** Thrown at boot with every missing or unusable setting by name; the process does not start half-configured. */
export class SettingsError extends Error {
  readonly code = 'settings-invalid';
  constructor(readonly problems: string[]) {
    super(`settings: ${problems.join('; ')}`);
    this.name = 'SettingsError';
  }
}

export interface Setting<T> {
  /** One sentence for docs/operations.md. */
  readonly says: string;
  /** Used only in development and test; outside them the setting must be given unless `fallback` is set. */
  readonly development?: string;
  /** Used everywhere when the variable is absent. */
  readonly fallback?: string;
  readonly secret?: boolean;
  readonly optional?: boolean;
  parse(raw: string): T;
}

type Options = Omit<Setting<unknown>, 'parse'>;
// biome-ignore lint/suspicious/noExplicitAny: a record of settings of any value types
export type SettingsDefinition = Record<string, Setting<any>>;
export type SettingsOf<D extends SettingsDefinition> = {
  readonly [K in keyof D]: D[K] extends Setting<infer T> ? T : never;
};

export function text(options: Options): Setting<string> {
  return { ...options, parse: (raw) => raw };
}

export function optionalText(says: string, secret = false): Setting<string | undefined> {
  return { says, secret, optional: true, parse: (raw) => raw };
}

export function integer(options: Options, min = 0, max = Number.MAX_SAFE_INTEGER): Setting<number> {
  return {
    ...options,
    parse(raw) {
      const value = Number(raw);
      if (!Number.isInteger(value) || value < min || value > max)
        throw new Error(`must be a whole number from ${min} to ${max}`);
      return value;
    },
  };
}

export function url(options: Options): Setting<string> {
  return {
    ...options,
    parse(raw) {
      if (!URL.canParse(raw)) throw new Error('must be an absolute URL');
      return raw.replace(/\/$/, '');
    },
  };
}

export function choice<const C extends readonly string[]>(choices: C, options: Options): Setting<C[number]> {
  return {
    ...options,
    parse(raw) {
      if (!choices.includes(raw)) throw new Error(`must be one of ${choices.join(', ')}`);
      return raw;
    },
  };
}

/** An Ed25519 private key, PKCS8 DER in base64url. Absent in development: one is made for this process alone. */
export function signingKey(says: string): Setting<KeyObject> {
  return {
    says,
    secret: true,
    development: 'made-for-this-process',
    parse(raw) {
      if (raw === 'made-for-this-process') return generateKeyPairSync('ed25519').privateKey;
      const key = createPrivateKey({ key: Buffer.from(raw, 'base64url'), format: 'der', type: 'pkcs8' });
      if (key.asymmetricKeyType !== 'ed25519') throw new Error('must be an Ed25519 key');
      return key;
    },
  };
}

export function publicKeyOf(key: KeyObject): KeyObject {
  return createPublicKey(key);
}

/** Secrets that stand in examples and start-up scripts; none of them may reach production. */
const KNOWN_SECRETS = /^(secret|password|changeme|test|dev(elopment)?|seans|sandbox)([-_].*)?$/i;

/**
 * Reads the settings from the environment.
 * @throws {SettingsError} naming every variable that is missing, malformed or, outside development, a default secret
 */
export function readSettings<D extends SettingsDefinition>(definition: D, env: NodeJS.ProcessEnv): SettingsOf<D> {
  const environment = env.SEANS_ENV ?? 'development';
  const relaxed = environment === 'development' || environment === 'test';
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(definition)) {
    const given = env[name] === '' ? undefined : env[name];
    const raw = given ?? (relaxed ? (setting.development ?? setting.fallback) : setting.fallback);
    if (raw === undefined) {
      if (!setting.optional) problems.push(`${name} is missing (${setting.says})`);
      continue;
    }
    if (setting.secret && !relaxed && KNOWN_SECRETS.test(raw)) {
      problems.push(`${name} is a well-known default and must be changed`);
      continue;
    }
    try {
      values[name] = setting.parse(raw);
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : 'is unusable'}`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return values as SettingsOf<D>;
}

/** What every process reads. */
export const commonSettings = {
  SEANS_ENV: choice(['development', 'test', 'production'], {
    says: 'development and test have safe defaults on loopback; production has none',
    fallback: 'development',
  }),
  HOST: text({ says: 'address to listen on', fallback: '127.0.0.1' }),
  PORT: integer({ says: 'port to listen on; 0 takes a free one', development: '0' }, 0, 65_535),
  DATABASE_URL: optionalText("PostgreSQL URL of the service's own database", true),
  DATABASE_POOL: integer({ says: 'most database connections of one process', fallback: '10' }, 1, 200),
  KAFKA_BROKERS: text({ says: 'Kafka brokers, host:port separated by commas', development: '127.0.0.1:9092' }),
  KAFKA_TOPIC_PREFIX: optionalText('put before each topic name, where several installations share brokers'),
  PEOPLE_SEGMENT_SECONDS: integer(
    {
      says: 'age at which brokers close a segment of the topic of people, so that an erased address can be compacted away',
      development: '3',
      fallback: '3600',
    },
    1,
  ),
  REDIS_URL: url({ says: 'Redis that keeps the holds (tickets)', development: 'redis://127.0.0.1:6379' }),
  PUBLIC_URL: url({ says: 'origin of the site as people see it', development: 'http://127.0.0.1:8080' }),
  GATEWAY_URL: url({ says: "the gateway's internal address", development: 'http://127.0.0.1:8080' }),
  SCREENINGS_URL: url({ says: "the screenings service's address", development: 'http://127.0.0.1:8081' }),
  TICKETS_URL: url({ says: "the tickets service's address", development: 'http://127.0.0.1:8082' }),
  ACCREDITATIONS_URL: url({ says: "the accreditations service's address", development: 'http://127.0.0.1:8083' }),
  NOTIFICATIONS_URL: url({ says: "the notifications service's address", development: 'http://127.0.0.1:8084' }),
  SIGNING_KEY: signingKey("the service's Ed25519 private key, PKCS8 DER in base64url; signs its service tokens"),
  TRUSTED_KEYS: text({
    says: 'JWKS (JSON) of the public keys of gateway and services; the part of kid before "-" names the issuer',
    development: '{"keys":[]}',
  }),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    says: 'least severe log line that is written',
    fallback: 'info',
  }),
} satisfies SettingsDefinition;

export type CommonSettings = SettingsOf<typeof commonSettings>;
/** Injection token of the settings of this process. */
export const SETTINGS = Symbol('settings');
