/** How many may start now so that no more than `perSecond` start in a second; what is not used is kept for one second. */
export class SetRate {
  private kept: number;
  private at: number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.kept = perSecond;
    this.at = now;
  }

  allowance(now: number): number {
    this.kept = Math.min(this.perSecond, this.kept + ((now - this.at) * this.perSecond) / 1_000);
    this.at = now;
    return Math.floor(this.kept);
  }

  spend(n: number): void {
    this.kept -= n;
  }

  /** Milliseconds until one more may start. */
  untilNext(): number {
    return this.kept >= 1 ? 0 : Math.ceil(((1 - this.kept) * 1_000) / this.perSecond);
  }
}
