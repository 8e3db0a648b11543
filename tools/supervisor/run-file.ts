import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { LOCAL, RUN_FILE, type ServiceName } from './settings.js';

export interface Login {
  email: string;
  password: string;
}

/** What `.local/run.json` says, for scripts and test tools. It is there only while everything runs. */
export interface RunFacts {
  web: string;
  api: string;
  mail: string;
  payments: string;
  kafka: string;
  redis: string;
  databases: Record<ServiceName, string>;
  services: Record<ServiceName, { url: string; pid: number }>;
  /** Everything that was started, by name. Servers given by the environment are not in it. */
  processes: Record<string, number>;
  /** By role. */
  logins: Record<string, Login>;
  seed: { edition: string; screenings: string[] };
  clock: { festivalStart: string };
  supervisor: number;
}

/** Written beside and renamed: a reader never sees half of it. */
export function writeRunFile(facts: RunFacts): void {
  mkdirSync(LOCAL, { recursive: true });
  writeFileSync(`${RUN_FILE}.part`, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${RUN_FILE}.part`, RUN_FILE);
}

export function removeRunFile(): void {
  rmSync(RUN_FILE, { force: true });
}
