import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import type { Shop } from '../load/asker.js';
import { GateDevice, HouseManager } from '../load/gate.js';
import type { Dice } from '../random.js';
import { type Stage, until } from '../stage.js';
import { demand, meanwhile, type Scenario } from './scenario.js';

const GATES = 50;
const WITHOUT_LINE = 5;
const SCANS_A_SECOND = 20;
const BASKET = 10;
const AT_ONCE = 8;
const never = () => false;

/** A ticket as its holder has it. */
interface Ticket {
  sale: Sale;
  code: string;
}

async function inTurns<T>(work: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const done: T[] = [];
  for (let n = 0; n < work.length; n += atOnce)
    done.push(...(await Promise.all(work.slice(n, n + atOnce).map((w) => w()))));
  return done;
}

/** One basket of seats beside each other, bought by the ordinary way. */
async function buy(stage: Stage, shop: Shop, sale: Sale, n: number): Promise<Ticket[]> {
  const buyer = stage.buyer(shop, `${sale.id}-${n}`);
  const { token } = await buyer.hold(sale, sale.seats.slice(BASKET * n, BASKET * (n + 1)));
  const { order } = token ? await buyer.order(token) : {};
  const page = order && (await buyer.openPayment(order));
  if (!order || !page) throw new Error(`${buyer.name} could not buy`);
  await buyer.pay(order, page);
  const paid = await buyer.settled(order);
  return (paid?.tickets ?? []).map(({ admissionCode }) => ({ sale, code: admissionCode }));
}

/** Scanners that the house manager registered, each paired through the gateway with a key of its own. */
async function openGates(stage: Stage, shop: Shop): Promise<{ manager: HouseManager; gates: GateDevice[] }> {
  const login = (await stage.house.logins())['house-manager'];
  if (!login) throw new Error('nobody runs the house');
  const manager = new HouseManager(shop, 'manager', stage.dice.fork('manager'));
  await manager.signIn(login);
  const gates = await inTurns(
    Array.from({ length: GATES }, (_, n) => async () => {
      const gate = new GateDevice(shop, `gate-${n + 1}`, stage.dice.fork(`gate ${n + 1}`));
      await gate.pair(await manager.register(gate.name));
      return gate;
    }),
    AT_ONCE,
  );
  return { manager, gates };
}

/** One visitor: a ticket that is new or was seen before, at one gate or at two, now and then shown twice by a lost answer. */
async function arrive(dice: Dice, gates: readonly GateDevice[], fresh: Ticket[], seen: Ticket[]): Promise<void> {
  const again = seen.length > 0 && (fresh.length === 0 || dice.chance(0.3));
  const ticket = again ? dice.one(seen) : fresh.pop();
  if (!ticket) return;
  seen.push(ticket);
  const gate = dice.one(gates);
  const scan = dice.uuid();
  const both = [gate.scan(ticket.sale, ticket.code, scan)];
  if (dice.chance(0.1)) both.push(dice.one(gates).scan(ticket.sale, ticket.code, dice.uuid()));
  await Promise.all(both);
  if (!gates.slice(0, WITHOUT_LINE).includes(gate) && dice.chance(0.1)) await gate.scan(ticket.sale, ticket.code, scan);
}

/** What gates saw without a line arrives in any order; an instance of tickets dies in the middle. */
async function upload(stage: Stage, gates: readonly GateDevice[], kill: boolean): Promise<void> {
  const batches = gates.flatMap((gate) => gate.uploads());
  const dice = stage.dice.fork(`uploads ${kill}`);
  batches.sort(() => dice.next() - 0.5);
  let sent = 0;
  let killed = !kill;
  await inTurns(
    batches.map((batch) => async () => {
      const under = batch();
      if (!killed && sent > 0) killed = stage.house.kill('tickets-2');
      await under;
      sent += 1;
    }),
    3,
  );
  demand(killed, 'no instance died between the uploads');
}

/** S17: a full evening at fifty doors. */
export const s17: Scenario = {
  id: 'S17',
  title: '50 gates, 20 scans a second with doubles, 5 of them without a line, an instance of tickets killed twice',
  full: 20,
  ci: false,
  async run(stage, size) {
    const { house } = stage;
    const baskets = Math.round(6 + 6 * size);
    const overMs = 30_000 * size;
    const halls = await stage.sell(
      { seats: 2 * BASKET * baskets, open: true },
      { seats: 2 * BASKET * baskets, open: true },
    );
    const shop = stage.shop(180_000 + 2 * overMs);
    const bought = await inTurns(
      halls.flatMap((sale) => Array.from({ length: baskets }, (_, n) => () => buy(stage, shop, sale, n))),
      AT_ONCE,
    );
    const fresh = bought.flat();
    demand(fresh.length === 2 * BASKET * baskets, `only ${fresh.length} tickets were sold`);
    const dice = stage.dice.fork('visitors');
    fresh.sort(() => dice.next() - 0.5);
    const { manager, gates } = await openGates(stage, shop);
    const far = gates.slice(0, WITHOUT_LINE);
    for (const gate of far) await gate.loseLine(halls);
    house.fault(`${WITHOUT_LINE} gates without a line`);
    const seen: Ticket[] = [];
    const visitors = Array.from({ length: (SCANS_A_SECOND * overMs) / 1_000 }, () => dice.next() * overMs);
    let killed = false;
    await meanwhile(
      Promise.all(visitors.sort((a, b) => a - b).map((at) => wait(at).then(() => arrive(dice, gates, fresh, seen)))),
      async (ended) => {
        await until(() => stage.count('scan', 200) > visitors.length / 3, ended, overMs);
        killed = house.kill('tickets-1');
        await until(() => house.running('tickets-1'), never);
      },
    );
    demand(killed, 'no instance died while people entered');
    await upload(stage, far, true);
    await until(() => house.running('tickets-2'), never);
    const once = await inTurns(
      halls.map((sale) => () => manager.clashes(sale)),
      1,
    );
    await upload(stage, far, false);
    const twice = await inTurns(
      halls.map((sale) => () => manager.clashes(sale)),
      1,
    );
    stage.note(`${once.join(' and ')} conflicts, after the same uploads once more ${twice.join(' and ')}`);
    demand(stage.count('judge', 200) > 30 * size, 'gates without a line hardly judged');
    demand(
      once.every((count) => count > 0),
      'nobody was let in twice',
    );
  },
};
