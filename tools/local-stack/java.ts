import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot } from './folders.js';
import { StartTrouble } from './trouble.js';

/** Kafka 4 needs it. */
const OLDEST_JAVA = 17;
const PACKAGES = ['openjdk-21-jre-headless', 'openjdk-17-jre-headless', 'openjdk-25-jre-headless'];

type Run = (command: string, args: string[]) => { status: number | null; output: string };

const run: Run = (command, args) => {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return { status: result.error ? null : result.status, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
};

/** The major version in the output of `java -version`: 8 for "1.8.0_392", 17 for "17.0.15". */
export function javaMajor(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}

function javaCommand(): string {
  const home = process.env.JAVA_HOME;
  return home && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : 'java';
}

function canInstall(): boolean {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return isRoot() && /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(release);
}

function installByApt(wanted: string[], tell: (line: string) => void, exec: Run): void {
  tell(`installing ${wanted.join(' and ')} with apt-get`);
  const args = ['install', '-y', '-q', '--no-install-recommends', ...wanted];
  if (exec('apt-get', args).status === 0) return;
  exec('apt-get', ['update', '-q']);
  const second = exec('apt-get', args);
  if (second.status !== 0) {
    throw new StartTrouble(
      'apt-failed',
      `apt-get could not install ${wanted.join(' and ')}.\n${second.output.trim().split('\n').slice(-6).join('\n')}`,
      `Install them by hand, then start again.`,
    );
  }
}

function knownToApt(exec: Run): string | undefined {
  const known = () =>
    PACKAGES.find((name) => /Candidate: (?!\(none\))\S/.test(exec('apt-cache', ['policy', name]).output));
  const first = known();
  if (first) return first;
  exec('apt-get', ['update', '-q']);
  return known();
}

/**
 * A Java that Kafka runs on; installed with apt-get when it is missing, we are root and this is Debian or Ubuntu.
 * @throws StartTrouble `java-too-old`, `java-missing` or `apt-failed`
 */
export function ensureJava(
  tell: (line: string) => void = () => undefined,
  exec: Run = run,
  apt = canInstall(),
): string {
  const command = javaCommand();
  const found = exec(command, ['-version']);
  const major = found.status === 0 ? javaMajor(found.output) : undefined;
  if (major !== undefined && major >= OLDEST_JAVA) return command;
  if (major !== undefined && process.env.JAVA_HOME) {
    throw tooOld(major, `JAVA_HOME (${process.env.JAVA_HOME})`);
  }
  if (apt) {
    const name = knownToApt(exec);
    if (name) {
      installByApt([name], tell, exec);
      const installed = exec('java', ['-version']);
      if ((javaMajor(installed.output) ?? 0) >= OLDEST_JAVA) return 'java';
      const direct = `/usr/lib/jvm/${name.replace('openjdk', 'java').replace('-jre-headless', '-openjdk')}-${debianArch()}/bin/java`;
      if (existsSync(direct)) return direct;
    }
  }
  if (major !== undefined) throw tooOld(major, 'on the PATH');
  throw new StartTrouble(
    'java-missing',
    'Kafka needs Java 17 or newer, and there is none.',
    'Install it (Debian, Ubuntu: apt install openjdk-17-jre-headless · macOS: brew install openjdk), or give a broker: KAFKA_BROKERS=host:port npm start',
  );
}

function tooOld(major: number, where: string): StartTrouble {
  return new StartTrouble(
    'java-too-old',
    `Kafka needs Java ${OLDEST_JAVA} or newer; the one ${where} is ${major}.`,
    'Install a newer one and point JAVA_HOME to it, or give a broker: KAFKA_BROKERS=host:port npm start',
  );
}

function debianArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

/** Maven, installed with apt-get under the same conditions. */
export function ensureMaven(
  tell: (line: string) => void = () => undefined,
  exec: Run = run,
  apt = canInstall(),
): string {
  if (exec('mvn', ['-v']).status === 0) return 'mvn';
  if (apt) {
    installByApt(['maven'], tell, exec);
    if (exec('mvn', ['-v']).status === 0) return 'mvn';
  }
  throw new StartTrouble(
    'maven-missing',
    'Maven fetches Kafka and Redis, and there is none.',
    'Install it (Debian, Ubuntu: apt install maven · macOS: brew install maven), or give the servers: KAFKA_BROKERS=… REDIS_URL=… npm start',
  );
}
