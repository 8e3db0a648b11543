import { Injectable } from '@nestjs/common';
import type { ExchangeTickets as ExchangeTicketsBody, Order } from '#libs/contracts';
import { type Caller, fingerprint } from '#libs/service-defaults';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import type { OrderItemDocument } from '../../inventory/seats/inventory.port.js';
import { CommitOrder } from '../../sale/orders/commit-order.js';
import { SHOP_CLASSES } from '../../sale/orders/order.rules.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { type BasketChoices, type HeldBasket, PriceBasket, type PricedOrder } from '../../sale/orders/price-basket.js';
import { priceChanged } from '../../sale/pricing/pricing.refusals.js';
import { changeRefused, exchangeUneven } from './change.refusals.js';
import { type ChangeableLine, exchangeSums, returnTerms, ticketTrouble } from './change.rules.js';
import { type Changeable, ChangesQueries, chosenLines } from './changes.queries.js';

const FEE_NAME = { kk: 'Айырбастау алымы', ru: 'Сбор за обмен', en: 'Exchange fee' };
const SHOP = { channel: 'online' as const, classes: SHOP_CLASSES };
const CREDIT_NAME = { kk: 'Бұрынғы билеттер', ru: 'Прежние билеты', en: 'Earlier tickets' };

/**
 * An exchange is an order whose lines replace tickets and whose total is the difference (section 5.10). The old tickets
 * end when it is paid; where nothing is to be paid that is at once, and what is left over goes back to the buyer.
 */
@Injectable()
export class ExchangeTickets {
  constructor(
    private readonly changes: ChangesQueries,
    private readonly baskets: PriceBasket,
    private readonly commit: CommitOrder,
    private readonly orders: OrdersQueries,
  ) {}

  /** @throws exchange-uneven, change-too-late, ticket-ended and its kin, price-changed, and whatever a checkout throws */
  async execute(
    caller: Caller,
    id: string,
    accessKey: string | undefined,
    key: string,
    body: ExchangeTicketsBody,
  ): Promise<Order> {
    const call = { caller: caller.id, key, fingerprint: fingerprint({ id, ...body }) };
    const before = await this.orders.placedBefore(caller, key, call.fingerprint);
    if (before) return before;
    const changeable = await this.changes.changeable(id, caller, accessKey);
    const lines = chosenLines(changeable, body.lines);
    for (const line of lines) this.requireExchangeable(line, changeable);
    const { held, order } = await this.price(caller, changeable, lines, body, SHOP);
    return this.commit.execute(caller, {
      idempotency: call,
      edition: held.edition,
      person: changeable.order.person,
      language: changeable.order.language,
      consent: {},
      order,
      more: { exchangeOf: id },
    });
  }

  /**
   * The order that an exchange would be: new seats for these lines, the old tickets' worth as a credit, and what of it is
   * left over for the buyer.
   * @throws exchange-uneven, hold-gone, hold-unknown, price-changed
   */
  async price(
    caller: Caller,
    changeable: Changeable,
    lines: readonly ChangeableLine[],
    body: Pick<ExchangeTicketsBody, 'holds' | 'kinds' | 'expectedTotal'>,
    where: Pick<BasketChoices, 'channel' | 'classes'>,
  ): Promise<{ held: HeldBasket; order: PricedOrder; surplus: number }> {
    const tokens = this.baskets.tokens(caller, body.holds);
    if (tokens.some((token) => token.until < Date.now())) throw holdGone();
    const held = await this.baskets.basket(tokens);
    const priced = await this.baskets.price(held, { ...where, ...(body.kinds && { kinds: body.kinds }) });
    if (priced.lines.length !== lines.length)
      throw exchangeUneven({ seats: priced.lines.length, tickets: lines.length });
    const { order, surplus } = exchanged(priced, lines, this.feeOf(lines, changeable));
    if (body.expectedTotal !== undefined && body.expectedTotal !== order.total)
      throw priceChanged({ expected: body.expectedTotal, total: order.total });
    return { held, order, surplus };
  }

  private requireExchangeable(line: ChangeableLine, { order, rules, at }: Changeable): void {
    const trouble = ticketTrouble(line, order.state === 'paid');
    if (trouble) throw changeRefused(trouble, line.line);
    if (returnTerms(line, true, rules, at).exchangeUntil !== null) return;
    throw changeRefused(
      rules.returns.exchangeUntilMinutes === null ? 'change-not-offered' : 'change-too-late',
      line.line,
    );
  }

  private feeOf(lines: readonly ChangeableLine[], { rules, at }: Changeable): number {
    return lines.filter((line) => !(line.freeUntil && at < line.freeUntil)).length * rules.returns.exchangeFee;
  }
}

/** The new seats take the old tickets' places one for one; service fees are not asked a second time. */
function exchanged(priced: PricedOrder, old: readonly ChangeableLine[], fee: number) {
  const lines = priced.lines.map((line, index) => ({ ...line, replaces: old[index]!.ticket!.id }));
  const credit = old.reduce((sum, line) => sum + line.amount, 0);
  const sums = exchangeSums(
    credit,
    lines.reduce((sum, line) => sum + line.amount, 0),
    fee,
  );
  const items: OrderItemDocument[] = [];
  if (fee > 0) items.push({ no: 1, kind: 'fee', subject: 'exchange', name: FEE_NAME, amount: fee });
  items.push({ no: 2, kind: 'exchange-credit', subject: 'tickets', name: CREDIT_NAME, amount: -sums.used });
  return { order: { ...priced, lines, items, total: sums.total }, surplus: sums.surplus };
}
