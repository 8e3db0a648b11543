import { Inject, Injectable } from '@nestjs/common';
import type { HeldSeats, Reservation, ReservationFilter, ReserveByPhone } from '#libs/contracts';
import { after, isId, MINUTE, newId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type Caller, Idempotency, SETTINGS } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { requireAllocations } from '../../inventory/allocations/allocation.rules.js';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { companionsAlone, seatPrice } from '../../inventory/holds/hold.rules.js';
import { writeHoldToken } from '../../inventory/holds/hold-token.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { screeningUnknown, seatUnknown } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import type { TicketsSettings } from '../../settings.js';
import { reservationOver, reservationTooLate, reservationUnknown } from './counter-sale.refusals.js';
import { COUNTER_CLASSES } from './counter-sale.rules.js';

interface Row {
  id: string;
  edition: string;
  screeningId: string;
  title: Reservation['title'];
  startsAt: Date;
  name: string;
  phone: string;
  seats: Reservation['seats'];
  state: Reservation['state'];
  until: Date;
  orderId: string | null;
}

const SELECT = `
  SELECT r.block_id AS id, r.edition_id AS edition, b.screening_id AS "screeningId", s.data->'title' AS title, s.starts_at AS "startsAt",
         r.name, r.phone, r.seats, CASE WHEN b.state = 'kept' THEN 'kept' WHEN r.order_id IS NOT NULL THEN 'sold' ELSE 'released' END AS state,
         coalesce(b.release_at, s.starts_at - make_interval(mins => b.minutes_before)) AS until, r.order_id AS "orderId"
    FROM counter_reservation r JOIN block b ON b.id = r.block_id JOIN screening_copy s ON s.screening_id = b.screening_id`;

/** How long the token of a reservation that is being sold can be used, minutes of machine time. */
const SELLING_MINUTES = 10;

/** Seats kept by name for who rang: a block that the blocks' own job gives up in time, and that a sale takes over whole. */
@Injectable()
export class Reservations {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws reservation-too-late, seats-taken, seat-unknown, allocation-full and its kin */
  async make(caller: Caller, key: string, body: ReserveByPhone): Promise<Reservation> {
    const facts = await this.programme.screening(body.screeningId);
    if (!facts) throw screeningUnknown({ screening: body.screeningId });
    requireRoleIn(caller, facts.data.editionId, ['box-office']);
    const seats = body.seats.map((id) => facts.seatById.get(id));
    const known = seats.filter((seat) => seat !== undefined);
    if (known.length < seats.length) throw seatUnknown({ seats: body.seats.filter((id) => !facts.seatById.has(id)) });
    const at = await this.festival.now(facts.data.editionId);
    const minutes = this.settings.COUNTER_RESERVATION_MINUTES;
    const latest = after(new Date(facts.data.startsAt), -minutes * MINUTE);
    const until = body.until ? new Date(body.until) : latest;
    if (until > latest || until <= at) throw reservationTooLate({ until: latest.toISOString() });
    const alone = new Set(companionsAlone(known));
    let claims: ClaimedSeat[] = [];
    const call = { key, caller: caller.id, operation: 'reserve-by-phone', body };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      claims = await callFunction<ClaimedSeat[]>(tx, 'reserve_seats($1)', [
        {
          id: made,
          edition: facts.data.editionId,
          screening: body.screeningId,
          plan: facts.data.planVersion,
          planId: facts.data.planId,
          lines: known.map((seat, index) => ({
            line: index + 1,
            seat: seat.id,
            ...(alone.has(seat) && { companion_alone: true }),
          })),
          candidates: requireAllocations(facts.data, COUNTER_CLASSES, at),
          // Counted from the start it moves with the screening.
          ...(body.until ? { releaseAt: until.toISOString() } : { minutesBefore: minutes }),
          name: body.name,
          phone: body.phone,
          seats: known.map((seat) => ({ id: seat.id, row: seat.row, seat: seat.number })),
          by: caller.id,
        },
      ]);
      return { id: made };
    });
    await this.reconcile.tell('claimed', claims);
    this.map.touch(body.screeningId);
    return shape(await this.row(caller, id));
  }

  /** Kept ones first, then by start. */
  async list(caller: Caller, filter: ReservationFilter): Promise<Reservation[]> {
    requireRoleIn(caller, filter.editionId, ['box-office', 'house-manager']);
    const text = filter.text?.trim() ?? '';
    const digits = text.replaceAll(/\D/g, '');
    const rows = await this.database.query<Row>(
      `${SELECT} WHERE r.edition_id = $1 AND ($2::text IS NULL OR b.screening_id = $2)
          AND ($3 = '' OR position(lower($3) IN lower(r.name)) > 0
               OR ($4 <> '' AND regexp_replace(r.phone, '\\D', '', 'g') LIKE '%' || $4))
        ORDER BY b.state <> 'kept', s.starts_at, r.made_at LIMIT 200`,
      [filter.editionId, filter.screeningId ?? null, text, digits],
    );
    return rows.map(shape);
  }

  /** Safe to say twice. @throws reservation-unknown, reservation-over when it was sold */
  async release(caller: Caller, id: string): Promise<Reservation> {
    const row = await this.row(caller, id);
    if (row.state === 'sold') throw reservationOver();
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'release_block($1, $2, $3)', [id, 'counter', caller.id]),
    );
    await this.reconcile.tell('freed', freed);
    this.map.touch(row.screeningId);
    return shape(await this.row(caller, id));
  }

  /** Takes its seats to a sale: a hold token for claims that the order takes over. @throws reservation-over */
  async sell(caller: Caller, id: string): Promise<HeldSeats> {
    const row = await this.row(caller, id);
    if (row.state !== 'kept') throw reservationOver();
    const facts = await this.programme.screening(row.screeningId);
    if (!facts) throw screeningUnknown({ screening: row.screeningId });
    const ids = row.seats.map((seat) => seat.id);
    const until = after(new Date(), SELLING_MINUTES * MINUTE);
    const token = {
      hold: id,
      screening: row.screeningId,
      plan: facts.data.planVersion,
      planId: facts.data.planId,
      buyer: caller.id,
      seats: ids,
      until: until.getTime(),
      offer: id,
    };
    const seats = ids.map((seat) => facts.seatById.get(seat)!);
    const alone = new Set(companionsAlone(seats));
    return {
      holdId: id,
      screeningId: row.screeningId,
      seats: seats.map((seat) => ({
        id: seat.id,
        row: seat.row,
        number: seat.number,
        category: seat.category,
        price: { amount: seatPrice(facts, seat, alone.has(seat)), currency: facts.currency },
      })),
      expiresAt: until.toISOString(),
      extendable: false,
      token: writeHoldToken(token, this.settings.TOKEN_SECRET),
    };
  }

  private async row(caller: Caller, id: string): Promise<Row> {
    const [row] = isId(id) ? await this.database.query<Row>(`${SELECT} WHERE r.block_id = $1`, [id]) : [];
    if (!row) throw reservationUnknown();
    requireRoleIn(caller, row.edition, ['box-office', 'house-manager']);
    return row;
  }
}

function shape({ edition: _, startsAt, until, ...row }: Row): Reservation {
  return { ...row, startsAt: startsAt.toISOString(), until: until.toISOString() };
}
