import type { ProgrammeCopy } from '../../../apps/tickets/src/copies/programme-copy/programme-copy.js';
import type { SeatStatesStore } from '../../../apps/tickets/src/inventory/seats/seat-states.store.js';
import { Dice } from '../../storm/random.js';
import type { Plant } from '../twin/planted.js';
import { Twin } from '../twin/twin.js';
import type { Reach } from '../twin/twin-inventory.js';
import { VirtualClock } from './clock.js';
import { HoldStoreDouble } from './hold-store.js';
import { House } from './house.js';
import { type Hall, openHalls, programmeOf } from './programme.js';
import { ProviderDouble } from './provider.js';
import { ConnectionLost, type Faults, NO_FAULTS, Process, Scheduler } from './scheduler.js';
import { standIn } from './stand-in.js';

/** What a buyer was told: this seat is yours. */
export interface Told {
  buyer: string;
  order: string;
  ticket: string;
  place: string;
}

const STORAGE: Faults = { lost: 0.01, unanswered: 0.01, doubled: 0.02, delayed: 0.1, stalled: 0.004, crash: 0.002 };
const ONCE: Faults = { ...STORAGE, doubled: 0 };
const REDIS: Faults = { ...STORAGE, lost: 0.03, stalled: 0.02 };
const PROVIDER: Faults = { lost: 0.08, unanswered: 0.08, doubled: 0.05, delayed: 0.2, stalled: 0.004, crash: 0.002 };
const NETWORK: Faults = { lost: 0.04, unanswered: 0.03, doubled: 0.06, delayed: 0, stalled: 0.01, crash: 0 };
const REPLY: Faults = { ...NO_FAULTS, lost: 0.04, delayed: 0.1 };
/** What waits while a rebuild has its screening's lock. */
const LOCKING = new Set([
  'place_order',
  'confirm_payment',
  'expire_order',
  'cancel_order',
  'return_lines',
  'hold_seats',
]);
const PROCESSES = 2;

/** Two processes of tickets, their database, hold store and provider, the network between, and one clock for all. */
export class World {
  readonly clock = new VirtualClock();
  readonly dice: Dice;
  readonly scheduler: Scheduler;
  readonly twin: Twin;
  readonly redis: HoldStoreDouble;
  readonly provider: ProviderDouble;
  readonly told: Told[] = [];
  /** What must never be said to anybody, and was. */
  readonly wronglyTold: string[] = [];
  private readonly houses: House[] = [];
  private readonly programme: ProgrammeCopy;

  constructor(
    seed: number,
    readonly halls: readonly Hall[],
    plants: ReadonlySet<Plant>,
    trace?: (line: string) => void,
  ) {
    this.dice = new Dice(seed).fork('schedule');
    this.scheduler = new Scheduler(this.dice.fork('scheduler'), this.clock, trace);
    const now = () => this.clock.ms;
    this.twin = new Twin(now, plants);
    this.redis = new HoldStoreDouble(now);
    this.provider = new ProviderDouble(now, plants);
    this.programme = programmeOf(halls);
    openHalls(this.twin, halls);
    for (let no = 0; no < PROCESSES; no++) this.start(no);
  }

  /** A call over the network: it may get lost, come twice, or meet a process that dies. */
  async ask<T>(client: Process, says: string, serve: (house: House) => Promise<T>): Promise<T> {
    const answer = await this.scheduler.call({
      process: client,
      says,
      faults: NETWORK,
      work: () => served(this.dice.one(this.houses), serve),
    });
    return this.scheduler.call({ process: client, says: `hears of ${says}`, faults: REPLY, work: () => answer });
  }

  /** What nothing can lose: an act of a person or of the provider alone, at the worst moment where one is named. */
  act<T>(who: Process, says: string, work: () => T, blocked?: () => boolean): Promise<T> {
    return this.scheduler.call({ process: who, says, faults: NO_FAULTS, work, ...(blocked && { blocked }) });
  }

  crashOne(): void {
    this.crash(this.dice.one(this.houses).process);
  }

  /** Somebody looks at every hall in every process, as always somebody does. */
  async look(client: Process): Promise<void> {
    for (const house of this.houses)
      for (const { screening } of this.halls)
        await this.act(client, `looks at ${screening}`, () => house.map.states(screening)).catch(() => undefined);
  }

  private start(no: number): void {
    const process = new Process(`tickets-${no + 1}`);
    const house = new House(process, {
      twin: this.twin,
      programme: this.programme,
      inventory: this.reach(process, '', STORAGE),
      database: this.reach(process, '', ONCE),
      store: this.storeOf(process),
      provider: this.provider.adapter(this.reach(process, 'provider ', PROVIDER)),
    });
    this.houses[no] = house;
    void this.repeat(process, 2_000, 15_000, () => house.follow.tick());
    void this.repeat(process, 1_000, 12_000, () => house.watch.tick());
  }

  private async repeat(process: Process, least: number, most: number, job: () => Promise<void>): Promise<void> {
    while (process.alive) {
      await this.scheduler.sleep(process, this.dice.between(least, most));
      await job();
    }
  }

  private crash(process: Process): void {
    const no = this.houses.findIndex((house) => house.process === process);
    if (no < 0) return;
    this.scheduler.say(`${process.name} dies`);
    process.die();
    this.start(no);
  }

  private reach(process: Process, prefix: string, faults: Faults): Reach {
    return (name, about, work) =>
      this.scheduler.call({
        process,
        says: `${prefix}${name} ${about}`,
        faults,
        work,
        crash: (dying) => this.crash(dying),
        ...(LOCKING.has(name) && { blocked: () => this.twin.exclusive.size > 0 }),
      });
  }

  private storeOf(process: Process): SeatStatesStore {
    const { redis } = this;
    const reach = this.reach(process, 'redis ', REDIS);
    const call = <T>(name: string, about: string, work: () => T) =>
      reach(name, about, () => {
        if (redis.away) throw new ConnectionLost('redis');
        return work();
      });
    return standIn<SeatStatesStore, Exclude<keyof SeatStatesStore, 'end'>>({
      hold: (screening, epoch, hold, wanted) =>
        call('hold', `${hold.buyer} ${'seats' in wanted ? wanted.seats.join() : ''}`, () =>
          redis.hold(screening, epoch, hold, 'seats' in wanted ? wanted.seats : []),
        ),
      extend: (screening, hold) => call('extend', hold.buyer, () => redis.extend(screening, hold)),
      drop: (screening, id, buyer) => call('drop', buyer, () => redis.drop(screening, id, buyer)),
      mark: (screening, epoch, marks) =>
        call('mark', marks.map((mark) => mark.seat).join(), () => redis.mark(screening, epoch, marks)),
      unmark: (screening, epoch, marks) =>
        call('unmark', marks.map((mark) => mark.seat).join(), () => redis.unmark(screening, epoch, marks)),
      rebuild: (screening, epoch, claims, holds) =>
        call('rebuild', `${screening} ${epoch}`, () => redis.rebuild(screening, epoch, claims, holds)),
      read: (screening) => call('read', screening, () => redis.read(screening)),
      identity: () => call('identity', '', () => redis.identity()),
      get connection() {
        return redis.connection;
      },
    });
  }
}

/** The answer of one process, or the end of the connection when it dies. */
function served<T>(house: House, serve: (house: House) => Promise<T>): Promise<T> {
  const answer = new Promise<T>((resolve, reject) => {
    const forget = house.process.atEnd(() => reject(new ConnectionLost(house.process.name)));
    serve(house).then(resolve, reject).finally(forget);
  });
  // Where the caller has lost interest, a refusal is nobody's.
  answer.catch(() => undefined);
  return answer;
}
