import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import type { Child, RunningServer, ServerName } from '../../local-stack/index.js';
import { type Addresses, origin, serviceEnvironments } from '../../supervisor/environment.js';
import { developmentKeys } from '../../supervisor/keys.js';
import { migrate, prepareDatabases } from '../../supervisor/prepare.js';
import { mailSink, paymentSandbox, service } from '../../supervisor/programs.js';
import type { Login } from '../../supervisor/run-file.js';
import { seedLogins } from '../../supervisor/seed.js';
import { choosePorts, LOGS, PIDS_FILE, type PortName, SERVICES, type ServiceName } from '../../supervisor/settings.js';
import { type Managed, Supervisor } from '../../supervisor/supervisor.js';
import { onDatabase } from '../checker/on-database.js';
import { WebhookDoor } from '../proxy/webhook-door.js';
import type { Dice } from '../random.js';
import type { Clocks } from './clocks.js';
import { allLinks, type Links, openLinks, quietPort } from './links.js';
import { forgetHouse, stormServer } from './servers.js';

/** Where everything stands; direct addresses, past all links. */
export interface Addressed {
  web: string;
  mail: string;
  payments: string;
  kafka: string;
  redis: number;
  databases: Record<ServiceName, string>;
  /** The instances of tickets themselves. */
  tickets: readonly [string, string];
  /** Where PostgreSQL keeps its files. */
  files: string;
}

export interface HouseOptions {
  dice: Dice;
  tell(line: string): void;
  /** A build with guards off or bugs planted; the repository's own otherwise. */
  root?: string;
  /** Every program goes by a clock of its own. */
  clocks?: Clocks;
  /** Done to the migrated databases before anybody uses them. */
  sabotage?(databases: Record<ServiceName, string>): Promise<void>;
}

/** Programs that a storm may kill. */
export const PROGRAMS = ['gateway', 'screenings', 'tickets-1', 'tickets-2', 'accreditations', 'notifications'] as const;
export type Program = (typeof PROGRAMS)[number] | 'kafka' | 'redis' | 'postgres';

/** Services that hear facts, and may do so with several processes. */
export const HEARS_FOR = { tickets: 'sales', notifications: 'letters' } as const;
export type Hearer = keyof typeof HEARS_FOR;

/** What of the house only its builder knows how to bring. */
interface Doors {
  guest(service: Hearer): Promise<Guest>;
  logins(): Promise<Record<string, Login>>;
  /** Builds that programs were deployed from, where they are not the house's own. */
  roots: Map<string, string>;
  /** Done while a server does not run, before its next start; told where its files are. */
  errands: Map<ServerName, (folder: string) => Promise<void>>;
}

/** A process that is in the house for a while only. */
export interface Guest {
  child: Child;
  url: string;
}

/** A dead program starts again soon: a storm is about many deaths, not about patience. */
const PAUSES_MS = [300, 500, 1_000];

/** A whole house of its own, with two instances of tickets and a link that can break before each of its servers. */
export class House {
  readonly faults: { at: number; what: string }[] = [];

  private constructor(
    readonly at: Addressed,
    readonly links: Links,
    readonly door: WebhookDoor,
    private readonly supervisor: Supervisor,
    private readonly doors: Doors,
  ) {}

  static async start(options: HouseOptions): Promise<House> {
    forgetHouse();
    mkdirSync(LOGS, { recursive: true });
    const supervisor = new Supervisor({ pidFile: PIDS_FILE, tell: () => undefined, pauses: PAUSES_MS });
    try {
      return await build(
        supervisor,
        options,
        (at, links, door, doors) => new House(at, links, door, supervisor, doors),
      );
    } catch (error) {
      await supervisor.stopAll();
      throw error;
    }
  }

  pid(program: Program): number {
    const pid = this.supervisor.pidOf(program);
    if (!pid) throw new Error(`${program} does not run`);
    return pid;
  }

  running(program: Program): boolean {
    return this.supervisor.pidOf(program) !== undefined;
  }

  fault(what: string): void {
    this.faults.push({ at: Date.now(), what });
  }

  /** Kills a program; the supervisor starts it again. False where it is dead already. */
  kill(program: Program): boolean {
    if (!this.running(program)) return false;
    this.fault(`${program} killed`);
    process.kill(this.pid(program), 'SIGKILL');
    return true;
  }

  /** A program ends in good order and comes back from another build; from the house's own when none is named. */
  async deploy(program: (typeof PROGRAMS)[number], root: string | undefined): Promise<void> {
    const before = this.pid(program);
    if (root) this.doors.roots.set(program, root);
    else this.doors.roots.delete(program);
    this.fault(`${program} deployed anew`);
    process.kill(before, 'SIGTERM');
    while (!this.running(program) || this.pid(program) === before) await wait(20);
  }

  /** Holds a program still until the answer is called. */
  freeze(program: Program): () => void {
    const pid = this.pid(program);
    this.fault(`${program} stands still`);
    process.kill(pid, 'SIGSTOP');
    return () => {
      if (this.supervisor.pidOf(program) === pid) process.kill(pid, 'SIGCONT');
    };
  }

  /** A further process of a service joins those that hear with it, and stays until it is ended; nobody starts it again. */
  async join(service: Hearer): Promise<Guest> {
    const guest = await this.doors.guest(service);
    this.fault(`one more joined those who hear for ${HEARS_FOR[service]}`);
    return guest;
  }

  /** A server dies, and something is done to its files before it comes back. */
  async interrupt<T>(server: ServerName, work: (folder: string) => Promise<T>): Promise<T> {
    const done = new Promise<T>((resolve, reject) => {
      this.doors.errands.set(server, async (folder) => {
        this.doors.errands.delete(server);
        await work(folder).then(resolve, reject);
      });
    });
    this.kill(server);
    return done;
  }

  /** The staff of the house, one login for each role. */
  logins(): Promise<Record<string, Login>> {
    return this.doors.logins();
  }

  /** Waits until every program runs and answers, and no link is disturbed. */
  async calm(): Promise<void> {
    for (const link of allLinks(this.links)) link.heal();
    this.door.orderly();
    const doors = [this.at.web, ...this.at.tickets];
    for (const until = Date.now() + 60_000; Date.now() < until; await wait(100)) {
      const all = [...PROGRAMS, 'kafka', 'redis', 'postgres'] as Program[];
      if (!all.every((program) => this.running(program))) continue;
      const ready = await Promise.all(doors.map((url) => answers(`${url}/readyz`)));
      if (ready.every(Boolean)) return;
    }
    throw new Error('the house did not come back within a minute');
  }

  async onDatabase<T>(name: ServiceName, work: (client: pg.Client) => Promise<T>): Promise<T> {
    return onDatabase(this.at.databases[name], work);
  }

  async stop(): Promise<void> {
    await this.supervisor.stopAll();
    await this.door.close();
    for (const link of allLinks(this.links)) await link.close();
  }
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  return answer?.ok === true;
}

function throughPort(url: string, port: number): string {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
}

async function build(
  supervisor: Supervisor,
  options: HouseOptions,
  made: (at: Addressed, links: Links, door: WebhookDoor, doors: Doors) => House,
): Promise<House> {
  const ports = await choosePorts({});
  const second = await quietPort();
  const links = await openLinks({
    kafka: ports.kafka,
    tickets: [ports.tickets, second],
    postgres: ports.postgres,
    redis: ports.redis,
    provider: ports.payments,
    gateway: ports.web,
  });
  const door = await WebhookDoor.open(links.webhook.port, await quietPort(), () => options.dice.next());
  const errands: Doors['errands'] = new Map();
  const servers = await startServers(supervisor, ports, links, options, errands);
  const databases = await prepareDatabases(servers.postgres, '');
  const keys = developmentKeys();
  const common: Addresses = { ports, kafka: `127.0.0.1:${links.kafka.port}`, redis: servers.redis, databases };
  const environments = stormEnvironments(serviceEnvironments(common, keys), links, door, common);
  const tickets = [origin(ports.tickets), origin(second)] as const;
  const doors: Doors = {
    guest: async (name) => {
      const port = await quietPort();
      const env = { ...environments[name], PORT: String(port) };
      const child = await service(name, env, { as: `${name}-guest`, root: options.root }).launch();
      return { child, url: origin(port) };
    },
    logins: () => seedLogins(environments.gateway),
    errands,
    roots: new Map(),
  };
  const deployed = (name: ServiceName, as: string, env: NodeJS.ProcessEnv): Managed => ({
    name: as,
    launch: () =>
      service(name, { ...env, ...options.clocks?.of(as) }, { as, root: doors.roots.get(as) ?? options.root }).launch(),
  });
  await supervisor.start([mailSink(ports), paymentSandbox(ports, keys.secrets)]);
  await migrate(environments, options.root);
  await options.sabotage?.(databases);
  await supervisor.start([
    ...SERVICES.filter((name) => name !== 'tickets').map((name) => deployed(name, name, environments[name])),
    ...([0, 1] as const).map((index) =>
      deployed(
        'tickets',
        `tickets-${index + 1}`,
        ticketsEnvironment(environments.tickets, links, index, index === 0 ? ports.tickets : second),
      ),
    ),
  ]);
  const at: Addressed = {
    web: origin(ports.web),
    mail: origin(ports.mail),
    payments: origin(ports.payments),
    kafka: `127.0.0.1:${links.kafka.port}`,
    redis: ports.redis,
    databases,
    tickets,
    files: servers.files,
  };
  return made(at, links, door, doors);
}

async function startServers(
  supervisor: Supervisor,
  ports: Record<PortName, number>,
  links: Links,
  { tell, clocks }: HouseOptions,
  errands: Doors['errands'],
): Promise<Record<ServerName | 'files', string>> {
  const addresses = { kafka: '', redis: '', postgres: '' };
  const folders = { ...addresses };
  await supervisor.start(
    (['kafka', 'redis', 'postgres'] as const).map((name) =>
      stormServer(
        name,
        ports,
        links.kafka.port,
        tell,
        (running: RunningServer) => {
          addresses[name] = running.address;
          folders[name] = running.folder;
        },
        async () => errands.get(name)?.(folders[name]),
        clocks,
      ),
    ),
  );
  return { ...addresses, files: folders.postgres };
}

/** What every service is told in a storm: all roads lead through the links, and nobody is slowed by limits. */
function stormEnvironments(
  given: Record<ServiceName, NodeJS.ProcessEnv>,
  links: Links,
  door: WebhookDoor,
  { ports }: Addresses,
): Record<ServiceName, NodeJS.ProcessEnv> {
  const changed = {} as Record<ServiceName, NodeJS.ProcessEnv>;
  for (const name of SERVICES)
    changed[name] = {
      ...given[name],
      TICKETS_URL: origin(links.tickets.port),
      RATE_PER_MINUTE: '10000000',
      FREEDOMPAY_URL: name === 'tickets' ? origin(links.provider.port) : origin(ports.payments),
      CALLBACK_URL: `${origin(door.port)}/api/tickets`,
    };
  return changed;
}

function ticketsEnvironment(env: NodeJS.ProcessEnv, links: Links, index: 0 | 1, port: number): NodeJS.ProcessEnv {
  return {
    ...env,
    PORT: String(port),
    DATABASE_URL: throughPort(env.DATABASE_URL ?? '', links.postgres[index].port),
    REDIS_URL: throughPort(env.REDIS_URL ?? '', links.redis[index].port),
  };
}
