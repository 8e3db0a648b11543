import { setTimeout as wait } from 'node:timers/promises';
import type { Sale } from '../house/stock.js';
import type { Dice } from '../random.js';
import type { Buyer, PlacedOrder } from './buyer.js';

/** How a buyer's visit goes on after the seats are his. */
export type Fate =
  | 'buy'
  | 'leave-hold'
  | 'leave-order'
  | 'cancel'
  | 'extend'
  | 'give-back'
  | 'exchange'
  | 'decline-first';

export interface Crowd {
  buyers: number;
  /** They arrive over so long, at moments fixed before. */
  overMs: number;
  sales: readonly Sale[];
  fates: Partial<Record<Fate, number>>;
  /** Most seats of one basket. */
  mostSeats?: number;
  /** How long one thinks between hold and order, most. */
  thinkMs?: number;
  /** This share asks for seats without looking. */
  blind?: number;
  /** Baskets that a buyer tries when seats are gone. */
  tries?: number;
  /** What happens with the tickets of whoever bought. */
  after?(buyer: Buyer, sale: Sale, order: PlacedOrder): Promise<void>;
  /** What the provider does with this payment, told before it is paid. */
  faults?(dice: Dice): object | undefined;
  /** Name of the buyers. */
  name?: string;
}

export interface Visit {
  arrivedAt: number;
  /** From the intended arrival to the tickets; undefined without tickets. */
  tookMs?: number;
}

/**
 * An open loop: buyers arrive when they arrive, however the house is doing. Resolves when the last of them has left.
 */
export async function visit(dice: Dice, crowd: Crowd, person: (n: number) => Buyer): Promise<Visit[]> {
  const from = Date.now();
  const moments = Array.from({ length: crowd.buyers }, () => dice.next() * crowd.overMs).sort((a, b) => a - b);
  return Promise.all(
    moments.map(async (moment, n) => {
      await wait(moment);
      const bought = await buy(person(n + 1), crowd);
      return { arrivedAt: from + moment, ...(bought && { tookMs: bought - from - moment }) };
    }),
  );
}

/** When the tickets were there. */
async function buy(buyer: Buyer, crowd: Crowd): Promise<number | undefined> {
  const { dice } = buyer;
  const fate = dice.weighted<Fate>(crowd.fates);
  const sale = dice.one(crowd.sales);
  for (let tries = crowd.tries ?? 3; tries > 0 && Date.now() < buyer.shop.closesAt; tries--) {
    const seats = await pick(buyer, sale, crowd);
    if (!seats) return undefined;
    const { token } = await buyer.hold(sale, seats);
    if (!token) continue;
    if (fate === 'leave-hold') return undefined;
    if (fate === 'extend') await buyer.extend(token);
    await buyer.think(0, crowd.thinkMs ?? 200);
    const { order } = await buyer.order(token);
    if (!order) continue;
    return afterwards(buyer, crowd, sale, order, fate);
  }
  return undefined;
}

/** Seats beside each other, where everybody wants to sit: the front half is twice as dear to them. */
async function pick(buyer: Buyer, sale: Sale, crowd: Crowd): Promise<string[] | undefined> {
  const { dice } = buyer;
  const count = dice.between(1, crowd.mostSeats ?? 4);
  const blind = dice.chance(crowd.blind ?? 0.2);
  const map = blind ? undefined : await buyer.look(sale);
  const starts = sale.seats.map((_, n) => n).filter((n) => n + count <= sale.seats.length);
  const good = map ? starts.filter((n) => [...map.slice(n, n + count)].every((letter) => letter === 'f')) : starts;
  if (good.length === 0) return undefined;
  const start = dice.chance(0.5) ? dice.one(good.slice(0, Math.ceil(good.length / 4))) : dice.one(good);
  return sale.seats.slice(start, start + count);
}

async function afterwards(
  buyer: Buyer,
  crowd: Crowd,
  sale: Sale,
  order: PlacedOrder,
  fate: Fate,
): Promise<number | undefined> {
  if (fate === 'leave-order') return undefined;
  if (fate === 'cancel') {
    await buyer.cancel(order);
    return undefined;
  }
  if (!(await payFor(buyer, crowd, order, fate))) return undefined;
  const paid = await buyer.settled(order);
  if (paid?.state !== 'paid') return undefined;
  const at = Date.now();
  const held = { ...order, ...paid };
  const half = held.lines.slice(0, Math.ceil(held.lines.length / 2)).map((line) => line.line);
  if (fate === 'give-back') await buyer.giveBack(held, half);
  if (fate === 'exchange') await exchange(buyer, sale, held);
  await crowd.after?.(buyer, sale, held);
  return at;
}

/** On the provider's page; a connection that broke there is tried again. */
async function payFor(buyer: Buyer, crowd: Crowd, order: PlacedOrder, fate: Fate): Promise<boolean> {
  for (let tries = 3; tries > 0; tries--) {
    const page = await buyer.openPayment(order);
    if (!page) return false;
    const faults = fate === 'decline-first' ? { declineFirst: 1 } : crowd.faults?.(buyer.dice);
    if (faults) await misbehave(buyer.shop.payments, page, faults);
    if (fate === 'decline-first') await buyer.pay(order, page);
    const answer = await buyer.pay(order, page);
    if (answer.status > 0 && answer.status < 500) return true;
  }
  return true;
}

export async function misbehave(payments: string, page: string, faults: object): Promise<void> {
  await tell(payments, { paymentId: new URL(page).pathname.split('/').at(-1), ...faults });
}

/** Tells the provider how to behave. */
export async function tell(payments: string, what: object): Promise<void> {
  await fetch(`${payments}/control`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(what),
  }).catch(() => undefined);
}

/** One ticket against another seat of the same price. */
async function exchange(buyer: Buyer, sale: Sale, order: PlacedOrder): Promise<void> {
  const line = order.lines[0];
  const map = await buyer.look(sale);
  const seat = map && sale.seats.find((_, n) => map[n] === 'f');
  if (!line || !seat) return;
  const { token } = await buyer.hold(sale, [seat]);
  if (!token) return;
  const { order: changed } = await buyer.exchange(order, [line.line], token);
  if (changed) await buyer.see(changed);
}
