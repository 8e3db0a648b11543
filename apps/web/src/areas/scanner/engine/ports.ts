import type { DevicePublicKey } from '#libs/contracts';

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
  /** Resolves when it is on the disk; a place that is taken is written anew. */
  write(entry: Kept<T>): Promise<void>;
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

/** The device that the scanner runs on. */
export interface Machine {
  /** Of the scanner that runs here, for the office's list. */
  version: string;
  drawer: Drawer;
  log<T>(): Log<T>;
  /** ECDSA P-256 over UTF-8, by a key that nobody can take away. */
  sign(text: string): Promise<string>;
  publicKey(): Promise<DevicePublicKey>;
  /** Lists and identity go; keys and the log stay for the last upload. */
  emptyDrawer(): Promise<void>;
  /** Everything goes, keys too. */
  wipe(): Promise<void>;
  room(): Promise<Room>;
  now(): number;
  monotonic(): number;
  later(work: () => void, ms: number): void;
}
