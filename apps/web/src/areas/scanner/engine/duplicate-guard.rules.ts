/** A code that stays in view after its verdict is the same person still holding it up, not a second scan. */
export const SAME_CODE_MS = 3_000;

interface Seen {
  code: string;
  /** When it was last in view, or its verdict came, by a monotonic clock. */
  at: number;
}

/** Of the codes that the camera sees, those that are scans. A typed code is always one. */
export class DuplicateGuard {
  private last: Seen | undefined;

  /** Whether this sight is a scan; a sight that is not keeps the code waiting. */
  sees(code: string, now: number): boolean {
    if (this.last && this.last.code === code && now - this.last.at < SAME_CODE_MS) {
      this.last.at = now;
      return false;
    }
    this.last = { code, at: now };
    return true;
  }

  /** The code is still in view while something else keeps it from being a scan. */
  stays(code: string, now: number): void {
    if (this.last?.code === code) this.last.at = now;
  }

  /** The verdict of the last scan is on the screen: its time begins now. */
  judged(now: number): void {
    if (this.last) this.last.at = now;
  }
}
