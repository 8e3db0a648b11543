import { Inject, Injectable } from '@nestjs/common';
import type { Order } from '#libs/contracts';
import { KZT, type Language, newId, Refusal } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { type Caller, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import {
  INVENTORY,
  type InventoryPort,
  type PlacedOrder,
  type PlaceOrderDocument,
} from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { allocationFull, screeningUnknown, seatsTaken } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import type { TicketsSettings } from '../../settings.js';
import { promoUsedUp } from '../pricing/pricing.refusals.js';
import { orderNumber } from './order.rules.js';
import { type TellableOrder, tellOrder, tellPaid } from './order-telling.js';
import { type OrderRow, OrdersQueries } from './orders.queries.js';
import type { PricedOrder } from './price-basket.js';

/** Everything about a new order but what the database alone knows. */
export interface NewOrder {
  idempotency: PlaceOrderDocument['idempotency'];
  edition: string;
  person: string;
  language: Language;
  consent: object;
  order: Omit<PricedOrder, 'priced'>;
  /** How long it may wait for its money; the online setting when absent. */
  paySeconds?: number;
  more?: Partial<Pick<PlaceOrderDocument['order'], 'channel' | 'exchangeOf' | 'invoice'>>;
  offer?: string;
  /** Where the order's id has to be known before the order. */
  id?: string;
}

/** One call of the database makes the order or nothing; afterwards everybody who should know is told. */
@Injectable()
export class CommitOrder {
  constructor(
    private readonly programme: ProgrammeCopy,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly orders: OrdersQueries,
    private readonly relay: Relay,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  async execute(caller: Caller, given: NewOrder): Promise<Order> {
    const { order: priced } = given;
    const id = given.id ?? newId();
    const order: TellableOrder = {
      id,
      edition: given.edition,
      person: given.person,
      number: orderNumber(id),
      language: given.language,
      total: priced.total,
      currency: KZT,
    };
    const screenings = new Set(priced.lines.map((line) => line.screening));
    try {
      const placed = await this.inventory.placeOrder(await this.document(caller, given, order));
      if (placed.repeated) return this.orders.view(placed.order, caller, undefined);
      this.relay.wake();
      await this.reconcile.tell('claimed', placed.claims);
      await this.reconcile.tell('freed', placed.freed);
      for (const screening of screenings) this.map.touch(screening);
      return this.orders.shape(freshRow(order, caller.id, priced, placed));
    } catch (error) {
      if (error instanceof Error && error.message === seatsTaken.code)
        for (const screening of screenings) this.reconcile.suspect(screening);
      throw promoBehind(error) ?? error;
    }
  }

  private async document(caller: Caller, given: NewOrder, order: TellableOrder): Promise<PlaceOrderDocument> {
    const { lines, items, limits, passes, promo } = given.order;
    return {
      idempotency: given.idempotency,
      order: {
        ...order,
        buyer: caller.id,
        consent: given.consent,
        paySeconds: given.paySeconds ?? this.settings.ORDER_SECONDS,
        ...given.more,
        ...(promo && { promo }),
      },
      lines,
      items,
      limits,
      ...(passes.length > 0 && { passes }),
      ...(given.offer && { offer: given.offer }),
      told: { ...tellOrder(order), total: { amount: order.total, currency: order.currency } },
      toldPaid: order.total === 0 ? tellPaid(order, await this.tellable(lines)) : {},
    };
  }

  private tellable(lines: PlaceOrderDocument['lines']): Promise<Parameters<typeof tellPaid>[1]> {
    return Promise.all(
      lines.map(async (line) => {
        const facts = await this.programme.screening(line.screening);
        if (!facts) throw screeningUnknown({ screening: line.screening });
        const { row_label: row, seat_label: seat } = line;
        return { facts, line: { line: line.line, screening: line.screening, row, seat, amount: line.amount } };
      }),
    );
  }
}

/** A promo code is counted like an allocation; its end has a name of its own. */
function promoBehind(error: unknown): Refusal | undefined {
  if (!(error instanceof Refusal) || error.code !== allocationFull.code) return undefined;
  const [limit] = Array.isArray(error.facts.allocations) ? error.facts.allocations : [];
  return String(limit).startsWith('promo') ? promoUsedUp({}, { cause: error }) : undefined;
}

/** What checkout knows of its own order without asking the database again. */
function freshRow(order: TellableOrder, buyer: string, priced: NewOrder['order'], placed: PlacedOrder): OrderRow {
  return {
    ...order,
    total: String(order.total),
    buyer,
    state: order.total === 0 ? 'paid' : 'awaiting-payment',
    payUntil: new Date(placed.payUntil ?? Date.now()),
    paidLate: false,
    promo: priced.promo ?? null,
    lines: priced.lines.map((line) => ({
      line: line.line,
      screening: line.screening,
      seatId: line.seat,
      row: line.row_label,
      seat: line.seat_label,
      category: line.category,
      kind: line.kind ?? 'full',
      amount: line.amount,
      listAmount: line.list_amount ?? line.amount,
      reasons: line.reasons ?? [],
      endedAs: null,
    })),
    items: priced.items,
    // Codes are written when the order is read: nobody needs them in the answer to a checkout.
    tickets: null,
    groupCodes: null,
    pending: false,
    refund: null,
  };
}
