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
import { tellOrder, tellPaid } from './order-telling.js';
import { OrdersQueries } from './orders.queries.js';

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
    const placed = await this.place(caller, key, body, edition, person, basket);
    return this.orders.view(placed.order, caller, undefined);
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
    basket: { token: HoldToken; facts: ScreeningFacts }[],
  ): Promise<PlacedOrder> {
    const id = newId();
    const lines = linesOf(basket);
    const total = lines.reduce((sum, line) => sum + line.amount, 0);
    const at = await this.festival.now(edition);
    const order = { id, edition, person, number: orderNumber(id), language: body.language, total, currency: KZT };
    const limits = basket.map(({ token, facts }) => {
      const candidates = allocationCandidates(facts.data, SHOP_CLASSES, at);
      if (!candidates) throw noAllocation({ screening: token.screening });
      return { candidates, n: token.seats.length };
    });
    try {
      const placed = await this.inventory.placeOrder({
        idempotency: { caller: caller.id, key, fingerprint: fingerprint(body) },
        order: { ...order, buyer: caller.id, consent: body.consent, paySeconds: this.settings.ORDER_SECONDS },
        lines,
        limits: limits.filter((limit) => limit.candidates.length > 0),
        told: { ...tellOrder(order), total: { amount: total, currency: KZT } },
      });
      if (!placed.repeated) await this.placed(placed, total, order, basket, lines);
      return placed;
    } catch (error) {
      if (error instanceof Error && error.message === seatsTaken.code)
        for (const { token } of basket) this.reconcile.suspect(token.screening);
      throw error;
    }
  }

  private async placed(
    placed: PlacedOrder,
    total: number,
    order: Parameters<typeof tellPaid>[0],
    basket: { facts: ScreeningFacts }[],
    lines: OrderLineDocument[],
  ): Promise<void> {
    if (total === 0) {
      const facts = new Map(basket.map((entry) => [entry.facts.data.screeningId, entry.facts]));
      await this.inventory.confirmFree(
        placed.order,
        tellPaid(
          order,
          lines.map((line) => ({
            facts: facts.get(line.screening)!,
            line: { screening: line.screening, row: line.row_label, seat: line.seat_label, amount: line.amount },
          })),
        ),
      );
    }
    this.relay.wake();
    await this.reconcile.tell('claimed', placed.claims);
    for (const { facts } of basket) this.map.touch(facts.data.screeningId);
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

const buyerField = {
  field: 'buyer/email',
  code: 'field-missing',
  reason: {
    kk: 'Электрондық поштаңызды жазыңыз.',
    ru: 'Укажите электронную почту.',
    en: 'Please give an e-mail address.',
  },
};

function linesOf(basket: { token: HoldToken; facts: ScreeningFacts }[]): OrderLineDocument[] {
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
