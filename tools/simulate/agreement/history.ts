import type { InventoryPort, PlaceOrderDocument } from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import type { Dice } from '../../storm/random.js';
import type { Twin } from '../twin/twin.js';

/** One operation of the port with its arguments, for either side. */
export interface Step {
  says: string;
  on(port: InventoryPort, side: 'twin' | 'postgres'): Promise<unknown>;
}

const SCREENINGS = ['s1', 's2'];
const SEATS = 5;
const PRICE = 100_000;
/** A ticket's id, which each side drew for itself. */
export type TicketIds = (side: 'twin' | 'postgres', order: string, line: number) => string;

/** Draws the next operation from what the twin knows: mostly what can happen, sometimes what can't. */
export class Histories {
  private readonly documents: PlaceOrderDocument[] = [];

  constructor(
    private readonly dice: Dice,
    private readonly twin: Twin,
    private readonly ticketIds: TicketIds,
  ) {}

  next(): Step {
    const { dice, twin } = this;
    const orders = twin.orders.all().slice(-8);
    const attempts = twin.attempts.all().slice(-6);
    if (orders.length === 0 || attempts.length === 0) return this.place();
    const order = dice.one(orders);
    const attempt = dice.one(attempts);
    switch (
      dice.weighted({
        place: 4,
        again: 1,
        exchange: 2,
        confirm: 5,
        wrong: 0.3,
        expire: 3,
        cancel: 1,
        giveBack: 2,
        pin: 1,
        hold: 2,
      })
    ) {
      case 'place':
        return this.place();
      case 'again':
        return this.send(dice.one(this.documents));
      case 'exchange':
        return this.exchange();
      case 'confirm':
        return step(`confirm ${attempt.id}`, (port) => port.confirmPayment(attempt.id, attempt.amount, 'KZT', {}));
      case 'wrong':
        return step(`confirm wrong ${attempt.id}`, (port) => port.confirmPayment(attempt.id, 1, 'KZT', {}));
      case 'expire':
        return step(`expire ${order.id}`, (port) => port.expireOrder(order.id, {}));
      case 'cancel':
        return step(`cancel ${order.id}`, (port) => port.cancelOrder(order.id, 'buyer', {}));
      case 'giveBack': {
        const lines = dice.one([[1], [2], [1, 2]]);
        const [fee, why] = dice.one([
          [0, 'buyer'],
          [30_000, 'buyer'],
          [0, 'screening-moved'],
        ] as const);
        return step(`return ${order.id} ${lines.join()} ${fee} ${why}`, (port) =>
          port.returnLines(order.id, lines, fee, why, {}),
        );
      }
      case 'pin':
        return step(`pin ${attempt.id}`, (port) => port.pinOrder(attempt.id, attempt.amount));
      case 'hold':
        return this.hold();
    }
  }

  private place(): Step {
    const screening = this.dice.one(SCREENINGS);
    const seats = this.seats(this.dice.between(1, 2));
    const document = this.document(screening, seats);
    this.documents.push(document);
    return this.send(document);
  }

  /** One live ticket for another seat, sometimes at a price that leaves nothing to pay. */
  private exchange(): Step {
    const live = this.twin.tickets.where((ticket) => ticket.state === 'live');
    if (live.length === 0) return this.place();
    const old = this.dice.one(live);
    const document = this.document(this.dice.one(SCREENINGS), this.seats(1));
    const difference = this.dice.one([0, 50_000]);
    const [line] = document.lines;
    document.order = { ...document.order, exchangeOf: old.order, total: difference };
    document.lines = line ? [{ ...line, amount: PRICE + difference }] : [];
    document.items = [
      { no: 1, kind: 'exchange-credit', subject: 'tickets', name: { kk: 'x', ru: 'x', en: 'x' }, amount: -PRICE },
    ];
    return step(`exchange ${document.order.id} of ${old.order} ${old.line}`, (port, side) => {
      const replaces = this.ticketIds(side, old.order, old.line);
      return port.placeOrder({ ...document, lines: document.lines.map((one) => ({ ...one, replaces })) });
    });
  }

  private hold(): Step {
    const seats = this.seats(2);
    const buyer = this.dice.one(['b1', 'b2', 'b3']);
    const hold = { screening: 's2', id: this.dice.uuid(), buyer, seats, seconds: 3_600, epoch: 1 };
    return step(`hold ${seats.join()} for ${buyer}`, async (port) => (await port.holdSeats(hold)).outcome);
  }

  private send(document: PlaceOrderDocument): Step {
    const seats = document.lines.map((line) => line.seat).join();
    return step(`place ${document.order.id} ${seats}`, (port) => port.placeOrder(document));
  }

  private seats(count: number): string[] {
    const from = this.dice.between(1, SEATS - count + 1);
    return Array.from({ length: count }, (_, i) => `A${from + i}`);
  }

  private document(screening: string, seats: readonly string[]): PlaceOrderDocument {
    const id = this.dice.uuid();
    return {
      idempotency: { caller: 'caller', key: id, fingerprint: seats.join() },
      order: {
        id,
        number: id.slice(0, 18),
        edition: 'almaty-2019',
        person: 'person',
        buyer: 'buyer',
        language: 'en',
        total: PRICE * seats.length,
        currency: 'KZT',
        consent: {},
        paySeconds: 3_600,
      },
      lines: seats.map((seat, i) => ({
        line: i + 1,
        screening,
        seat,
        plan: 1,
        plan_id: 'plan',
        row_label: seat,
        seat_label: seat,
        category: 'A',
        amount: PRICE,
      })),
      limits: screening === 's1' ? [{ candidates: ['s1:a', 's1:b'], lines: seats.map((_, i) => i + 1) }] : [],
      told: {},
      toldPaid: {},
    };
  }
}

function step(says: string, on: Step['on']): Step {
  return { says, on };
}
