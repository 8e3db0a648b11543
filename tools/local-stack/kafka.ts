import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.js';
import { answers } from './ports.js';
import { StartTrouble } from './trouble.js';

export interface KafkaOptions {
  java: string;
  libs: string;
  port: number;
  controllerPort: number;
  /** The port that clients are told to come back to, where something stands between; the broker's own otherwise. */
  advertisedPort?: number;
  /** Holds the log segments and the settings. */
  folder: string;
  logFile: string;
  /** False for tests: topics may be deleted and recreated freely, nothing is flushed on purpose. */
  durable: boolean;
  environment?: NodeJS.ProcessEnv;
}

function settings(options: KafkaOptions): string {
  const broker = `PLAINTEXT://127.0.0.1:${options.port}`;
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=${broker},CONTROLLER://127.0.0.1:${options.controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${options.advertisedPort ?? options.port}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `controller.quorum.voters=1@127.0.0.1:${options.controllerPort}`,
    `log.dirs=${join(options.folder, 'data')}`,
    'auto.create.topics.enable=false',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'transaction.state.log.num.partitions=1',
    'group.initial.rebalance.delay.ms=0',
    'num.network.threads=2',
    'num.io.threads=4',
    // The default of 128 MB does not fit into the small heap.
    'log.cleaner.dedupe.buffer.size=8388608',
    'log.cleaner.threads=1',
    // An erasure waits for the cleaner: it looks each second instead of every 15.
    'log.cleaner.backoff.ms=1000',
    'log.retention.ms=-1',
    'log.index.size.max.bytes=1048576',
    // After kill -9 the broker waits for its own old session: 6 s with these, 13 s without.
    'broker.session.timeout.ms=3000',
    'broker.heartbeat.interval.ms=1000',
    '',
  ].join('\n');
}

const JVM = [
  ...[
    '-Xms48m',
    '-Xmx160m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-XX:ReservedCodeCacheSize=48m',
    '-Xss512k',
  ],
  ...['-XX:-UsePerfData', '-Djava.awt.headless=true', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'],
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
];

/** Starts one KRaft broker, formatting its folder the first time, and waits until it answers. */
export async function startKafka(options: KafkaOptions): Promise<Child> {
  mkdirSync(join(options.folder, 'data'), { recursive: true });
  const file = join(options.folder, 'server.properties');
  writeFileSync(file, settings(options));
  const classPath = join(options.libs, '*');
  if (!existsSync(join(options.folder, 'data', 'meta.properties'))) {
    const id = randomBytes(16).toString('base64url');
    // One id in 64 begins with a hyphen: joined to its option it is not taken for another one.
    const format = ['-Xmx64m', '-cp', classPath, 'kafka.tools.StorageTool', 'format', `--cluster-id=${id}`, '-c', file];
    const result = spawnSync(options.java, [...JVM, ...format], { encoding: 'utf8' });
    if (result.status !== 0) {
      const words = `${result.stdout}${result.stderr}`.trim();
      const code = /no space left/i.test(words) ? 'disk-full' : 'kafka-failed';
      throw new StartTrouble(code, `Kafka could not prepare its folder.\n${words}`, `Look at ${options.folder}`);
    }
  }
  const child = Child.start({
    name: 'kafka',
    command: options.java,
    args: [...JVM, '-cp', classPath, 'kafka.Kafka', file],
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    logFile: options.logFile,
  });
  await child.until(() => answers(options.port), 60_000);
  return child;
}
