/** Handheld scanners type what they read as a keyboard does, much faster than a hand, and end with Enter. */
const FASTEST_HAND_MS = 60;
const SHORTEST_CODE = 6;
const NO_HAND = 2;

/** Collects key presses of the whole page and says when they were a scanner's. */
export class TypedBurst {
  private text = '';
  private last = Number.NEGATIVE_INFINITY;

  /**
   * One key, by its `KeyboardEvent.key`.
   * @returns the code, when this key ended one
   */
  press(key: string, now: number): string | undefined {
    const fast = now - this.last <= FASTEST_HAND_MS;
    this.last = now;
    if (key === 'Enter') {
      const code = fast && this.text.length >= SHORTEST_CODE ? this.text : undefined;
      this.text = '';
      return code;
    }
    if ([...key].length !== 1) {
      if (key !== 'Shift' && key !== 'AltGraph') this.text = '';
      return undefined;
    }
    this.text = fast ? this.text + key : key;
    return undefined;
  }

  /** Whether what was typed so far can only have come from a scanner: it is no text for a field. */
  get running(): boolean {
    return this.text.length >= NO_HAND;
  }
}
