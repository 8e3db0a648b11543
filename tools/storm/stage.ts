import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DATA } from '../supervisor/settings.js';
import { collect } from './checker/collect.js';
import type { ClockFact, Facts, RushFact, SampleFact, StopFact } from './checker/facts.js';
import type { Deed } from './checker/history.js';
import { ageOrders, underWay } from './checker/rest.js';
import { MarkWatch } from './checker/watch-marks.js';
import type { Clocks } from './house/clocks.js';
import type { House } from './house/house.js';
import { type Sale, type SaleOptions, stock } from './house/stock.js';
import type { Shop } from './load/asker.js';
import { Buyer } from './load/buyer.js';
import { type Crowd, type Visit, visit } from './load/crowd.js';
import { Record } from './load/record.js';
import type { Dice } from './random.js';

/** A mail in whose middle its sender died is taken up again after two minutes. */
const REST_WITHIN_MS = 200_000;

/** One house with everything that was sold, asked and told in it. */
export class Stage {
  readonly sales: Sale[] = [];
  readonly stops: StopFact[] = [];
  readonly rushes: RushFact[] = [];
  readonly samples: SampleFact[] = [];
  /** When PostgreSQL's clock was off, and how far. */
  readonly clock: ClockFact[] = [];
  /** What a scenario saw that its table does not show. */
  readonly notes: string[] = [];
  readonly visits: Visit[] = [];
  readonly record: Record;
  private readonly marks: MarkWatch;
  private scenario = '';
  private own: Dice;

  constructor(
    readonly house: House,
    dice: Dice,
    file: string,
    private readonly patienceMs = REST_WITHIN_MS,
    readonly clocks?: Clocks,
  ) {
    this.own = dice;
    this.record = new Record(file);
    this.marks = new MarkWatch(house.at.redis);
  }

  /** A scenario begins: its buyers are other people than those before, and its dice are its own. */
  begin(scenario: string, dice: Dice): void {
    this.scenario = scenario.toLowerCase();
    this.own = dice;
  }

  get dice(): Dice {
    return this.own;
  }

  buyer(shop: Shop, name: string): Buyer {
    return new Buyer(shop, `${this.scenario}-${name}`, this.own.fork(name));
  }

  async sell(...wanted: SaleOptions[]): Promise<Sale[]> {
    const sales = await stock(this.house, wanted);
    this.sales.push(...sales);
    return sales;
  }

  /** A shop that takes no new tries after so long. */
  shop(openMs: number): Shop {
    const { web, payments } = this.house.at;
    return { web: new URL(web), payments, record: this.record, closesAt: Date.now() + openMs };
  }

  async crowd(shop: Shop, crowd: Crowd): Promise<void> {
    const name = crowd.name ?? 'buyer';
    this.visits.push(
      ...(await visit(this.own.fork(`arrivals ${name}`), crowd, (n) => this.buyer(shop, `${name}-${n}`))),
    );
  }

  note(what: string): void {
    this.notes.push(what);
  }

  /** How many answers of this kind have come. */
  count(deed: Deed, status: number): number {
    return this.record.count(`${deed} ${status}`);
  }

  /** Ends the time of unpaid orders; all of them, or these. */
  age(orders?: readonly string[]): Promise<void> {
    return this.house.onDatabase('tickets', (client) => ageOrders(client, orders));
  }

  /** Everything works again and nothing is under way; answers what still is when its time is over. */
  async rest(): Promise<string[]> {
    await this.house.calm();
    let left: string[] = [];
    for (const until = Date.now() + this.patienceMs; Date.now() < until; await wait(400)) {
      await this.age();
      left = await underWay(this.house.at.databases);
      if (left.length === 0) return [];
    }
    return left;
  }

  facts(): Promise<Facts> {
    this.record.flush();
    const { databases, kafka, payments, tickets } = this.house.at;
    return collect({
      databases,
      kafka,
      payments,
      tickets,
      mailFolder: join(DATA, 'mail'),
      history: this.record.entries,
      marks: this.marks.marks,
      stops: this.stops,
      rushes: this.rushes,
      clock: this.clock,
      samples: this.samples,
      faults: this.house.faults,
      sales: this.sales,
    });
  }

  close(): void {
    this.marks.stop();
    this.record.flush();
  }
}

/** Waits for a fact; false when `overMs` have passed or the work that could bring it about has ended. */
export async function until(
  fact: () => boolean | Promise<boolean>,
  ended: () => boolean,
  overMs = 60_000,
): Promise<boolean> {
  for (const end = Date.now() + overMs; Date.now() < end; await wait(20)) {
    if (await fact()) return true;
    if (ended()) return false;
  }
  return false;
}
