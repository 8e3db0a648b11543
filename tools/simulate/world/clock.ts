const Real = Date;
const realNow = performance.now;

/** While it is installed, every clock of this process shows virtual time. */
export class VirtualClock {
  ms = Real.UTC(2026, 8, 12, 9);

  install(): () => void {
    const clock = this;
    class VirtualDate extends Real {
      constructor(...given: [] | [value: number | string]) {
        super(given.length === 0 ? clock.ms : given[0]);
      }

      static override now(): number {
        return clock.ms;
      }
    }
    globalThis.Date = VirtualDate as DateConstructor;
    performance.now = () => clock.ms;
    return () => {
      globalThis.Date = Real;
      performance.now = realNow;
    };
  }
}
