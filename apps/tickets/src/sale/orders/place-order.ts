import { Inject, Injectable } from '@nestjs/common';
import type { Order, PlaceOrder as PlaceOrderBody } from '#libs/contracts';
import { KZT, newId } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { type Caller, type CommonSettings, fingerprint, SETTINGS, ServiceClient } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import { seatPrice } from '../../inventory/holds/hold.rules.js';
import { HoldSeats } from '../../inventory/holds/hold-seats.js';
import type { HoldToken } from '../../inventory/holds/hold-token.js';
import {
  INVENTORY,
  type InventoryPort,
  type OrderLineDocument,
  type PlacedOrder,
} from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { planChanged, screeningUnknown, seatsTaken } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import type { TicketsSettings } from '../../settings.js';
import { basketMixed, buyerNeeded, noAllocation } from './order.refusals.js';
import { allocationCandidates, orderNumber, SHOP_CLASSES } from './order.rules.js';
import { type TellableOrder, tellOrder, tellPaid } from './order-telling.js';
import { type OrderRow, OrdersQueries } from './orders.queries.js';

/** Step 2, checkout: the whole basket becomes claims and one order in one call of the database, or nothing does. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly holds: HoldSeats,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly orders: OrdersQueries,
    private readonly services: ServiceClient,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  /** @throws seats-taken, hold-gone, hold-unknown, not-on-sale, plan-changed, allocation-full, buyer-needed, basket-mixed */
  async execute(caller: Caller, key: string, body: PlaceOrderBody): Promise<Order> {
    const tokens = body.holds.map((text) => this.holds.read(text, caller));
    if (tokens.some((token) => token.until < Date.now())) return this.answeredBefore(caller, key, body);
    if (new Set(tokens.map((token) => token.screening)).size !== tokens.length) throw basketMixed();
    const basket = await Promise.all(tokens.map((token) => this.priced(token)));
    const edition = basket[0]!.facts.data.editionId;
    if (basket.some(({ facts }) => facts.data.editionId !== edition)) throw basketMixed();
    const person = await this.person(caller, body);
    return this.place(caller, key, body, edition, person, basket);
  }

  /** A repeated call may come after its holds have ended; its order stands all the same. */
  private async answeredBefore(caller: Caller, key: string, body: PlaceOrderBody): Promise<Order> {
    const order = await this.orders.placedBefore(caller, key, fingerprint(body));
    if (!order) throw holdGone();
    return order;
  }

  private async priced(token: HoldToken): Promise<{ token: HoldToken; facts: ScreeningFacts }> {
    const facts = await this.programme.screening(token.screening);
    if (!facts) throw screeningUnknown({ screening: token.screening });
    if (facts.data.planVersion !== token.plan) throw planChanged({ screening: token.screening });
    return { token, facts };
  }

  private async place(
    caller: Caller,
    key: string,
    body: PlaceOrderBody,
    edition: string,
    person: string,
    basket: Basket,
  ): Promise<Order> {
    const id = newId();
    const lines = linesOf(basket);
    const total = lines.reduce((sum, line) => sum + line.amount, 0);
    const order = { id, edition, person, number: orderNumber(id), language: body.language, total, currency: KZT };
    const limits = await this.limits(basket, edition);
    try {
      const placed = await this.inventory.placeOrder({
        idempotency: { caller: caller.id, key, fingerprint: fingerprint(body) },
        order: { ...order, buyer: caller.id, consent: body.consent, paySeconds: this.settings.ORDER_SECONDS },
        lines,
        limits,
        told: { ...tellOrder(order), total: { amount: total, currency: KZT } },
        toldPaid: total === 0 ? tellPaid(order, tellable(basket, lines)) : {},
      });
      if (placed.repeated) return this.orders.view(placed.order, caller, undefined);
      this.relay.wake();
      await this.reconcile.tell('claimed', placed.claims);
      for (const { facts } of basket) this.map.touch(facts.data.screeningId);
      return this.orders.shape(freshRow(order, caller.id, lines, placed));
    } catch (error) {
      if (error instanceof Error && error.message === seatsTaken.code)
        for (const { token } of basket) this.reconcile.suspect(token.screening);
      throw error;
    }
  }

  private async limits(basket: Basket, edition: string): Promise<{ candidates: string[]; n: number }[]> {
    const at = await this.festival.now(edition);
    return basket
      .map(({ token, facts }) => {
        const candidates = allocationCandidates(facts.data, SHOP_CLASSES, at);
        if (!candidates) throw noAllocation({ screening: token.screening });
        return { candidates, n: token.seats.length };
      })
      .filter((limit) => limit.candidates.length > 0);
  }

  private async person(caller: Caller, body: PlaceOrderBody): Promise<string> {
    if (caller.kind === 'person') return caller.id;
    if (!body.buyer) throw buyerNeeded({}, { fields: [buyerField] });
    const answer = await this.services.call('gateway', 'POST', `${this.settings.GATEWAY_URL}/internal/people`, {
      email: body.buyer.email,
      language: body.language,
      ...(body.buyer.name && { name: body.buyer.name }),
    });
    const person = (answer.body as { personId?: unknown } | undefined)?.personId;
    if (typeof person !== 'string') throw buyerNeeded({ status: answer.status }, { fields: [buyerField] });
    return person;
  }
}

type Basket = { token: HoldToken; facts: ScreeningFacts }[];

const buyerField = {
  field: 'buyer/email',
  code: 'field-missing',
  reason: {
    kk: 'Электрондық поштаңызды жазыңыз.',
    ru: 'Укажите электронную почту.',
    en: 'Please give an e-mail address.',
  },
};

function linesOf(basket: Basket): OrderLineDocument[] {
  return basket
    .flatMap(({ token, facts }) =>
      token.seats.map((seatId) => ({ facts, plan: token.plan, seat: facts.seatById.get(seatId)! })),
    )
    .map(({ facts, plan, seat }, index) => ({
      line: index + 1,
      screening: facts.data.screeningId,
      seat: seat.id,
      plan,
      row_label: seat.row,
      seat_label: seat.number,
      category: seat.category,
      amount: seatPrice(facts, seat),
    }));
}

function tellable(basket: Basket, lines: OrderLineDocument[]): Parameters<typeof tellPaid>[1] {
  const facts = new Map(basket.map((entry) => [entry.facts.data.screeningId, entry.facts]));
  return lines.map((line) => ({
    facts: facts.get(line.screening)!,
    line: { screening: line.screening, row: line.row_label, seat: line.seat_label, amount: line.amount },
  }));
}

/** What checkout knows of its own order without asking the database again. */
function freshRow(order: TellableOrder, buyer: string, lines: OrderLineDocument[], placed: PlacedOrder): OrderRow {
  return {
    ...order,
    total: String(order.total),
    buyer,
    state: order.total === 0 ? 'paid' : 'awaiting-payment',
    payUntil: new Date(placed.payUntil ?? Date.now()),
    paidLate: false,
    lines: lines.map((line) => ({
      line: line.line,
      screening: line.screening,
      seatId: line.seat,
      row: line.row_label,
      seat: line.seat_label,
      category: line.category,
      amount: line.amount,
    })),
    // Codes are written when the order is read: nobody needs them in the answer to a checkout.
    tickets: null,
    pending: false,
    refund: null,
  };
}
