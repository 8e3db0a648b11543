import { Inject, Injectable } from '@nestjs/common';
import type { CounterLease, LeaseSeats as LeaseSeatsBody } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency, SETTINGS } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { requireAllocations } from '../../inventory/allocations/allocation.rules.js';
import { holdGone } from '../../inventory/holds/hold.refusals.js';
import { companionsAlone } from '../../inventory/holds/hold.rules.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { PriceBasket } from '../../sale/orders/price-basket.js';
import { FULL } from '../../sale/pricing/price.rules.js';
import { PriceRulesQueries } from '../../sale/pricing/price-rules.queries.js';
import { seatToPrice } from '../../sale/pricing/price-seats.js';
import type { TicketsSettings } from '../../settings.js';
import { COUNTER_CLASSES } from '../counter-sales/counter-sale.rules.js';
import { shiftClosed } from '../shifts/shift.refusals.js';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { leasedPrices } from './leased-price.rules.js';
import { LeasesQueries } from './leases.queries.js';

/** Seats that a counter takes with it in case the line is cut: claimed, counted and priced now, each with its ticket. */
@Injectable()
export class LeaseSeats {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly shifts: ShiftsQueries,
    private readonly baskets: PriceBasket,
    private readonly rules: PriceRulesQueries,
    private readonly festival: FestivalClock,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly leases: LeasesQueries,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws shift-closed, hold-unknown, hold-gone, plan-changed, not-on-sale, seats-taken, allocation-full and its kin */
  async make(caller: Caller, key: string, body: LeaseSeatsBody): Promise<CounterLease> {
    const shift = await this.shifts.own(caller, body.shiftId);
    if (shift.state !== 'open') throw shiftClosed();
    let claims: ClaimedSeat[] = [];
    const call = { key, caller: caller.id, operation: 'lease-seats', body };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      const document = await this.document(caller, body);
      claims = await callFunction<ClaimedSeat[]>(tx, 'lease_seats($1)', [
        { id: made, shift: shift.id, seconds: this.seconds, by: caller.id, ...document },
      ]);
      return { id: made };
    });
    if (claims.length > 0) {
      await this.reconcile.tell('claimed', claims);
      this.map.touch(claims[0]!.screening);
    }
    return this.leases.view(await this.leases.row(id));
  }

  /** Its time begins anew; its prices stay. @throws lease-unknown, lease-over, shift-closed */
  async renew(caller: Caller, id: string): Promise<CounterLease> {
    await this.leases.own(caller, id);
    await this.database.transaction((tx) => callFunction(tx, 'renew_lease($1, $2)', [id, this.seconds]));
    return this.leases.view(await this.leases.row(id));
  }

  private get seconds(): number {
    return this.settings.COUNTER_LEASE_MINUTES * 60;
  }

  private async document(caller: Caller, body: LeaseSeatsBody) {
    const tokens = this.baskets.tokens(caller, [body.hold]);
    if (tokens.some((token) => token.until < Date.now())) throw holdGone();
    const { edition, holds } = await this.baskets.basket(tokens);
    const { token, facts } = holds[0]!;
    const seats = token.seats.map((seat) => facts.seatById.get(seat)!);
    const alone = new Set(companionsAlone(seats));
    const { rules } = await this.rules.of(edition);
    const at = await this.festival.now(edition);
    return {
      edition,
      screening: token.screening,
      plan: facts.data.planVersion,
      planId: facts.data.planId,
      candidates: requireAllocations(facts.data, COUNTER_CLASSES, at),
      lines: seats.map((seat, index) => ({
        line: index + 1,
        seat: seat.id,
        row_label: seat.row,
        seat_label: seat.number,
        category: seat.category,
        kinds: leasedPrices(seatToPrice({ facts, seat, kind: FULL, alone: alone.has(seat) }), rules),
        ...(alone.has(seat) && { companion_alone: true }),
      })),
    };
  }
}
