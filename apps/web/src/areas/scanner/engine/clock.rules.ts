/** What the device knows of the server's clock: its own may be an hour off, and is left as it is. */
export interface ClockOffset {
  /** Server time minus device time. */
  offsetMs: number;
  /** Festival time minus server time; moved by the house in development only. */
  festivalOffsetMs: number;
}

/** The offset by one question and its answer; half of the way is taken for each direction. */
export function offsetFrom(serverTime: Date, asked: number, answered: number): number {
  return Math.round(serverTime.getTime() - (asked + answered) / 2);
}

/** Festival time by the device's clock. */
export function festivalNow(deviceNow: number, { offsetMs, festivalOffsetMs }: ClockOffset): Date {
  return new Date(deviceNow + offsetMs + festivalOffsetMs);
}
