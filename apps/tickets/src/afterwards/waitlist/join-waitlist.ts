import { Injectable } from '@nestjs/common';
import type { JoinWaitlist as JoinWaitlistBody, WaitlistEntry } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { allocationCandidates } from '../../inventory/allocations/allocation.rules.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { SHOP_CLASSES } from '../../sale/orders/order.rules.js';
import { PlaceOrder } from '../../sale/orders/place-order.js';
import { WaitlistQueries } from './waitlist.queries.js';
import { waitlistNotNeeded } from './waitlist.refusals.js';
import { isOffered } from './waitlist.rules.js';

/** A place in the line of a screening, for one person or a group that goes together. */
@Injectable()
export class JoinWaitlist {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly map: SeatMap,
    private readonly orders: PlaceOrder,
    private readonly waitlist: WaitlistQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
  ) {}

  /** @throws screening-unknown, waitlist-closed, waitlist-not-needed, already-waiting, buyer-needed */
  async execute(caller: Caller, screening: string, key: string, body: JoinWaitlistBody): Promise<WaitlistEntry> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    const free = await this.obtainable(facts);
    if (free >= body.seats) throw waitlistNotNeeded({ screening, free });
    const person = await this.orders.person(caller, body.buyer, body.language);
    const call = { key, caller: caller.id, operation: 'join-waitlist', body: { screening, ...body } };
    const { id } = await this.idempotency.once(call, async (tx) => ({
      id: await callFunction<string>(tx, 'join_waitlist($1)', [
        { id: newId(), screening, person, buyer: caller.id, language: body.language, seats: body.seats },
      ]),
    }));
    return this.waitlist.view(id);
  }

  /** Leaves the line; an open offer goes on to the next. Leaving twice is a success. */
  async leave(caller: Caller, id: string): Promise<WaitlistEntry> {
    const row = await this.waitlist.own(caller, id);
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'leave_waitlist($1)', [row.id]),
    );
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    this.map.touch(row.screening);
    return this.waitlist.view(id);
  }

  /** How many ordinary seats somebody in the shop could have now: free ones, as far as the shares of the public go. */
  private async obtainable(facts: ScreeningFacts): Promise<number> {
    const { data } = facts;
    const { states } = await this.map.states(data.screeningId);
    const free = facts.seats.filter((seat, index) => states[index] === 'f' && isOffered(facts, seat.id)).length;
    const candidates = allocationCandidates(data, SHOP_CLASSES, await this.festival.now(data.editionId));
    if (candidates?.length === 0) return free;
    const [row] = await this.database.query<{ room: string | null }>(
      'SELECT sum(greatest(capacity - used, 0)) AS room FROM usage_limit WHERE id = ANY ($1)',
      [candidates ?? []],
    );
    return Math.min(free, Number(row?.room ?? 0));
  }
}
