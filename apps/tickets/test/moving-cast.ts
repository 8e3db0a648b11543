import { randomUUID } from 'node:crypto';
import type { EventData, ScreeningRecorded, SeatPlanRecorded } from '#libs/contracts';
import type { Caller } from '#libs/service-defaults';
import { INVENTORY, type InventoryPort } from '../src/inventory/seats/inventory.port.js';
import { orderOf } from './inventory-cast.js';
import type { TicketsStage } from './tickets-stage.js';

export type Facts = EventData<typeof ScreeningRecorded>;
type Seats = EventData<typeof SeatPlanRecorded>['seats'];

export const SCREENINGS: Caller = { kind: 'service', id: 'screenings', roles: [] };

/** Rows of seats in three price categories, wheelchair and companion pairs at the left end of the last row. */
export function hallSeats(rows: number, places: number, pairs: number, prefix = ''): Seats {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: places }, (_, n): Seats[number] => {
      const row = `${prefix}${r + 1}`;
      const paired = r === rows - 1 && n < 2 * pairs;
      return {
        id: `${row}-${n + 1}`,
        row,
        number: `${n + 1}`,
        category: ['A', 'B', 'C'][Math.floor((3 * r) / rows)]!,
        kind: paired ? (n % 2 === 0 ? 'wheelchair' : 'companion') : 'seat',
        ...(paired && n % 2 === 1 ? { companionOf: `${row}-${n}` } : {}),
        x: n * 30,
        y: r * 38,
      };
    }),
  ).flat();
}

/** Who sits where, row and number as people read them; equal before a move and after its undo. */
export async function sittings(stage: TicketsStage, screening: string): Promise<string[]> {
  const rows = await stage.db.database.query<{ what: string }>(
    `SELECT concat_ws(' ', c.seat_id, c.owner_kind, c.owner_id, c.line_no, l.seat_id, l.row_label, l.seat_label, b.row_label, b.seat_label) AS what
       FROM seat_claim c
       LEFT JOIN order_line l ON c.owner_kind = 'order' AND l.order_id = c.owner_id AND l.line_no = c.line_no
       LEFT JOIN booking b ON c.owner_kind = 'booking' AND b.id = c.owner_id
      WHERE c.screening_id = $1 ORDER BY c.seat_id COLLATE "C"`,
    [screening],
  );
  return rows.map((row) => row.what);
}

/** A screening with 300 of its seats taken: parties of 1 to 6, bookings, an offer, a lease, blocks and the pool. */
export class FullHouse {
  readonly orders: string[] = [];
  readonly bookings: string[] = [];

  private constructor(
    readonly stage: TicketsStage,
    readonly screening: string,
    readonly seats: Seats,
  ) {}

  static async open(stage: TicketsStage, changes: Partial<Facts> = {}): Promise<FullHouse> {
    const seats = hallSeats(28, 12, 3);
    const plan = { planId: 'full', version: 1, hallId: 'hall', seats };
    await stage.tell({ type: 'screenings.seat-plan.recorded.v1', topic: 'screenings' }, 'full', 1, plan);
    const screening = await stage.screening({ planId: 'full', ...changes });
    const house = new FullHouse(stage, screening, seats);
    await house.fill();
    return house;
  }

  private async fill(): Promise<void> {
    const ordinary = this.seats.filter((seat) => seat.kind === 'seat').map((seat) => seat.id);
    const pairs = this.seats.filter((seat) => seat.kind !== 'seat').map((seat) => seat.id);
    await this.order(pairs.slice(0, 2), 'chair-one');
    await this.order([...pairs.slice(2, 4), ...ordinary.slice(-2)], 'chair-two');
    const free = ordinary.slice(0, -2);
    let at = 0;
    for (let n = 0; at < 230; n++) {
      const size = (n % 6) + 1;
      await this.order(free.slice(at, at + size), `buyer-${n}`);
      at += size;
    }
    for (let n = 0; n < 24; n++) await this.book(free[at++]!, `guest-${n}`);
    for (const [kind, n] of [
      ['offer', 3],
      ['lease', 6],
      ['block', 20],
    ] as const) {
      await this.keep(kind, free.slice(at, at + n));
      at += n;
    }
    await this.keep('pool', free.slice(at, 294));
  }

  /** Paid at once: what it costs is another spec's matter. */
  async order(seats: string[], person: string, amount = 0): Promise<string> {
    const byId = new Map(this.seats.map((seat) => [seat.id, seat]));
    const document = orderOf(
      seats.map((seat) => [this.screening, seat]),
      { amount },
    );
    document.order.person = person;
    for (const line of document.lines) {
      const seat = byId.get(line.seat)!;
      Object.assign(line, { plan_id: 'full', row_label: seat.row, seat_label: seat.number, category: seat.category });
    }
    await this.stage.service.app.get<InventoryPort>(INVENTORY, { strict: false }).placeOrder(document);
    this.orders.push(document.order.id);
    return document.order.id;
  }

  async book(seat: string, person: string, accreditation: string = randomUUID()): Promise<string> {
    const id = randomUUID();
    const { row, number } = this.seats.find((one) => one.id === seat)!;
    await this.stage.db.database.query(
      `INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state)
       VALUES ($1, $2, $3, 'almaty-2019', $4, $5, $6, 'booked')`,
      [id, accreditation, person, this.screening, row, number],
    );
    await this.claim('booking', id, [seat]);
    this.bookings.push(id);
    return id;
  }

  async keep(kind: string, seats: string[]): Promise<string> {
    const id = randomUUID();
    if (kind === 'block')
      await this.stage.db.database.query(
        `INSERT INTO block (id, edition_id, screening_id, purpose, made_by) VALUES ($1, 'almaty-2019', $2, 'protocol', 'spec')`,
        [id, this.screening],
      );
    await this.claim(kind, id, seats);
    return id;
  }

  private async claim(kind: string, owner: string, seats: string[]): Promise<void> {
    await this.stage.db.database.query(
      `INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no)
       SELECT $1, seat, $2, CASE $2 WHEN 'pool' THEN pool_of($1) ELSE $3::uuid END, CASE $2 WHEN 'booking' THEN 0 WHEN 'pool' THEN 0 ELSE n END
         FROM unnest($4::text[]) WITH ORDINALITY AS s(seat, n)`,
      [this.screening, kind, owner, seats],
    );
  }

  /** The screening as tickets knows it now. */
  async facts(): Promise<Facts> {
    const [row] = await this.stage.db.database.query<{ data: Facts }>(
      'SELECT data FROM screening_copy WHERE screening_id = $1',
      [this.screening],
    );
    return row!.data;
  }

  /** Asks for a move to another hall, some minutes later. */
  async ask(
    to: { rows: number; places: number; pairs: number; minutes?: number; venue?: string; sameHall?: boolean },
    moveId: string = randomUUID(),
  ) {
    const facts = await this.facts();
    const seats = hallSeats(to.rows, to.places, to.pairs, 'n');
    const later = (instant: string) => new Date(Date.parse(instant) + (to.minutes ?? 0) * 60_000).toISOString();
    const planId = `hall-${to.rows}-${to.places}-${to.pairs}`;
    const target: Facts = {
      ...facts,
      planId,
      planVersion: 1,
      hall: to.sameHall ? facts.hall : { id: planId, name: { kk: 'Басқа', ru: 'Другой', en: 'Other' } },
      venue: to.venue ? { ...facts.venue, id: to.venue } : facts.venue,
      startsAt: later(facts.startsAt),
      endsAt: later(facts.endsAt),
      doorsOpenAt: later(facts.doorsOpenAt),
      lateEntryUntil: later(facts.lateEntryUntil),
    };
    const asked = await this.stage.call(SCREENINGS, 'POST', '/internal/seating-moves', {
      moveId,
      screeningId: this.screening,
      to: target,
      seats,
    });
    return { moveId, asked, target };
  }

  /** Asks for a move of time alone, or to a newer drawing of the same plan. */
  async askHere(changes: { minutes?: number; drawing?: { version: number; seats: Seats } }) {
    const facts = await this.facts();
    const moveId = randomUUID();
    const later = (instant: string) => new Date(Date.parse(instant) + (changes.minutes ?? 0) * 60_000).toISOString();
    const to = {
      ...facts,
      planVersion: changes.drawing?.version ?? facts.planVersion,
      startsAt: later(facts.startsAt),
      endsAt: later(facts.endsAt),
    };
    const seats = changes.drawing?.seats ?? this.seats;
    const body = { moveId, screeningId: this.screening, to, seats };
    return { moveId, asked: await this.stage.call(SCREENINGS, 'POST', '/internal/seating-moves', body) };
  }

  command(moveId: string, what: string, body: object = {}) {
    return this.stage.call(SCREENINGS, 'POST', `/internal/seating-moves/${moveId}/${what}`, body);
  }

  /** Events told about this screening's visitors. */
  async visits(type: string): Promise<{ personId: string; [field: string]: unknown }[]> {
    const rows = await this.stage.db.database.query<{ data: { personId: string } }>(
      'SELECT data FROM outbox WHERE type = $1 AND aggregate_id LIKE $2 ORDER BY seq',
      [type, `${this.screening}/%`],
    );
    return rows.map((row) => row.data);
  }
}
