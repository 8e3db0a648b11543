/** An entry of the log with its place in it. */
export interface Kept<T> {
  seq: number;
  /** Whether the server has it. */
  sent: boolean;
  value: T;
}

/** Small things of the device, each under its name, under seal. */
export interface Drawer {
  read<T>(name: string): Promise<T | undefined>;
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What was scanned on this device, in order. A write that did not happen rejects: nothing pretends. */
export interface Log<T> {
  /** All that is kept, oldest first. */
  all(): Promise<Kept<T>[]>;
  /** @returns the place of the new entry */
  append(value: T): Promise<number>;
  /** Writes an entry anew, as not sent. */
  change(seq: number, value: T): Promise<void>;
  markSent(seqs: readonly number[]): Promise<void>;
  drop(seqs: readonly number[]): Promise<void>;
}

export interface Room {
  usedBytes: number;
  quotaBytes: number;
}

/** The least that an evening of scans needs. */
const LEAST_FREE_BYTES = 20 * 1024 * 1024;
const FULL_SHARE = 0.9;

/** Whether the device's room is nearly gone. */
export function nearlyFull({ usedBytes, quotaBytes }: Room): boolean {
  return quotaBytes > 0 && (usedBytes / quotaBytes > FULL_SHARE || quotaBytes - usedBytes < LEAST_FREE_BYTES);
}
