import type { HeldSeats, Order } from '#libs/contracts';
import { Refusal } from '#libs/kernel';
import type { Caller } from '#libs/service-defaults';
import { SHOP_CLASSES } from '../../../apps/tickets/src/sale/orders/order.rules.js';
import { Dice } from '../../storm/random.js';
import type { House } from '../world/house.js';
import { EDITION, seatsOf } from '../world/programme.js';
import { Process } from '../world/scheduler.js';
import type { World } from '../world/world.js';
import { insist, type Manner, pay } from './payer.js';
import type { BuyerPlan } from './plan.js';

const MANNERS: Record<BuyerPlan['pays'], Manner> = {
  once: 'fenced',
  'two-tabs': 'fenced',
  unheard: 'unheard',
  'at-expiry': 'at-expiry',
  'after-expiry': 'after-expiry',
  'wrong-amount': 'unfenced',
  never: 'fenced',
};
const PICKS = 4;
const LOOKS = 30;
const EXCHANGE_FEE = 50_000;
const KEPT_FEE = 20_000;

/** One buyer from the map to the last thing that he does with his order. */
export class Buyer {
  private readonly self: Process;
  private readonly dice: Dice;
  private readonly caller: Caller;

  constructor(
    private readonly world: World,
    private readonly plan: BuyerPlan,
    seed: number,
  ) {
    this.self = new Process(plan.name);
    this.dice = new Dice(seed).fork(plan.name);
    this.caller = { kind: 'person', id: plan.name, roles: [] };
  }

  async live(): Promise<void> {
    const { plan } = this;
    await this.sleep(plan.comesAfter);
    const held = await this.hold(plan.screening, plan.seats, 'first');
    if (!held) return;
    if (plan.leaves) {
      await this.ask('leaves', (house) => house.holds.drop(this.caller, held.token));
      return;
    }
    if (plan.extends) await this.ask('extends', (house) => house.holds.extend(this.caller, held.token));
    await this.sleep(plan.thinks);
    const order = await this.checkout('order', (house) =>
      house.place.execute(this.caller, 'order', {
        holds: [held.token],
        language: 'en',
        consent: { terms: true, version: '1' },
      }),
    );
    if (!order) return;
    const paying = plan.pays === 'never' ? undefined : this.payFor(order);
    if (plan.cancels) {
      await this.sleep(plan.thinks * 3);
      await this.ask('cancels', (house) => house.cancel.execute(this.caller, order.id, undefined));
    }
    await paying;
    const ended = await this.follow(order);
    if (ended?.state !== 'paid') return;
    await this.sleep(plan.thinks);
    if (plan.later === 'returns') await this.giveBack(ended);
    if (plan.later === 'exchanges') await this.exchange(ended);
  }

  private async hold(screening: string, count: number, key: string): Promise<HeldSeats | undefined> {
    const hall = this.world.halls.find((one) => one.screening === screening);
    if (!hall) return undefined;
    for (let pick = 0; pick < PICKS; pick++) {
      const from = this.dice.between(0, hall.seats - count);
      const seats = seatsOf(hall).slice(from, from + count);
      const held = await this.ask(`holds ${screening} ${seats.join()}`, (house) =>
        house.holds.execute(this.caller, `${key}-${pick}`, { screeningId: screening, seats }),
      );
      if (held) return held;
      await this.sleep(this.dice.between(500, 20_000));
    }
    return undefined;
  }

  /** A refused checkout whose key has an order all the same would be a buyer told no of what is his. */
  private async checkout(key: string, place: (house: House) => Promise<Order>): Promise<Order | undefined> {
    try {
      return await insist(this.world, this.self, `checks out ${key}`, place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.world.scheduler.say(`${this.self.name} is refused: ${error.code}`);
      const call = `${this.caller.id}|${key}`;
      if (this.world.twin.orders.where((order) => order.call === call).length > 0)
        this.world.wronglyTold.push(`I9: ${call} has an order and was told ${error.code}`);
      return undefined;
    }
  }

  private async payFor(order: Order): Promise<void> {
    const { pays } = this.plan;
    const open = () => this.ask('opens a page', (house) => house.payments.execute(this.caller, order.id, undefined));
    await Promise.all(pays === 'two-tabs' ? [open(), open()] : [open()]);
    const pages = this.world.twin.attempts.where((attempt) => attempt.order === order.id);
    const chosen = pays === 'two-tabs' || pages.length === 0 ? pages : [this.dice.one(pages)];
    const amount = order.total.amount - (pays === 'wrong-amount' ? 10_000 : 0);
    await Promise.all(chosen.map((page) => pay(this.world, this.self, page.id, { amount, manner: MANNERS[pays] })));
  }

  /** Looks until the order is decided, and remembers what he was told. */
  private async follow(order: Order): Promise<Order | undefined> {
    for (let look = 0; look < LOOKS; look++) {
      const seen = await this.ask(`looks at ${order.id}`, (house) =>
        house.orders.view(order.id, this.caller, undefined),
      );
      if (seen && seen.state !== 'awaiting-payment' && seen.state !== 'expiring') {
        this.remember(seen);
        return seen;
      }
      await this.sleep(this.dice.between(3_000, 60_000));
    }
    return undefined;
  }

  private remember(order: Order): void {
    for (const ticket of order.tickets)
      if (ticket.state === 'live')
        this.world.told.push({
          buyer: this.caller.id,
          order: order.id,
          ticket: ticket.id,
          place: `${ticket.screeningId} ${ticket.row}${ticket.seat}`,
        });
  }

  private async giveBack(order: Order): Promise<void> {
    const lines = order.lines.map((line) => line.line);
    const some = this.dice.chance(0.5) ? lines : lines.slice(0, 1);
    const keptFee = this.dice.one([0, KEPT_FEE]);
    await this.ask(`gives back ${some.join()}`, (house) =>
      house.returns.execute({ order: order.id, lines: some, reason: 'buyer', keptFee }),
    );
  }

  /** The new seats take the old tickets' places; twice at once when two tabs do it. */
  private async exchange(order: Order): Promise<void> {
    const old = order.tickets.filter((ticket) => ticket.state === 'live');
    const fee = this.dice.one([0, EXCHANGE_FEE]);
    const tab = async (name: string) => {
      const held = await this.hold(this.dice.one(this.world.halls).screening, old.length, name);
      if (!held) return;
      const made = await this.checkout(name, (house) => this.commitExchange(house, name, order, held, fee));
      if (made && made.total.amount > 0) await this.payFor(made);
      if (made) await this.follow(made);
    };
    await Promise.all(this.dice.chance(0.4) ? [tab('exchange-a'), tab('exchange-b')] : [tab('exchange-a')]);
  }

  private async commitExchange(house: House, key: string, old: Order, held: HeldSeats, fee: number): Promise<Order> {
    const tokens = house.baskets.tokens(this.caller, [held.token]);
    const priced = await house.baskets.price(await house.baskets.basket(tokens), {
      channel: 'online',
      classes: SHOP_CLASSES,
    });
    const tickets = old.tickets.filter((ticket) => ticket.state === 'live');
    const credit = tickets.reduce((sum, ticket) => sum + ticket.price.amount, 0);
    const used = Math.min(credit, priced.total + fee);
    const name = { kk: key, ru: key, en: key };
    return house.commit.execute(this.caller, {
      idempotency: { caller: this.caller.id, key, fingerprint: key },
      edition: EDITION,
      person: this.caller.id,
      language: 'en',
      consent: { terms: true, version: '1' },
      order: {
        ...priced,
        lines: priced.lines.map((line, index) => ({ ...line, replaces: tickets[index]?.id ?? '' })),
        items: [
          ...(fee > 0 ? [{ no: 1, kind: 'fee' as const, subject: 'exchange', name, amount: fee }] : []),
          { no: 2, kind: 'exchange-credit', subject: 'tickets', name, amount: -used },
        ],
        total: priced.total + fee - used,
      },
      more: { exchangeOf: old.id },
    });
  }

  /** A refusal is an answer: undefined, and written in the trace. */
  private async ask<T>(says: string, serve: (house: House) => Promise<T>): Promise<T | undefined> {
    try {
      return await insist(this.world, this.self, says, serve);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.world.scheduler.say(`${this.self.name} is refused: ${error.code}`);
      return undefined;
    }
  }

  private sleep(ms: number): Promise<void> {
    return this.world.scheduler.sleep(this.self, ms);
  }
}
