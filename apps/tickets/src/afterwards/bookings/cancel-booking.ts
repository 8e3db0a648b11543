import { Inject, Injectable } from '@nestjs/common';
import type { Booking } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { Caller } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { type ClaimedSeat, INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { tooLateToCancel } from './booking.refusals.js';
import { BookingsQueries } from './bookings.queries.js';

/** Gives a booked seat back: by its holder in time, or because the accreditation ended. */
@Injectable()
export class CancelBooking {
  constructor(
    private readonly bookings: BookingsQueries,
    private readonly festival: FestivalClock,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  async execute(caller: Caller, id: string): Promise<Booking> {
    const row = await this.bookings.row(id, caller);
    const booking = await this.bookings.one(id, caller);
    const late = row.state === 'booked' && (await this.festival.now(row.edition)) > new Date(booking.cancelUntil);
    if (late && !(await this.bookings.clashesSinceMove(id))) throw tooLateToCancel();
    const freed = await this.inventory.endBooking(id, 'holder', await this.bookings.telling(row));
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    return this.bookings.one(id, caller);
  }

  /** Every future booking of an accreditation, in the transaction that heard of its end; answers the freed seats. */
  async allOf(tx: Tx, accreditation: string): Promise<ClaimedSeat[]> {
    const freed: ClaimedSeat[] = [];
    for (const row of await this.bookings.liveOn(tx, accreditation)) {
      const [answer] = await tx.query<{ freed: ClaimedSeat[] }[]>('SELECT end_booking($1, $2, $3) AS freed', [
        row.id,
        'badge-revoked',
        await this.bookings.telling(row),
      ]);
      freed.push(...(answer?.freed ?? []));
    }
    return freed;
  }

  async told(freed: readonly ClaimedSeat[]): Promise<void> {
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
  }
}
