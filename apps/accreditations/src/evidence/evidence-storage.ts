import type { Readable } from 'node:stream';

/** Injection token of the {@link EvidenceStorage} that the settings name. */
export const EVIDENCE_STORAGE = Symbol('evidence-storage');

/** A sealed file on its way into the store: known in length, readable more than once. */
export interface SealedFile {
  bytes: number;
  /** Path on this machine; the store may move the file away. */
  path: string;
}

/** Where sealed papers lie: a folder of this machine, or an S3-compatible store. It never sees a plain byte. */
export interface EvidenceStorage {
  /** Keeps the file under its id, whole or not at all; an earlier one of that id is replaced. */
  put(id: string, file: SealedFile): Promise<void>;
  /**
   * The sealed bytes.
   * @throws evidence-unknown when there is no such file
   */
  get(id: string): Promise<Readable>;
  /** Removing what is not there is a success. */
  remove(id: string): Promise<void>;
  /** Every file with the instant at which it was put. */
  list(): AsyncIterable<{ id: string; at: Date }>;
}
