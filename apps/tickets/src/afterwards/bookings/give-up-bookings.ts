import { Injectable } from '@nestjs/common';
import { Relay } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';
import { BadgeHoldersQueries } from '../../copies/badge-holders/badge-holders.queries.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { BookingRules } from './booking-rules.js';
import { BookingsQueries } from './bookings.queries.js';

/** Booked seats that nobody takes: given up shortly before the start, taken up again, and counted when all is over. */
@Injectable()
export class GiveUpBookings {
  constructor(
    private readonly database: Database,
    private readonly bookings: BookingsQueries,
    private readonly rules: BookingRules,
    private readonly badges: BadgeHoldersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly relay: Relay,
  ) {}

  /** The seat goes to others. Being told twice is a success that frees nothing. */
  async release(id: string, why: 'not-here' | 'badge-suspended'): Promise<void> {
    const told = await this.bookings.telling(await this.bookings.byId(id));
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'release_booking($1, $2, $3)', [id, why, told]),
    );
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    for (const { screening } of freed) this.map.touch(screening);
  }

  /** The badge lives again: seats that were given up meanwhile and are still free, in the transaction that heard of it. */
  async restore(tx: Tx, accreditation: string): Promise<ClaimedSeat[]> {
    const claims: ClaimedSeat[] = [];
    for (const row of await this.bookings.givenUpOn(tx, accreditation))
      claims.push(
        ...(await callFunction<ClaimedSeat[]>(tx, 'restore_booking($1, $2)', [
          row.id,
          await this.bookings.telling(row),
        ])),
      );
    return claims;
  }

  async restored(claims: readonly ClaimedSeat[]): Promise<void> {
    if (claims.length === 0) return;
    this.relay.wake();
    await this.reconcile.tell('claimed', claims);
    for (const { screening } of claims) this.map.touch(screening);
  }

  /** A no-show is counted once; whether it warns or blocks is the rule of the badge's function, else the edition's. */
  async miss(id: string): Promise<void> {
    const row = await this.bookings.byId(id);
    const { warnings, blockHours } = {
      ...(await this.rules.of(row.edition)),
      ...(await this.badges.rightsOf(row.accreditation)),
    };
    const told = await this.bookings.telling(row);
    await this.database.transaction((tx) =>
      callFunction<boolean>(tx, 'miss_booking($1, $2, $3, $4)', [id, warnings, blockHours, told]),
    );
    this.relay.wake();
  }
}
