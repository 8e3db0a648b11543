import type {
  InventoryPort,
  PlaceOrderDocument,
  StoredHold,
} from '../../../apps/tickets/src/inventory/seats/inventory.port.js';
import { refusalFromSql } from '../../../apps/tickets/src/inventory/seats/seat.refusals.js';
import { confirmPayment } from './confirm-payment.js';
import { cancelOrder, expireOrder, pinOrder, returnLines, takeDueOrders } from './ends.js';
import { placeOrder } from './place-order.js';
import { dropHold, extendHold, holdSeats } from './stored-holds.js';
import type { Twin } from './twin.js';

/** How one operation gets to the database: the simulator's way has losses, delays and crashes on it. */
export type Reach = <T>(name: string, about: string, work: () => T) => Promise<T>;

/**
 * The twin of PgInventory. Bookings are not simulated: their rules hang on badges and screenings' times, and the
 * specs of PostgreSQL's own functions race them.
 */
export class TwinInventory implements InventoryPort {
  constructor(
    private readonly twin: Twin,
    private readonly reach: Reach,
  ) {}

  switchboard(screening: string) {
    return this.read('switchboard', screening, () => {
      const row = this.twin.boards.get(screening);
      return row && { ...boardOf(row), screeningId: screening };
    });
  }

  claims(screening: string) {
    return this.read('claims', screening, () =>
      this.twin.claims
        .where((row) => row.screening === screening)
        .map(({ seat, no, ownerKind }) => ({ seat, no, ownerKind })),
    );
  }

  storedHolds(screening: string) {
    return this.read('stored-holds', screening, () =>
      this.twin.holds
        .where((row) => row.screening === screening && row.until > this.twin.now())
        .map((row) => ({ seat: row.seat, until: new Date(row.until) })),
    );
  }

  holdSeats(hold: StoredHold) {
    return this.call('hold_seats', `${hold.buyer} ${hold.seats.join()}`, () => holdSeats(this.twin, hold));
  }

  extendStoredHold(hold: string, buyer: string, seconds: number) {
    return this.call('extend_hold', buyer, () => extendHold(this.twin, hold, buyer, seconds));
  }

  dropStoredHold(hold: string, buyer: string) {
    return this.call('drop_hold', buyer, () => dropHold(this.twin, hold, buyer));
  }

  placeOrder(document: PlaceOrderDocument) {
    const seats = document.lines.map((line) => line.seat).join();
    return this.call('place_order', `${document.order.buyer} ${document.order.id} ${seats}`, () =>
      placeOrder(this.twin, document),
    );
  }

  pinOrder(attempt: string, amount: number) {
    return this.call('pin_order', attempt, () => pinOrder(this.twin, attempt, amount));
  }

  confirmPayment(attempt: string, amount: number, currency: string) {
    return this.call('confirm_payment', `${attempt} ${amount} ${currency}`, () =>
      confirmPayment(this.twin, attempt, amount, currency),
    );
  }

  takeDueOrders(most: number) {
    return this.call('take_due_orders', '', () => takeDueOrders(this.twin, most));
  }

  expireOrder(order: string) {
    return this.call('expire_order', order, () => expireOrder(this.twin, order));
  }

  returnLines(order: string, lines: number[], keptFee: number, why: string) {
    return this.call('return_lines', `${order} ${lines.join()}`, () =>
      returnLines(this.twin, order, lines, keptFee, why),
    );
  }

  cancelOrder(order: string, why: string) {
    return this.call('cancel_order', order, () => cancelOrder(this.twin, order, why));
  }

  makeBooking(): Promise<never> {
    return Promise.reject(new Error('bookings are not simulated'));
  }

  endBooking(): Promise<never> {
    return Promise.reject(new Error('bookings are not simulated'));
  }

  private read<T>(name: string, about: string, work: () => T): Promise<T> {
    return this.reach(name, about, work);
  }

  private async call<T>(name: string, about: string, work: () => T): Promise<T> {
    try {
      return await this.reach(name, about, () => this.twin.atomic(work));
    } catch (error) {
      throw refusalFromSql(error) ?? error;
    }
  }
}

function boardOf(row: NonNullable<ReturnType<Twin['boards']['get']>>) {
  const { edition: editionId, planId, planVersion, epoch, holdStore, onSale, paused } = row;
  return { editionId, planId, planVersion, epoch, holdStore, onSale, paused, companionsReleased: false };
}
