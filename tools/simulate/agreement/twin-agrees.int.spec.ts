import { Refusal } from '#libs/kernel';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { ticketsDatabase } from '../../../apps/tickets/src/database.js';
// The refusals of an exchange are declared here.
import '../../../apps/tickets/src/afterwards/changes/change.refusals.js';
import { PgInventory } from '../../../apps/tickets/src/inventory/seats/pg-inventory.js';
import { Dice } from '../../storm/random.js';
import type { Plant } from '../twin/planted.js';
import { Twin } from '../twin/twin.js';
import { TwinInventory } from '../twin/twin-inventory.js';
import { Histories, type Step } from './history.js';
import { type Picture, pictureOfPostgres, pictureOfTwin } from './pictures.js';

const PAIRS = 120;
const PAGE_MS = 3_600_000;

/** The twin and PostgreSQL with the same screenings, limits and payment pages. */
class Sides {
  readonly twin: Twin;
  readonly onTwin: TwinInventory;
  readonly onPostgres: PgInventory;
  private readonly tickets = new Map<string, string>();

  constructor(
    private readonly db: TestDatabase,
    plants: ReadonlySet<Plant> = new Set(),
  ) {
    this.twin = new Twin(() => Date.now(), plants);
    this.onTwin = new TwinInventory(this.twin, async (_name, _about, work) => work());
    this.onPostgres = new PgInventory(db.database);
  }

  async open(): Promise<void> {
    for (const [screening, holdStore] of [
      ['s1', 'redis'],
      ['s2', 'postgres'],
    ] as const) {
      await this.db.database.query(
        `INSERT INTO inventory (screening_id, edition_id, plan_id, plan_version, on_sale, epoch, hold_store)
         VALUES ($1, 'almaty-2019', 'plan', 1, true, 1, $2)`,
        [screening, holdStore],
      );
      const board = {
        edition: 'almaty-2019',
        planId: 'plan',
        planVersion: 1,
        epoch: 1,
        paused: false,
        cancelled: false,
      };
      this.twin.boards.put(screening, { ...board, screening, holdStore, onSale: true });
    }
    for (const [id, capacity] of [
      ['s1:a', 2],
      ['s1:b', 1],
    ] as const) {
      await this.db.database.query('INSERT INTO usage_limit (id, capacity) VALUES ($1, $2)', [id, capacity]);
      this.twin.limits.put(id, { id, capacity, used: 0 });
    }
  }

  ticketId(side: 'twin' | 'postgres', order: string, line: number): string {
    if (side === 'postgres') return this.tickets.get(`${order} ${line}`) ?? '';
    return this.twin.tickets.where((row) => row.order === order && row.line === line)[0]?.id ?? '';
  }

  async readTickets(): Promise<void> {
    const rows = await this.db.database.query<{ id: string; order: string; line: number }>(
      'SELECT id, order_id AS order, line_no AS line FROM ticket',
    );
    for (const row of rows) this.tickets.set(`${row.order} ${row.line}`, row.id);
  }

  /** A page for an order without one; now and then the order's time is over and its page closed. */
  async between(dice: Dice): Promise<void> {
    for (const order of this.twin.orders.all()) {
      const waits = order.state === 'awaiting-payment' || order.state === 'expiring';
      if (waits && (!this.twin.attempts.all().some((row) => row.order === order.id) || dice.chance(0.05)))
        await this.openPage(dice.uuid(), order.id);
      if (order.state === 'awaiting-payment' && dice.chance(0.2)) await this.endTime(order.id);
    }
  }

  private async openPage(id: string, order: string): Promise<void> {
    const { total: amount } = this.twin.orders.get(order)!;
    await this.db.database.query(
      `INSERT INTO payment_attempt (id, order_id, provider, amount, currency, state, lives_until)
       VALUES ($1, $2, 'freedompay', $3, 'KZT', 'open', clock_timestamp() + interval '1 hour')`,
      [id, order, amount],
    );
    this.twin.attempts.put(id, {
      ...{ id, order, provider: 'freedompay', providerPaymentId: undefined, redirectUrl: undefined, amount },
      ...{ currency: 'KZT', state: 'open', livesUntil: Date.now() + PAGE_MS, captured: 0, refunded: 0 },
      ...{ refundTarget: 0, refundStarted: false, nextLookAt: undefined, looks: 0 },
    });
  }

  private async endTime(order: string): Promise<void> {
    await this.db.database.query(
      `UPDATE orders SET pay_until = clock_timestamp() - interval '1 second', state = 'expiring' WHERE id = $1`,
      [order],
    );
    await this.db.database.query(`UPDATE payment_attempt SET state = 'closed' WHERE order_id = $1 AND state = 'open'`, [
      order,
    ]);
    this.twin.orders.change(order, { payUntil: Date.now() - 1_000, state: 'expiring' });
    for (const row of this.twin.attempts.where((one) => one.order === order && one.state === 'open'))
      this.twin.attempts.change(row.id, { state: 'closed' });
  }
}

/** What a caller hears, without numbers that each side draws for itself. */
async function heard(step: Step, sides: Sides, side: 'twin' | 'postgres'): Promise<string> {
  try {
    const answer = await step.on(side === 'twin' ? sides.onTwin : sides.onPostgres, side);
    return plain(answer);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === 'ticket-used-or-ended' ? error.code : `${error.code} ${plain(error.facts)}`;
  }
}

const DRAWN = new Set(['no', 'payUntil']);

/** One way to write what both sides mean: sorted, and without what was drawn. */
function plain(answer: unknown): string {
  if (Array.isArray(answer)) return `[${answer.map(plain).sort().join(', ')}]`;
  if (typeof answer !== 'object' || answer === null) return String(answer);
  const entries = Object.entries(answer).filter(([key, value]) => !DRAWN.has(key) && value !== undefined);
  return `{${entries
    .map(([key, value]) => `${key}: ${plain(value)}`)
    .sort()
    .join(', ')}}`;
}

/** The parts that differ, so that a failure can be read. */
function differences(real: Picture, twin: Picture): Picture {
  const wrong = Object.keys(real).filter((key) => JSON.stringify(real[key]) !== JSON.stringify(twin[key]));
  return Object.fromEntries(wrong.map((key) => [key, { real: real[key], twin: twin[key] }]));
}

describe('the twin of the inventory', () => {
  let db: TestDatabase;
  let sides: Sides;

  beforeEach(async () => {
    db = await testDatabase('twin', ticketsDatabase, { poolSize: 4 });
  });
  afterEach(() => db.close());

  it.each([1, 2, 3])(
    'comes to what PostgreSQL comes to when two connections act at once (history %d)',
    async (seed) => {
      await compare(seed, new Sides(db));
      const met = [...sides.twin.met.keys()];
      for (const rare of ['confirm-payment × expired', 'return-lines × paid']) expect(met).toContain(rare);
    },
    120_000,
  );

  it('is caught when it differs', async () => {
    await expect(compare(1, new Sides(db, new Set(['limit-kept'])))).rejects.toThrow('one of the two orders');
  }, 120_000);

  /** @throws where the twin comes to it in neither order */
  async function compare(seed: number, between: Sides): Promise<void> {
    sides = between;
    await sides.open();
    const dice = new Dice(seed);
    const histories = new Histories(dice, sides.twin, (side, order, line) => sides.ticketId(side, order, line));
    for (let pair = 0; pair < PAIRS; pair++) {
      await sides.between(dice.fork(`between ${pair}`));
      await sides.readTickets();
      const steps = [histories.next(), histories.next()] as const;
      const answers = await Promise.all(steps.map((step) => heard(step, sides, 'postgres')));
      const real: Picture = { answers, ...(await pictureOfPostgres(db.database)) };
      const candidates = [await inOrder(steps, [0, 1]), await inOrder(steps, [1, 0])];
      const agreed = candidates.find(({ seen }) => JSON.stringify(seen) === JSON.stringify(real));
      if (!agreed)
        expect({
          pair,
          steps: steps.map((step) => step.says),
          differences: candidates.map(({ seen }) => differences(real, seen)),
        }).toBe('one of the two orders');
      for (const step of agreed?.order ?? []) await heard(step, sides, 'twin');
    }
  }

  /** What the twin would answer and become if the two came in this order. */
  async function inOrder(steps: readonly [Step, Step], order: readonly [0 | 1, 0 | 1]) {
    const mark = sides.twin.hold();
    const answers: string[] = [];
    for (const no of order) answers[no] = await heard(steps[no], sides, 'twin');
    const seen: Picture = { answers, ...pictureOfTwin(sides.twin) };
    sides.twin.letGo(mark);
    return { seen, order: order.map((no) => steps[no]) };
  }
});
