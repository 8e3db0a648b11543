import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demandedPort, preferablyPort, REPOSITORY } from '../local-stack/index.js';

/** The services in the order in which people read them; also the names of their databases. */
export const SERVICES = ['gateway', 'screenings', 'tickets', 'accreditations', 'notifications'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** SEANS_LOCAL gives a house of its own to a test run, beside the one that a person keeps. */
export const LOCAL = process.env.SEANS_LOCAL ?? join(REPOSITORY, '.local');
/** Everything that `--fresh` forgets. */
export const DATA = join(LOCAL, 'data');
export const LOGS = join(LOCAL, 'logs');
export const RUN_FILE = join(LOCAL, 'run.json');
export const LOCK_FILE = join(LOCAL, 'supervisor.pid');
export const PIDS_FILE = join(LOCAL, 'children.pids');
const PORTS_FILE = join(LOCAL, 'ports.json');

/** The edition that a first start stands in: 12 September 2019, 10:00 in Almaty. */
export const FESTIVAL_START = '2019-09-12T04:00:00Z';

const PORTS = {
  web: 'WEB_PORT',
  screenings: 'SCREENINGS_PORT',
  tickets: 'TICKETS_PORT',
  accreditations: 'ACCREDITATIONS_PORT',
  notifications: 'NOTIFICATIONS_PORT',
  mail: 'MAIL_PORT',
  smtp: 'SMTP_PORT',
  payments: 'PAYMENTS_PORT',
  postgres: 'POSTGRES_PORT',
  redis: 'REDIS_PORT',
  kafka: 'KAFKA_PORT',
  kafkaController: 'KAFKA_CONTROLLER_PORT',
} as const;
export type PortName = keyof typeof PORTS;

/** Below the range that outgoing connections take theirs from, and different for each copy. */
function homePort(index: number): number {
  const copy = createHash('sha256').update(REPOSITORY).digest().readUInt16BE(0) % 600;
  return 20_000 + copy * 20 + index;
}

/**
 * The ports of this copy: those that the environment demands, else the ones it had before, else its own range, else any.
 * @throws StartTrouble `port-in-use` or `bad-port` for a demanded one
 */
export async function choosePorts(environment: NodeJS.ProcessEnv): Promise<Record<PortName, number>> {
  const before: Partial<Record<PortName, number>> = existsSync(PORTS_FILE)
    ? JSON.parse(readFileSync(PORTS_FILE, 'utf8'))
    : {};
  const chosen = {} as Record<PortName, number>;
  for (const [index, [name, variable]] of (Object.entries(PORTS) as [PortName, string][]).entries()) {
    const given = environment[variable];
    chosen[name] = given ? await demandedPort(variable, given) : await preferablyPort(before[name] ?? homePort(index));
  }
  mkdirSync(LOCAL, { recursive: true });
  writeFileSync(PORTS_FILE, JSON.stringify(chosen, null, 2));
  return chosen;
}

/** Servers that the environment names are used as they are, not started. */
export function givenServers(environment: NodeJS.ProcessEnv) {
  return {
    kafka: environment.KAFKA_BROKERS || undefined,
    redis: environment.REDIS_URL || undefined,
    postgres: environment.DATABASE_URL || undefined,
  };
}
