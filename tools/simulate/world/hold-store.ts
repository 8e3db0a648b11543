import type {
  HoldAnswer,
  LivingHold,
  Mark,
  SeatState,
} from '../../../apps/tickets/src/inventory/seats/seat-states.store.js';

interface Hold {
  until: number;
  extended: boolean;
  buyer: string;
  seats: string[];
}

interface Screening {
  epoch: number | undefined;
  claims: Map<string, number>;
  holds: Map<string, Hold>;
}

/** Redis with the scripts of seat-states.lua: it can be emptied, fall back to an old copy of itself, and be away. */
export class HoldStoreDouble {
  away = false;
  private run = 1;
  private screenings = new Map<string, Screening>();
  private copy = new Map<string, Screening>();

  constructor(private readonly now: () => number) {}

  identity(): string {
    return `run-${this.run} replid-${this.run}`;
  }

  /** Another server, another connection. */
  get connection(): number {
    return this.run;
  }

  /** FLUSHALL, or a restart without data. */
  empty(restarted: boolean): void {
    this.screenings.clear();
    if (restarted) this.run++;
  }

  keepCopy(): void {
    this.copy = structuredClone(this.screenings);
  }

  /** A replica that was behind takes over. */
  failOver(): void {
    this.screenings = structuredClone(this.copy);
    this.run++;
  }

  hold(
    screening: string,
    epoch: number,
    hold: { id: string; buyer: string; ttlMs: number },
    seats: readonly string[],
  ): HoldAnswer {
    const state = this.of(screening);
    if (state.epoch !== epoch) return { outcome: 'epoch', epoch: state.epoch };
    const now = this.now();
    const same = state.holds.get(hold.id);
    if (same && same.until > now) {
      if (same.buyer !== hold.buyer) return { outcome: 'foreign' };
      return { outcome: 'held', until: same.until, seats: same.seats, extended: same.extended };
    }
    const others = [...state.holds.values()].filter((one) => one.until > now && one.buyer !== hold.buyer);
    const taken = seats.filter((seat) => state.claims.has(seat) || others.some((one) => one.seats.includes(seat)));
    if (taken.length > 0) return { outcome: 'taken', seats: taken };
    for (const [id, one] of state.holds) if (one.until <= now || one.buyer === hold.buyer) state.holds.delete(id);
    const until = now + hold.ttlMs;
    state.holds.set(hold.id, { until, extended: false, buyer: hold.buyer, seats: [...seats] });
    return { outcome: 'held', until, seats: [...seats], extended: false };
  }

  extend(screening: string, wanted: { id: string; buyer: string; ttlMs: number }): HoldAnswer | undefined {
    const hold = this.of(screening).holds.get(wanted.id);
    if (hold?.buyer !== wanted.buyer || hold.until <= this.now()) return undefined;
    const before = hold.extended;
    if (!before) hold.until = Math.max(hold.until, this.now() + wanted.ttlMs);
    hold.extended = true;
    return { outcome: 'held', until: hold.until, seats: hold.seats, extended: before || hold.extended };
  }

  drop(screening: string, id: string, buyer: string): boolean {
    const { holds } = this.of(screening);
    return holds.get(id)?.buyer === buyer && holds.delete(id);
  }

  mark(screening: string, epoch: number, marks: readonly Mark[]): boolean {
    const state = this.of(screening);
    if (state.epoch !== epoch) return false;
    for (const { seat, no } of marks) {
      const there = state.claims.get(seat) ?? -1;
      if (there >= no) continue;
      state.claims.set(seat, no);
      for (const hold of state.holds.values()) hold.seats = hold.seats.filter((held) => held !== seat);
    }
    return true;
  }

  unmark(screening: string, epoch: number, marks: readonly Mark[]): boolean {
    const state = this.of(screening);
    if (state.epoch !== epoch) return false;
    for (const { seat, no } of marks)
      if ((state.claims.get(seat) ?? Number.POSITIVE_INFINITY) <= no) state.claims.delete(seat);
    return true;
  }

  rebuild(screening: string, epoch: number, claims: readonly Mark[], holds: readonly LivingHold[]): boolean {
    const state = this.of(screening);
    if (state.epoch !== undefined && state.epoch >= epoch) return false;
    state.epoch = epoch;
    state.claims = new Map(claims.map(({ seat, no }) => [seat, no]));
    state.holds = new Map(holds.map(({ id, ...hold }) => [id, { ...hold }]));
    return true;
  }

  read(screening: string): SeatState {
    const { epoch, claims, holds } = this.of(screening);
    const now = this.now();
    const living = [...holds.values()].filter((hold) => hold.until > now);
    return {
      epoch,
      now,
      claims: new Map(claims),
      holds: new Map(living.flatMap((hold) => hold.seats.map((seat): [string, number] => [seat, hold.until]))),
    };
  }

  private of(screening: string): Screening {
    let state = this.screenings.get(screening);
    if (!state) {
      state = { epoch: undefined, claims: new Map(), holds: new Map() };
      this.screenings.set(screening, state);
    }
    return state;
  }
}
