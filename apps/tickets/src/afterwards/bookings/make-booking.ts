import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Booking, MakeBooking as MakeBookingBody } from '#libs/contracts';
import { isRefusal, newId, type Refusal } from '#libs/kernel';
import { Relay } from '#libs/messaging';
import { type Caller, fingerprint } from '#libs/service-defaults';
import { BadgeHoldersQueries, type LiveBadge } from '../../copies/badge-holders/badge-holders.queries.js';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy, type ScreeningFacts } from '../../copies/programme-copy/programme-copy.js';
import { noAllocation } from '../../inventory/allocations/allocation.refusals.js';
import { requireAllocations } from '../../inventory/allocations/allocation.rules.js';
import { EntryModes } from '../../inventory/allocations/entry-modes.js';
import { bestTogether, generalSale, requireHoldable } from '../../inventory/holds/hold.rules.js';
import { INVENTORY, type InventoryPort } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { badgeNotLive, screeningUnknown, seatsTaken } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { Switchboards } from '../../inventory/seats/switchboards.js';
import { placeOf } from '../../sale/orders/order-telling.js';
import {
  bookingNotNeeded,
  bookingNotOffered,
  bookingNotYetOpen,
  noSeatLeft,
  screeningBegun,
} from './booking.refusals.js';
import { type BookingNo, bookingOpensAt, judgeBooking, type KnownBookingRules } from './booking.rules.js';
import { BookingRules } from './booking-rules.js';
import { BookingsQueries } from './bookings.queries.js';

/** A best seat may be gone when it is asked for; then another is. */
const PICKS = 3;
/** The database says no before it has let go of the failed try's key: at once, the next would meet its own lock. */
const PICK_AGAIN_MS = 20;

/** A free seat from the allocation of one's class, on one's badge (step 12). */
@Injectable()
export class MakeBooking {
  constructor(
    private readonly badges: BadgeHoldersQueries,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    @Inject(INVENTORY) private readonly inventory: InventoryPort,
    private readonly switchboards: Switchboards,
    private readonly map: SeatMap,
    private readonly reconcile: ReconcileSeats,
    private readonly relay: Relay,
    private readonly bookings: BookingsQueries,
    private readonly modes: EntryModes,
    private readonly rules: BookingRules,
  ) {}

  /**
   * @throws badge-not-live, booking-not-offered, booking-not-needed, booking-not-yet-open, screening-begun, no-allocation,
   *   allocation-not-yet-open, allocation-closed, allocation-full, booking-blocked, already-booked, booking-overlaps,
   *   daily-quota-used, delegation-full, seats-taken, no-seat-left
   */
  async execute(caller: Caller, key: string, body: MakeBookingBody): Promise<Booking> {
    const facts = await this.programme.screening(body.screeningId);
    if (!facts) throw screeningUnknown({ screening: body.screeningId });
    const badge = await this.badges.liveBadge(body.holder ?? caller.id, facts.data.editionId);
    // Whoever leads no delegation with that person in it learns nothing of the person's badge.
    if (!badge || (badge.personId !== caller.id && badge.delegation?.leaderId !== caller.id)) throw badgeNotLive();
    const at = await this.festival.now(facts.data.editionId);
    const { data } = facts;
    const rules = await this.rules.of(data.editionId);
    const startsAt = new Date(data.startsAt);
    const no = judgeBooking(
      {
        mode: await this.modes.of(data.editionId, data.screeningId, badge.classes),
        opensAt: bookingOpensAt(rules.opening, badge.classes, { startsAt, timezone: data.timezone }),
        startsAt,
      },
      at,
    );
    if (no) throw refusalOf(no, data.screeningId);
    const candidates = requireAllocations(data, badge.classes, at);
    // Where nothing is counted, nothing is set aside for a badge.
    if (candidates.length === 0) throw noAllocation({ screening: body.screeningId, classes: badge.classes });
    const released = (await this.switchboards.of(body.screeningId))?.companionsReleased ?? false;
    if (body.seat) requireHoldable(facts, [body.seat], 1, released);
    for (let pick = 1; ; pick++) {
      const seat = body.seat ?? (await this.pick(facts, released));
      try {
        return await this.book(caller, key, body, { facts, badge, candidates, rules, at }, seat);
      } catch (error) {
        if (body.seat || pick === PICKS || !isRefusal(error, seatsTaken)) throw error;
        this.reconcile.suspect(body.screeningId);
        this.map.touch(body.screeningId);
        await wait(PICK_AGAIN_MS);
      }
    }
  }

  private async pick(facts: ScreeningFacts, companionsReleased: boolean): Promise<string> {
    const { states } = await this.map.states(facts.data.screeningId);
    const [seat] = bestTogether(generalSale(facts, companionsReleased), states, 1) ?? [];
    if (!seat) throw noSeatLeft({ screening: facts.data.screeningId });
    return seat;
  }

  private async book(
    caller: Caller,
    key: string,
    body: MakeBookingBody,
    { facts, badge, candidates, rules, at }: Judged,
    seatId: string,
  ): Promise<Booking> {
    const id = newId();
    const seat = facts.seatById.get(seatId)!;
    const { data } = facts;
    const made = await this.inventory.makeBooking({
      idempotency: { caller: caller.id, key, fingerprint: fingerprint(body) },
      booking: {
        id,
        accreditation: badge.accreditationId,
        person: badge.personId,
        edition: badge.editionId,
        screening: data.screeningId,
        row: seat.row,
        seat: seat.number,
      },
      seat: seatId,
      plan: data.planVersion,
      planId: data.planId,
      companionAlone: seat.kind === 'companion',
      candidates,
      dailyQuota: badge.rights.dailyQuota ?? rules.dailyQuota,
      overlap: badge.rights.overlap ?? false,
      ...(badge.delegation && {
        delegation: { id: badge.delegation.delegationId, perScreening: badge.delegation.perScreening },
      }),
      at: at.toISOString(),
      startsAt: data.startsAt,
      endsAt: data.endsAt,
      timezone: data.timezone,
      told: {
        bookingId: id,
        editionId: badge.editionId,
        personId: badge.personId,
        accreditationId: badge.accreditationId,
        ...placeOf(facts, seat.row, seat.number),
      },
    });
    this.relay.wake();
    await this.reconcile.tell('claimed', made.claims);
    this.map.touch(data.screeningId);
    return this.bookings.one(made.booking, caller);
  }
}

/** What was found before a seat is chosen. */
interface Judged {
  facts: ScreeningFacts;
  badge: LiveBadge;
  candidates: string[];
  rules: KnownBookingRules;
  at: Date;
}

function refusalOf(no: BookingNo, screening: string): Refusal {
  switch (no.rule) {
    case 'ticket-needed':
      return bookingNotOffered({ screening, rule: no.rule });
    case 'badge-is-enough':
      return bookingNotNeeded({ screening, rule: no.rule });
    case 'has-begun':
      return screeningBegun({ screening, rule: no.rule });
    case 'not-yet-open':
      return bookingNotYetOpen({ screening, rule: no.rule, opensAt: no.opensAt.toISOString() });
  }
}
