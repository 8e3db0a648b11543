/** Handheld scanners type what they read as a keyboard does, much faster than a hand, and end with Enter. */
const FASTEST_HAND_MS = 60;
/** Where nobody writes, a pause inside a code is a slow cable and no hand. */
const SLOW_CABLE_MS = 400;
const SHORTEST_CODE = 6;

/** Collects key presses of the whole page and says when they were a scanner's. */
export class TypedBurst {
  private text = '';
  private last = Number.NEGATIVE_INFINITY;
  private fast = false;

  /**
   * One key, by its `KeyboardEvent.key`.
   * @param inField whether somebody may be writing by hand just there
   * @returns the code, when this key ended one
   */
  press(key: string, now: number, inField: boolean): string | undefined {
    const gap = now - this.last;
    const together = gap <= (inField ? FASTEST_HAND_MS : SLOW_CABLE_MS);
    this.fast = gap <= FASTEST_HAND_MS;
    this.last = now;
    if (key === 'Enter') {
      const code = together && this.text.length >= SHORTEST_CODE ? this.text : undefined;
      this.text = '';
      return code;
    }
    if ([...key].length !== 1) {
      if (key !== 'Shift' && key !== 'AltGraph') this.text = '';
      return undefined;
    }
    this.text = together ? this.text + key : key;
    return undefined;
  }

  /** Whether the last key can only have come from a scanner: it presses no button. */
  get running(): boolean {
    return this.fast && this.text.length > 1;
  }
}
