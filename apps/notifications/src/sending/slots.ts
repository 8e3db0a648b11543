interface Waiter {
  priority: number;
  go: () => void;
}

/** As many at once as there are slots; a slot that becomes free goes to the most urgent of those who wait, then to the first. */
export class Slots {
  private readonly waiting: Waiter[] = [];

  constructor(private free: number) {}

  /** @param priority lower goes first */
  async run<T>(priority: number, work: () => Promise<T>): Promise<T> {
    await this.take(priority);
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next.go();
      else this.free++;
    }
  }

  private take(priority: number): Promise<void> {
    if (this.free > 0) {
      this.free--;
      return Promise.resolve();
    }
    return new Promise((go) => {
      const before = this.waiting.findIndex((one) => one.priority > priority);
      this.waiting.splice(before < 0 ? this.waiting.length : before, 0, { priority, go });
    });
  }
}
