import type { Dice } from '../../storm/random.js';
import type { VirtualClock } from './clock.js';

/** The caller does not know whether the call was done. */
export class ConnectionLost extends Error {}

/** What the scheduler may do to a call besides choosing its moment; each by its share. */
export interface Faults {
  /** The call does not arrive. */
  lost: number;
  /** It is done, and the answer does not arrive. */
  unanswered: number;
  /** It is done twice; the second answer arrives. */
  doubled: number;
  /** The answer comes later than others that were asked after it. */
  delayed: number;
  /** The call itself arrives minutes later. */
  stalled: number;
  /** The process dies at this await, before or after the call was done. */
  crash: number;
}

const STALL_MS = 15 * 60_000;
export const NO_FAULTS: Faults = { lost: 0, unanswered: 0, doubled: 0, delayed: 0, stalled: 0, crash: 0 };

/** What dies at once: its calls are never answered, and whatever it held is let go. */
export class Process {
  alive = true;
  private readonly ends = new Set<() => void>();

  constructor(readonly name: string) {}

  /** Does `end` when the process dies. Answers the way to take it back. */
  atEnd(end: () => void): () => void {
    this.ends.add(end);
    return () => this.ends.delete(end);
  }

  die(): void {
    this.alive = false;
    for (const end of this.ends) end();
    this.ends.clear();
  }
}

interface Task {
  process: Process;
  blocked?: () => boolean;
  run(): void;
}

export interface Call<T> {
  process: Process;
  says: string;
  faults: Faults;
  work: () => T;
  /** Waits for a lock that somebody else has. */
  blocked?: () => boolean;
  crash?: (process: Process) => void;
}

/** Cooperative tasks that switch at every await; which goes on is the dice's choice, so a seed repeats the whole run. */
export class Scheduler {
  steps = 0;
  afterStep: () => void = () => undefined;
  private faulty = true;
  private readonly stalled = new Set<() => void>();
  private tasks: Task[] = [];
  private timers: { at: number; no: number; process: Process; wake: () => void }[] = [];
  private drawn = 0;

  constructor(
    private readonly dice: Dice,
    readonly clock: VirtualClock,
    private readonly trace: ((line: string) => void) | undefined,
  ) {}

  call<T>(call: Call<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => this.again(call, resolve, reject));
  }

  sleep(process: Process, ms: number): Promise<void> {
    return new Promise((wake) => {
      this.timers.push({ at: this.clock.ms + ms, no: ++this.drawn, process, wake });
      this.timers.sort((a, b) => a.at - b.at || a.no - b.no);
    });
  }

  /** Nothing fails any more, and what was stalled arrives. */
  heal(): void {
    this.faulty = false;
    for (const arrive of this.stalled) arrive();
  }

  say(line: string): void {
    this.trace?.(`${String(this.steps).padStart(5)} ${this.stamp()} ${line}`);
  }

  /** Goes on until `over` or until nothing can happen any more. @throws after too many steps */
  async run(over: () => boolean, mostSteps: number): Promise<void> {
    const end = this.steps + mostSteps;
    for (;;) {
      await settled();
      if (over()) return;
      if (this.steps > end) throw new Error(`no end after ${mostSteps} steps`);
      this.tasks = this.tasks.filter((task) => task.process.alive);
      const ready = this.tasks.filter((task) => !task.blocked?.());
      if (ready.length === 0 || this.dice.chance(0.02)) {
        if (!this.passTime() && ready.length === 0) return;
        continue;
      }
      const task = this.dice.one(ready);
      this.tasks.splice(this.tasks.indexOf(task), 1);
      this.steps++;
      task.run();
      this.afterStep();
    }
  }

  private again<T>(call: Call<T>, resolve: (answer: T) => void, reject: (error: unknown) => void): void {
    const { process, blocked } = call;
    this.tasks.push({ process, ...(blocked && { blocked }), run: () => this.perform(call, resolve, reject) });
  }

  private perform<T>(call: Call<T>, resolve: (answer: T) => void, reject: (error: unknown) => void): void {
    const { process, says, work, faults } = call;
    const fate = this.faulty ? this.fate(faults) : 'well';
    this.say(`${process.name}: ${says}${fate === 'well' ? '' : ` [${fate}]`}`);
    if (fate === 'lost') {
      reject(new ConnectionLost(says));
      return;
    }
    if (fate === 'stalled') {
      const arrive = () => {
        if (this.stalled.delete(arrive)) this.again(call, resolve, reject);
      };
      this.stalled.add(arrive);
      void this.sleep(process, this.dice.between(1_000, STALL_MS)).then(arrive);
      return;
    }
    if (fate === 'crash') {
      if (this.dice.chance(0.5)) attempt(work);
      call.crash?.(process);
      return;
    }
    if (fate === 'doubled') attempt(work);
    const answer = attempt(work);
    const deliver = () => {
      if (fate === 'unanswered') reject(new ConnectionLost(says));
      else if ('error' in answer) reject(answer.error);
      else resolve(answer.value);
    };
    if (fate === 'delayed') this.tasks.push({ process, run: deliver });
    else deliver();
  }

  private fate(faults: Faults): keyof Faults | 'well' {
    let left = this.dice.next();
    for (const [kind, share] of Object.entries(faults) as [keyof Faults, number][]) {
      left -= share;
      if (left < 0) return kind;
    }
    return 'well';
  }

  private passTime(): boolean {
    this.timers = this.timers.filter((timer) => timer.process.alive);
    const next = this.timers.shift();
    if (!next) return false;
    this.clock.ms = Math.max(this.clock.ms, next.at);
    next.wake();
    return true;
  }

  private stamp(): string {
    return new Date(this.clock.ms).toISOString().slice(11, 23);
  }
}

function attempt<T>(work: () => T): { value: T } | { error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

/** Everything that can go on without the scheduler has gone on. */
function settled(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
