import { Injectable } from '@nestjs/common';
import { Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import type { ClaimedSeat } from '../../inventory/seats/inventory.port.js';
import { ReconcileSeats } from '../../inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../inventory/seats/seat-map.js';
import { callFunction } from '../../inventory/seats/sql-function.js';
import { placeOf } from '../../sale/orders/order-telling.js';

interface TicketRow {
  id: string;
  order: string;
  edition: string;
  person: string;
  language: string;
  screening: string;
  row: string;
  seat: string;
}

/** A paid seat that nobody took goes to the rush line; its buyer is told, and may have another seat or the money. */
@Injectable()
export class ReleaseSeats {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    private readonly relay: Relay,
  ) {}

  /** Being told twice is a success that frees nothing; whoever was scanned meanwhile keeps the seat. */
  async ticket(id: string): Promise<void> {
    const [row] = await this.database.query<TicketRow>(
      `SELECT t.id, t.order_id AS order, o.edition_id AS edition, coalesce(t.holder_id, o.person_id) AS person, o.language,
              t.screening_id AS screening, l.row_label AS row, l.seat_label AS seat
         FROM ticket t JOIN orders o ON o.id = t.order_id JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no
        WHERE t.id = $1`,
      [id],
    );
    const facts = row && (await this.programme.screening(row.screening));
    if (!row || !facts) return;
    const told = {
      ticketId: row.id,
      orderId: row.order,
      editionId: row.edition,
      personId: row.person,
      language: row.language,
      ...placeOf(facts, row.row, row.seat),
    };
    const freed = await this.database.transaction((tx) =>
      callFunction<ClaimedSeat[]>(tx, 'release_ticket($1, $2)', [id, told]),
    );
    this.relay.wake();
    await this.reconcile.tell('freed', freed);
    this.map.touch(row.screening);
  }
}
