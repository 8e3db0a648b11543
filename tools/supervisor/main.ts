import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { asTrouble, dataFolder, reachableFolder, type ServerName } from '../local-stack/index.js';
import { greeting } from './block.js';
import { origin, serviceEnvironments, servicePort } from './environment.js';
import { developmentKeys } from './keys.js';
import { lockCopy } from './lock.js';
import { checkBrokers, migrate, prepareDatabases, stopPrograms } from './prepare.js';
import { alreadyPrepared, notePrepared } from './prepared.js';
import { mailSink, paymentSandbox, server, service } from './programs.js';
import { type Login, type RunFacts, removeRunFile, writeRunFile } from './run-file.js';
import { print, reportTrouble, step, tell } from './say.js';
import { importProgramme, seedLogins } from './seed.js';
import { choosePorts, DATA, FESTIVAL_START, givenServers, PIDS_FILE, SERVICES, type ServiceName } from './settings.js';
import { Supervisor } from './supervisor.js';

function forget(): void {
  const postgres = dataFolder(`${DATA}/postgres`);
  rmSync(DATA, { recursive: true, force: true });
  if (dirname(postgres) === dirname(reachableFolder('postgres'))) rmSync(postgres, { recursive: true, force: true });
}

let facts: RunFacts | undefined;
const supervisor = new Supervisor({
  pidFile: PIDS_FILE,
  tell,
  onChange: () => {
    if (!facts) return;
    facts.processes = supervisor.pids();
    for (const name of SERVICES) facts.services[name].pid = supervisor.pidOf(name) ?? 0;
    writeRunFile(facts);
  },
});

async function prepareOnce(
  databases: Record<ServiceName, string>,
  environments: Record<ServiceName, NodeJS.ProcessEnv>,
): Promise<Record<string, Login>> {
  const last = alreadyPrepared(databases);
  if (last) return last;
  await step('databases migrated', () => migrate(environments));
  const logins = await step('logins', () => seedLogins(environments.gateway));
  notePrepared(databases, logins);
  return logins;
}

async function startEverything(args: string[]): Promise<RunFacts> {
  const given = givenServers(process.env);
  const ports = await choosePorts(process.env);
  if (args.includes('--fresh')) {
    await step('all data of this copy forgotten', async () => forget());
    if (Object.values(given).some(Boolean)) tell('what the given servers hold was left as it is');
  }
  const keys = developmentKeys();
  const addresses: Record<ServerName, string> = {
    kafka: given.kafka ?? '',
    redis: given.redis ?? '',
    postgres: given.postgres ?? '',
  };
  const own = (['kafka', 'redis', 'postgres'] as const).filter((name) => !given[name]);
  await step(own.length > 0 ? `${own.join(', ')} started` : 'given servers used', () =>
    supervisor.start(
      own.map((name) =>
        server(name, ports, tell, (running) => {
          addresses[name] = running.address;
        }),
      ),
    ),
  );
  const [databases] = await step('databases', () =>
    Promise.all([
      prepareDatabases(addresses.postgres, given.postgres ? 'seans_' : ''),
      checkBrokers(addresses.kafka.split(',')),
    ]),
  );
  const environments = serviceEnvironments({ ports, kafka: addresses.kafka, redis: addresses.redis, databases }, keys);
  await step('mail sink and payment sandbox', () =>
    supervisor.start([mailSink(ports), paymentSandbox(ports, keys.secrets)]),
  );
  const logins = await prepareOnce(databases, environments);
  await step('services answer', () => supervisor.start(SERVICES.map((name) => service(name, environments[name]))));
  const web = origin(ports.web);
  const seed = args.includes('--no-import')
    ? { edition: 'almaty-2019', screenings: [] }
    : await step(
        'programme of Almaty 2019',
        () => importProgramme(`${web}/api`, logins.admin),
        ({ now, screenings }) => `${now ? 'imported' : 'kept'}, ${screenings.length} screenings`,
      );
  const services = Object.fromEntries(
    SERVICES.map((name) => [name, { url: origin(servicePort(ports, name)), pid: supervisor.pidOf(name) ?? 0 }]),
  ) as Record<ServiceName, { url: string; pid: number }>;
  return {
    web,
    api: `${web}/api`,
    mail: origin(ports.mail),
    payments: origin(ports.payments),
    kafka: addresses.kafka,
    redis: addresses.redis,
    databases,
    services,
    processes: supervisor.pids(),
    logins,
    seed: { edition: seed.edition, screenings: seed.screenings },
    clock: { festivalStart: FESTIVAL_START },
    supervisor: process.pid,
  };
}

let stop: Promise<void> | undefined;
function stopEverything(why: string, unlock: () => void): Promise<void> {
  stop ??= (async () => {
    if (why) print(`\nStopping everything (${why}) …`);
    removeRunFile();
    stopPrograms();
    await supervisor.stopAll();
    unlock();
    if (why) print('Stopped. The data is kept.');
  })();
  return stop;
}

async function main(args: string[]): Promise<void> {
  const unlock = lockCopy();
  const end = (why: string) => void stopEverything(why, unlock).then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
  // The launcher between us and the terminal was killed: nobody could stop us any more.
  const launcher = Number(process.env.SEANS_LAUNCHER ?? 0);
  setInterval(() => {
    if (launcher > 0 && process.ppid !== launcher) end('the launcher is gone');
  }, 1_000);
  try {
    const from = Date.now();
    facts = await startEverything(args);
    writeRunFile(facts);
    print(`${((Date.now() - from) / 1_000).toFixed(1).padStart(6)} s  everything answers`);
    print(greeting(facts));
  } catch (error) {
    if (stop) return stop;
    await stopEverything('', unlock);
    throw error;
  }
}

main(process.argv.slice(2)).catch((error) => {
  reportTrouble(asTrouble(error));
  process.exit(1);
});
