import { ORDER_CYCLE, type OrderState } from '../../apps/tickets/src/sale/orders/order.rules.js';
import { isWaiting } from './twin/tickets.js';
import type { Twin } from './twin/twin.js';
import type { ProviderDouble } from './world/provider.js';
import type { World } from './world/world.js';

const OWNING = new Set(['awaiting-payment', 'expiring', 'paid', 'review']);

/** What must hold after every step: I1, I2, I3, I4, I9, I11, the life cycle, and what was told to whom. */
export class Checker {
  private readonly states = new Map<string, OrderState>();
  private seen = -1;

  constructor(private readonly world: World) {}

  /** The first thing that is wrong; undefined while nothing changed or all is well. */
  look(): string | undefined {
    const { twin, wronglyTold } = this.world;
    if (wronglyTold[0]) return wronglyTold[0];
    if (twin.journal.writes === this.seen) return undefined;
    this.seen = twin.journal.writes;
    return (
      this.lifeCycle() ?? tickets(twin) ?? claims(twin) ?? limits(twin) ?? payments(twin) ?? books(twin) ?? this.told()
    );
  }

  private lifeCycle(): string | undefined {
    for (const { id, state } of this.world.twin.orders.all()) {
      const before = this.states.get(id);
      if (before && before !== state && !ORDER_CYCLE[before].includes(state))
        return `life cycle: ${id} went from ${before} to ${state}`;
      this.states.set(id, state);
    }
    return undefined;
  }

  /** Nobody was told "yours" for a seat that another has. */
  private told(): string | undefined {
    for (const { buyer, order, ticket, place } of this.world.told) {
      if (this.world.twin.tickets.get(ticket)?.state !== 'live') continue;
      const owner = this.world.twin.claims.get(place)?.owner;
      if (owner !== order) return `told: ${buyer} was told that ${place} is theirs, and ${owner ?? 'nobody'} has it`;
    }
    return undefined;
  }
}

function tickets(twin: Twin): string | undefined {
  const live = new Set<string>();
  for (const ticket of twin.tickets.all()) {
    if (ticket.state !== 'live') continue;
    const place = `${ticket.screening} ${ticket.seat}`;
    if (live.has(place)) return `I1: two live tickets for ${place}`;
    live.add(place);
    const claim = twin.claims.get(place);
    if (claim?.owner !== ticket.order || claim.line !== ticket.line) return `I1: the ticket for ${place} has no claim`;
  }
  for (const { id, state } of twin.orders.all()) {
    if (state !== 'paid') continue;
    const lines = twin.linesOf(id).filter((line) => line.endedAs === undefined).length;
    const own = twin.tickets.where((ticket) => ticket.order === id && ticket.state === 'live').length;
    if (own !== lines) return `I2: the paid order ${id} has ${own} tickets for ${lines} lines`;
  }
  return undefined;
}

function claims(twin: Twin): string | undefined {
  for (const claim of twin.claims.all()) {
    const order = twin.orders.get(claim.owner);
    if (!order || !OWNING.has(order.state))
      return `I4: ${claim.screening} ${claim.seat} is claimed by ${claim.owner}, which is ${order?.state ?? 'unknown'}`;
  }
  for (const line of twin.lines.all()) {
    const order = twin.orders.get(line.order);
    if (line.endedAs !== undefined || !order || !(isWaiting(order) || order.state === 'paid')) continue;
    if (twin.claims.get(`${line.screening} ${line.seat}`)?.owner !== order.id)
      return `I4: ${order.id} has no claim on ${line.screening} ${line.seat}`;
  }
  return undefined;
}

function limits(twin: Twin): string | undefined {
  for (const { id, used, capacity } of twin.limits.all()) {
    const uses = twin.limitUses.where((row) => row.limit === id);
    const sum = uses.reduce((total, row) => total + row.n, 0);
    if (used !== sum || used > capacity) return `I11: ${id} says ${used} of ${capacity}, and ${sum} are used`;
    const idle = uses.find((row) => !OWNING.has(twin.orders.get(row.owner)?.state ?? ''));
    if (idle) return `I11: ${id} is used by ${idle.owner}, which has ended`;
  }
  return undefined;
}

function payments(twin: Twin): string | undefined {
  const kept = new Set<string>();
  for (const { id, order, state, captured, amount, refunded, refundTarget } of twin.attempts.all()) {
    if (refunded > refundTarget || refundTarget > captured) return `I2: ${id} gives back more than came`;
    if (captured > 0 && !['paid', 'refund-due', 'refunded', 'review'].includes(state))
      return `I2: ${id} has money and is ${state}`;
    if (state !== 'paid') continue;
    if (captured !== amount) return `I2: ${id} was kept though it brought ${captured} of ${amount}`;
    if (refundTarget > 0) continue;
    if (kept.has(order)) return `I2: two payments of ${order} were kept`;
    kept.add(order);
  }
  return undefined;
}

function books(twin: Twin): string | undefined {
  const sums = new Map<string, number>();
  for (const { order, account, amount } of twin.ledger.all()) {
    const key = account === 'exchange' ? account : `${order} ${account}`;
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  if ((sums.get('exchange') ?? 0) !== 0) return 'I3: the account of exchanges is left open';
  for (const { id } of twin.orders.all()) {
    const worth = twin.tickets
      .where((ticket) => ticket.order === id && ticket.state === 'live')
      .reduce((sum, ticket) => sum + (twin.lines.get(`${id} ${ticket.line}`)?.amount ?? 0), 0);
    const sold = -(sums.get(`${id} sales`) ?? 0);
    if (sold !== worth) return `I3: the books say that ${id} bought for ${sold}, its tickets are worth ${worth}`;
    if ((sums.get(`${id} returns`) ?? 0) !== 0) return `I3: the returns of ${id} are left open`;
    const had = twin.attempts
      .where((row) => row.order === id)
      .reduce((sum, row) => sum + row.captured - row.refunded, 0);
    const booked = sums.get(`${id} provider:freedompay`) ?? 0;
    if (had !== booked) return `I3: the books of ${id} say ${booked}, its payments ${had}`;
  }
  return undefined;
}

/** Whether everything that was begun has ended. */
export function isAtRest(twin: Twin): boolean {
  return (
    !twin.orders.all().some(isWaiting) &&
    !twin.attempts
      .all()
      .some((row) => row.refundTarget > row.refunded || ['opening', 'open', 'unknown'].includes(row.state)) &&
    twin.exclusive.size === 0
  );
}

/** What must hold when nothing is under way: the provider's own account agrees, and the hold store shows the truth. */
export function wrongAtRest(world: World): string | undefined {
  return money(world.twin, world.provider) ?? marks(world);
}

function money(twin: Twin, provider: ProviderDouble): string | undefined {
  for (const [id, page] of provider.pages) {
    const attempt = twin.attempts.get(id);
    if (!attempt) return `I3: the provider has a page ${id} that nobody asked for`;
    if (page.captured !== attempt.captured || page.refunded !== attempt.refunded)
      return `I3: ${id} at the provider ${page.captured} − ${page.refunded}, in the books ${attempt.captured} − ${attempt.refunded}`;
  }
  return undefined;
}

function marks({ twin, redis, halls }: World): string | undefined {
  for (const { screening } of halls) {
    const shown = redis.read(screening);
    const board = twin.boards.get(screening);
    if (board?.holdStore !== 'redis') return `I6: the holds of ${screening} never came home`;
    if (shown.epoch !== board.epoch)
      return `I6: the hold store is in epoch ${shown.epoch}, ${screening} in ${board.epoch}`;
    const claimed = twin.claims.where((row) => row.screening === screening);
    const wrong = claimed.find((row) => shown.claims.get(row.seat) !== row.no);
    if (wrong) return `I6: ${screening} ${wrong.seat} is claimed and not shown so`;
    if (shown.claims.size !== claimed.length) return `I6: ${screening} shows seats as claimed that are free`;
  }
  return undefined;
}
