/** A sleep that somebody may end early; being woken while awake makes the next sleep end at once. */
export class Nap {
  private woken = false;
  private over = false;
  private wakeUp?: () => void;
  private finish?: () => void;

  end(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  /** Ends this sleep and every later one, also those that nobody may wake. */
  endForGood(): void {
    this.over = true;
    this.finish?.();
  }

  /** @param wakeable false for a back-off, which only {@link endForGood} cuts short */
  async sleep(ms: number, { wakeable = true } = {}): Promise<void> {
    if (this.over) return;
    if (wakeable && this.woken) {
      this.woken = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.finish = () => {
        clearTimeout(timer);
        resolve();
      };
      if (wakeable) this.wakeUp = this.finish;
    });
    this.wakeUp = undefined;
    this.finish = undefined;
    this.woken = false;
  }
}
