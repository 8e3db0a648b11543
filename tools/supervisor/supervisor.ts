import { setTimeout as wait } from 'node:timers/promises';
import { asTrouble, Child, StartTrouble, Watch } from '../local-stack/index.js';

/** A program that is kept running. */
export interface Managed {
  name: string;
  /** Starts it and resolves when it answers. */
  launch(): Promise<Child>;
}

export interface SupervisorOptions {
  pidFile: string;
  tell(line: string): void;
  /** Pauses before the first, second, … start of a program that died; the last one for all that follow. */
  pauses?: readonly number[];
  /** Told after each change of a process id. */
  onChange?(): void;
}

const BACK_OFF_MS = [200, 1_000, 2_000, 5_000, 10_000];
/** A child that lived this long starts again at the shortest pause. */
const SETTLED_MS = 60_000;

/** Keeps programs running: a dead one is started again with growing pauses, and said so, until {@link stopAll}. */
export class Supervisor {
  private readonly living = new Map<string, Child>();
  private readonly order: string[][] = [];
  private stopping = false;

  constructor(private readonly options: SupervisorOptions) {
    const watch = new Watch({ pidFile: options.pidFile });
    // Also what does not answer yet must not outlive us.
    Child.onChange = () => watch.set([...Child.living].map((child) => child.pid));
  }

  /** Starts programs side by side. They are stopped together, and later groups before earlier ones. */
  async start(group: Managed[]): Promise<void> {
    if (this.stopping) throw new StartTrouble('stopped', 'Everything is being stopped.');
    this.order.push(group.map((managed) => managed.name));
    const results = await Promise.allSettled(
      group.map(async (managed) => this.adopt(managed, await managed.launch(), 0)),
    );
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  pidOf(name: string): number | undefined {
    return this.living.get(name)?.pid;
  }

  pids(): Record<string, number> {
    return Object.fromEntries([...this.living].map(([name, child]) => [name, child.pid]));
  }

  private adopt(managed: Managed, child: Child, attempt: number): void {
    const since = Date.now();
    this.living.set(managed.name, child);
    child.onExit((reason) => {
      if (this.living.get(managed.name) === child) this.living.delete(managed.name);
      if (!this.stopping) void this.revive(managed, reason, Date.now() - since > SETTLED_MS ? 0 : attempt);
    });
  }

  private async revive(managed: Managed, reason: string, attempt: number): Promise<void> {
    const pauses = this.options.pauses ?? BACK_OFF_MS;
    const pause = pauses[Math.min(attempt, pauses.length - 1)] ?? 0;
    this.options.tell(`${managed.name} ${reason}; starting it again in ${pause / 1_000} s`);
    await wait(pause);
    if (this.stopping) return;
    try {
      const child = await managed.launch();
      this.adopt(managed, child, attempt + 1);
      if (this.stopping) return void (await child.stop());
      this.options.tell(`${managed.name} answers again (process ${child.pid})`);
      this.options.onChange?.();
    } catch (error) {
      await this.revive(managed, asTrouble(error).message.split('\n')[0] ?? 'failed', attempt + 1);
    }
  }

  /** Ends everything, the last group first; nothing is started again from now on. */
  async stopAll(): Promise<void> {
    this.stopping = true;
    for (const group of [...this.order].reverse()) {
      await Promise.all(group.map((name) => this.living.get(name)?.stop(18_000)));
    }
    await Promise.all([...Child.living].map((child) => child.stop()));
  }
}
