import type { LoggedScan } from './own-verdict';
import type { Kept, Log } from './ports';

/** After the server has them, scans are kept as long as they may still decide about a re-entry. */
const KEPT_MS = 24 * 3_600_000;

/** The device's scans, in memory for judging and on the disk for ever: nothing is in the one that is not in the other. */
export class LogBook {
  private readonly entries = new Map<string, Kept<LoggedScan>>();
  private lastSeq = 0;

  constructor(private readonly disk: Log<LoggedScan>) {}

  async open(now: number): Promise<void> {
    const all = await this.disk.all();
    for (const one of all) {
      this.entries.set(one.value.scan.scanId, one);
      this.lastSeq = Math.max(this.lastSeq, one.seq);
    }
    // The last one stays: places are counted on from it.
    const old = all.filter(
      ({ seq, sent, value }) => sent && seq !== this.lastSeq && now - Date.parse(value.scan.at) > KEPT_MS,
    );
    if (old.length > 0) await this.disk.drop(old.map(({ seq }) => seq));
    for (const { value } of old) this.entries.delete(value.scan.scanId);
  }

  get all(): LoggedScan[] {
    return [...this.entries.values()].map(({ value }) => value);
  }

  find(scanId: string): LoggedScan | undefined {
    return this.entries.get(scanId)?.value;
  }

  /** What the server does not have yet, oldest first; one that may still change on the screen waits. */
  waiting(except?: string): LoggedScan[] {
    return [...this.entries.values()]
      .filter(({ sent, value }) => !sent && value.scan.scanId !== except)
      .sort((a, b) => a.seq - b.seq)
      .map(({ value }) => value);
  }

  get waitingCount(): number {
    let count = 0;
    for (const { sent } of this.entries.values()) if (!sent) count += 1;
    return count;
  }

  nextSeq(): number {
    return this.lastSeq + 1;
  }

  /** Resolves when it is on the disk. A scan that is written again keeps its place. */
  async write(value: LoggedScan, sent: boolean): Promise<void> {
    const known = this.entries.get(value.scan.scanId);
    const seq = known?.seq ?? this.nextSeq();
    this.lastSeq = Math.max(this.lastSeq, seq);
    const entry = { seq, sent, value: { ...value, scan: { ...value.scan, seq } } };
    await this.disk.write(entry);
    this.entries.set(value.scan.scanId, entry);
  }

  /** The server has these as they were handed in; one that changed meanwhile waits on. */
  async handedIn(scans: readonly LoggedScan[], storedAt: Date): Promise<void> {
    for (const { scan } of scans) {
      const known = this.entries.get(scan.scanId);
      if (!known || known.value.scan !== scan) continue;
      const entry = { ...known, sent: true, value: { ...known.value, storedAt: storedAt.toISOString() } };
      await this.disk.write(entry);
      this.entries.set(scan.scanId, entry);
    }
  }

  /** Whom this device let in and out that a count of `since` (device clock) can't have. */
  movedSince(screeningId: string, since: number): { admitted: number; inside: number } {
    let [admitted, inside] = [0, 0];
    for (const { sent, value } of this.entries.values()) {
      const { scan, people } = value;
      if (scan.screeningId !== screeningId || !scan.admitted || scan.undone) continue;
      if (sent && Date.parse(scan.at) < since) continue;
      const out = scan.direction === 'out';
      if (!out && scan.verdict !== 'ok_reentry') admitted += people.length;
      inside += out ? -people.length : people.length;
    }
    return { admitted, inside };
  }

  forget(): void {
    this.entries.clear();
    this.lastSeq = 0;
  }
}
