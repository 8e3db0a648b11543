import { join } from 'node:path';
import type { DevelopmentKeys } from './keys.js';
import { DATA, FESTIVAL_START, type PortName, SERVICES, type ServiceName } from './settings.js';

export interface Addresses {
  ports: Record<PortName, number>;
  kafka: string;
  redis: string;
  databases: Record<ServiceName, string>;
}

export const MERCHANT_ID = '500001';

export function origin(port: number): string {
  return `http://127.0.0.1:${port}`;
}

export function servicePort(ports: Record<PortName, number>, service: ServiceName): number {
  return ports[service === 'gateway' ? 'web' : service];
}

/** The environment of each service; the person's own variables (LOG_LEVEL, OTEL_*) pass through. */
export function serviceEnvironments(
  { ports, kafka, redis, databases }: Addresses,
  keys: DevelopmentKeys,
): Record<ServiceName, NodeJS.ProcessEnv> {
  const urls = Object.fromEntries(
    SERVICES.map((service) => [`${service.toUpperCase()}_URL`, origin(servicePort(ports, service))]),
  );
  const common: NodeJS.ProcessEnv = {
    ...process.env,
    ...urls,
    ...keys.secrets,
    NODE_ENV: 'production',
    SEANS_ENV: 'development',
    HOST: '127.0.0.1',
    TZ: 'UTC',
    KAFKA_BROKERS: kafka,
    REDIS_URL: redis,
    PUBLIC_URL: origin(ports.web),
    TRUSTED_KEYS: JSON.stringify(keys.trusted),
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    FREEDOMPAY_URL: origin(ports.payments),
    FREEDOMPAY_MERCHANT_ID: MERCHANT_ID,
    STRIPE_URL: origin(ports.payments),
    FISCAL_URL: `${origin(ports.payments)}/fiscal`,
    TERMINAL_URL: `${origin(ports.payments)}/terminal`,
    // One machine plays everybody here: walks and tests sign in far oftener than people do.
    SIGN_IN_RATE: '60',
    RATE_PER_MINUTE: '6000',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
  const environments = {} as Record<ServiceName, NodeJS.ProcessEnv>;
  for (const service of SERVICES) {
    environments[service] = {
      ...common,
      SEANS_SERVICE: service,
      PORT: String(servicePort(ports, service)),
      DATABASE_URL: databases[service],
      SIGNING_KEY: keys.signing[service],
      ...(service === 'screenings' && { FESTIVAL_START }),
      ...(service === 'accreditations' && { UPLOADS_DIR: join(DATA, 'uploads') }),
    };
  }
  return environments;
}
