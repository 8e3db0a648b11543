import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Asked, Entry, Told } from '../checker/history.js';

/** The history of a run: in memory for the checker, line by line in a file for people. */
export class Record {
  readonly entries: Entry[] = [];
  private readonly deeds = new Map<number, string>();
  private readonly counts = new Map<string, number>();
  private calls = 0;
  private waiting = '';

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
  }

  asked(what: Omit<Asked, 'at' | 'call'>): number {
    const call = ++this.calls;
    this.deeds.set(call, what.deed);
    this.add({ asked: { at: Date.now(), call, ...what } });
    return call;
  }

  told(call: number, what: Omit<Told, 'at' | 'call'>): void {
    const kind = `${this.deeds.get(call)} ${what.status}`;
    this.counts.set(kind, this.count(kind) + 1);
    this.deeds.delete(call);
    this.add({ told: { at: Date.now(), call, ...what } });
  }

  /** How many answers of a kind have come: `order 201`. */
  count(kind: string): number {
    return this.counts.get(kind) ?? 0;
  }

  flush(): void {
    if (this.waiting === '') return;
    appendFileSync(this.file, this.waiting);
    this.waiting = '';
  }

  private add(entry: Entry): void {
    this.entries.push(entry);
    this.waiting += `${JSON.stringify(entry)}\n`;
    if (this.waiting.length > 65_536) this.flush();
  }
}
