import { Injectable } from '@nestjs/common';
import type { OpenInvoice, Order, PlaceGroupOrder as PlaceGroupOrderBody } from '#libs/contracts';
import { isKazakhNumber, venueDate, venueInstant } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, fingerprint } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import { CommitOrder } from './commit-order.js';
import { companyUnknown, dueDateWrong, groupSize } from './order.refusals.js';
import { OrdersQueries } from './orders.queries.js';
import { PlaceOrder } from './place-order.js';
import { type HeldBasket, PriceBasket } from './price-basket.js';

/** Places of one group order: fewer go through the shop, more are several orders. */
const SIZE = { least: 12, most: 60 };
const GROUP = { channel: 'group' as const, classes: ['public', 'box-office'] };

/**
 * The group desk places a group's order: the seats are claims until the invoice is due, and the money comes by bank
 * transfer or through the order's link, whichever is first.
 */
@Injectable()
export class PlaceGroupOrder {
  constructor(
    private readonly baskets: PriceBasket,
    private readonly commit: CommitOrder,
    private readonly orders: OrdersQueries,
    private readonly people: PlaceOrder,
    private readonly festival: FestivalClock,
    private readonly database: Database,
  ) {}

  /** @throws group-size, business-number-wrong, due-date-wrong, and whatever a checkout throws */
  async execute(caller: Caller, key: string, body: PlaceGroupOrderBody): Promise<Order> {
    if (!isKazakhNumber(body.company.bin)) throw companyUnknown({ bin: body.company.bin });
    const call = { caller: caller.id, key, fingerprint: fingerprint(body) };
    const before = await this.orders.placedBefore(caller, key, call.fingerprint);
    if (before) return before;
    const tokens = this.baskets.tokens(caller, body.holds);
    if (tokens.some((token) => token.until < Date.now())) throw holdGone();
    const places = tokens.reduce((sum, token) => sum + token.seats.length, 0);
    if (places < SIZE.least || places > SIZE.most) throw groupSize({ places, ...SIZE });
    const held = await this.baskets.basket(tokens);
    const paySeconds = await this.secondsUntil(held, body.dueOn);
    const { kinds, promo } = body;
    const order = await this.baskets.price(held, { ...GROUP, ...(kinds && { kinds }), ...(promo && { promo }) });
    const leader = { kind: 'visitor' as const, id: caller.id, roles: [] };
    return this.commit.execute(caller, {
      idempotency: call,
      edition: held.edition,
      person: await this.people.person(leader, body.leader, body.language),
      language: body.language,
      consent: body.consent,
      order,
      paySeconds,
      more: { channel: 'group', invoice: { ...body.company, dueOn: body.dueOn, codes: body.codes } },
    });
  }

  openInvoices(edition: string): Promise<OpenInvoice[]> {
    return this.database.query<OpenInvoice>(
      `SELECT o.id AS "orderId", o.number, jsonb_build_object('name', o.invoice->>'name', 'bin', o.invoice->>'bin') AS company,
              (SELECT count(*)::int FROM order_line WHERE order_id = o.id) AS places,
              jsonb_build_object('amount', o.total, 'currency', o.currency) AS total, o.invoice->>'dueOn' AS "dueOn"
         FROM orders o WHERE o.edition_id = $1 AND o.invoice IS NOT NULL AND o.state = 'awaiting-payment'
        ORDER BY o.pay_until LIMIT 500`,
      [edition],
    );
  }

  /** Machine seconds to the end of the due day, which is counted by the edition's own clock. */
  private async secondsUntil(held: HeldBasket, dueOn: string): Promise<number> {
    const now = await this.festival.now(held.edition);
    const first = held.holds.map(({ facts }) => facts.data).sort((a, b) => a.startsAt.localeCompare(b.startsAt))[0]!;
    const last = new Date(first.startsAt);
    const due = endOf(dueOn, first.timezone);
    if (!due || due <= now || dueOn > venueDate(last, first.timezone))
      throw dueDateWrong({ dueOn, startsAt: first.startsAt });
    const until = due < last ? due : last;
    return Math.ceil((until.getTime() - now.getTime()) / 1_000);
  }
}

/** Undefined for a day that no calendar has. */
function endOf(day: string, zone: string): Date | undefined {
  try {
    return venueInstant(`${day}T23:59`, zone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
