import { Injectable } from '@nestjs/common';
import { readAdmissionCode, VERDICTS } from '#libs/admission-code';
import type { SeatedLatecomer, SeatLatecomer as SeatLatecomerBody } from '#libs/contracts';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, hasRole, roleNeeded } from '#libs/service-defaults';
import { FestivalClock } from '../../copies/programme-copy/festival-clock.js';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { screeningUnknown } from '../../inventory/seats/seat.refusals.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { AdmissionCodes } from '../../sale/issued-tickets/admission-codes.js';
import { OrdersQueries } from '../../sale/orders/orders.queries.js';
import { RushQueries } from './rush.queries.js';
import { seatNotReleased } from './rush.refusals.js';

/** Whoever comes after the own seat was released: any free seat, or the money. */
@Injectable()
export class SeatLatecomer {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly festival: FestivalClock,
    private readonly codes: AdmissionCodes,
    private readonly rush: RushQueries,
    private readonly orders: OrdersQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly relay: Relay,
  ) {}

  /** Seats and admits in one act; sent again with the same scan it answers the same seat. @throws seat-not-released, rush-full */
  async execute(caller: Caller, screening: string, body: SeatLatecomerBody): Promise<SeatedLatecomer> {
    const { device, facts } = await this.rush.at(caller, screening);
    const read = await readAdmissionCode(body.code, await this.codes.keys());
    const known = read.outcome === 'unknown_key' ? await this.again(body.code, read.keyId) : read;
    if (known.outcome !== 'ok') throw seatNotReleased({ verdict: known.outcome });
    const at = await this.festival.now(facts.data.editionId);
    const row = VERDICTS.ok;
    const seated = await this.database.transaction((tx) =>
      callFunction<SeatedLatecomer & { claims: ClaimedSeat[] }>(tx, 'seat_latecomer($1)', [
        {
          scan: body.scanId,
          screening,
          serial: known.code.serial,
          device: device.id,
          gate: device.gate,
          at: at.toISOString(),
          answer: { scanId: body.scanId, verdict: 'ok', admitted: row.admitted, colour: row.colour, text: row.text },
        },
      ]),
    );
    await this.reconcile.tell('claimed', seated.claims);
    this.map.touch(screening);
    return { row: seated.row, seat: seated.seat };
  }

  /** No seat: what was paid for the released one goes back whole. @throws seat-not-released */
  async refund(caller: Caller, ticket: string): Promise<{ amount: number }> {
    const [row] = await this.database.query<{ order: string; screening: string }>(
      'SELECT order_id AS order, screening_id AS screening FROM ticket WHERE id = $1',
      [ticket],
    );
    const facts = row && (await this.programme.screening(row.screening));
    if (!row || !facts) throw screeningUnknown();
    if (!hasRole(caller, 'house-manager', facts.data.editionId)) throw roleNeeded();
    const { full } = await this.orders.telling(row.order);
    const returned = await this.database.transaction((tx) =>
      callFunction<{ refund: number }>(tx, 'refund_released($1, $2)', [ticket, { lines: full.lines }]),
    );
    this.relay.wake();
    return { amount: returned.refund };
  }

  private async again(code: string, keyId: number) {
    return readAdmissionCode(code, await this.codes.keys(keyId));
  }
}
