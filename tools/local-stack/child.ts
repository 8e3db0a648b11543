import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartTrouble } from './trouble.js';

export interface Launch {
  /** How the log lines and messages call it: `kafka`, `tickets`. */
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Both output streams are appended here. */
  logFile: string;
  /** SIGTERM unless the program wants another one. */
  stopSignal?: NodeJS.Signals;
}

/** One running program that we started and will end by its id. */
export class Child {
  /** All that this process started and that still run, those included that do not answer yet. */
  static readonly living: ReadonlySet<Child> = new Set<Child>();
  /** Told after each start and each end. */
  static onChange: () => void = () => undefined;

  private ended = false;
  private reason = '';

  private constructor(
    readonly launch: Launch,
    private readonly process: ChildProcess,
  ) {
    (Child.living as Set<Child>).add(this);
    Child.onChange();
    process.once('error', (error) => this.end(error.message));
    process.once('exit', (code, signal) => this.end(signal ? `ended by ${signal}` : `ended with code ${code}`));
  }

  static start(launch: Launch): Child {
    mkdirSync(dirname(launch.logFile), { recursive: true });
    const log = openSync(launch.logFile, 'a');
    try {
      const process = spawn(launch.command, launch.args, {
        cwd: launch.cwd,
        env: launch.env,
        uid: launch.uid,
        gid: launch.gid,
        stdio: ['ignore', log, log],
        // Its own group: Ctrl-C in the terminal reaches the supervisor alone, which then stops things in order.
        detached: true,
      });
      process.unref();
      return new Child(launch, process);
    } finally {
      closeSync(log);
    }
  }

  get name(): string {
    return this.launch.name;
  }

  get pid(): number {
    return this.process.pid ?? -1;
  }

  get running(): boolean {
    return !this.ended;
  }

  /** How it ended, in words; empty while it runs. */
  get ending(): string {
    return this.reason;
  }

  onExit(listener: (reason: string) => void): void {
    if (this.ended) listener(this.reason);
    else this.process.once('exit', () => listener(this.reason));
  }

  private end(reason: string): void {
    if (this.ended) return;
    this.ended = true;
    this.reason = reason;
    (Child.living as Set<Child>).delete(this);
    Child.onChange();
  }

  /** The last lines it wrote, for a message about its death. */
  lastWords(lines = 12): string {
    if (!existsSync(this.launch.logFile)) return '';
    return readFileSync(this.launch.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Asks `ready` until it says yes. Fails when the program ends first or `timeoutMs` pass. */
  async until(ready: () => Promise<boolean>, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (this.ended) throw this.failure(`${this.name} ${this.reason} while starting`);
      if (await ready().catch(() => false)) break;
      if (Date.now() > deadline) throw this.failure(`${this.name} did not answer within ${timeoutMs / 1_000} s`);
      await wait(50);
    }
    // What answered must be ours: with its port taken by another program, ours has ended by now.
    await wait(30);
    if (this.ended) throw this.failure(`${this.name} ${this.reason} while another program answers on its port`);
  }

  private failure(what: string): StartTrouble {
    const words = this.lastWords();
    // What did not get ready in time must not stay behind.
    this.signal('SIGKILL');
    const code = /no space left on device/i.test(words) ? 'disk-full' : `${this.name}-failed`;
    return new StartTrouble(code, `${what}.\n${words}`, `Its whole log: ${this.launch.logFile}`);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.ended) this.process.kill(signal);
  }

  /** Asks it to end and waits; after `graceMs` it is killed. */
  async stop(graceMs = 10_000): Promise<void> {
    this.signal(this.launch.stopSignal ?? 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (!this.ended && Date.now() < deadline) await wait(20);
    this.signal('SIGKILL');
    while (!this.ended) await wait(10);
  }
}
