import { Injectable } from '@nestjs/common';
import {
  type EventDefinition,
  event,
  type Telling,
  VisitCancelled,
  VisitDelayed,
  VisitMoved,
  VisitRated,
  VisitReseated,
} from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import type { ScreeningData } from '../../copies/programme-copy/programme-copy.js';
import type { SeatingMoveRow } from './seating-moves.store.js';
import { hasSeat } from './seating-plan.js';

/** One place that somebody holds at a screening. */
interface Held {
  person: string;
  language: Language | null;
  kind: 'order' | 'booking';
  owner: string;
  line: number;
  row: string;
  seat: string;
  amount: number;
  currency: string;
}

interface Visit {
  person: string;
  held: Held[];
}

export interface VisitClash {
  booking: string;
  other: string;
  otherScreening: string;
}

/** Tells each visitor of a screening once what happened to it: whoever holds tickets or a booking, and all in one. */
@Injectable()
export class TellVisits {
  constructor(private readonly outbox: Outbox) {}

  /** After a move has settled. Whoever keeps time, hall and seat hears nothing. */
  async moved(tx: Tx, move: SeatingMoveRow, refundUntil: Date | null, clashes: readonly VisitClash[]): Promise<void> {
    const { from, to, screening } = move;
    // They hear of a new time now: a delay of that one, or of the old one should the screening come back, is news.
    if (from.startsAt !== to.startsAt) await tx.query('DELETE FROM told_delay WHERE screening_id = $1', [screening]);
    const elsewhere = from.startsAt !== to.startsAt || from.hall.id !== to.hall.id;
    const changes: { owner: string; line: number; fromRow: string; fromNumber: string; toSeat: string }[] =
      await tx.query(
        `SELECT owner_id AS owner, line_no AS line, from_row AS "fromRow", from_number AS "fromNumber", to_seat AS "toSeat"
         FROM seating_change WHERE move_id = $1`,
        [move.id],
      );
    const byLine = new Map(changes.map((change) => [`${change.owner} ${change.line}`, change]));
    const titles = await this.titles(
      tx,
      clashes.map((clash) => clash.otherScreening),
    );
    await this.tell(tx, screening, (visit) => {
      const seats = visit.held.map((one) => {
        const change = byLine.get(`${one.owner} ${one.line}`);
        return {
          row: one.row,
          seat: one.seat,
          fromRow: change?.fromRow ?? one.row,
          fromSeat: change?.fromNumber ?? one.seat,
        };
      });
      const unseated = visit.held.filter((one) => {
        const change = byLine.get(`${one.owner} ${one.line}`);
        return change !== undefined && !hasSeat(change.toSeat);
      }).length;
      const facts = { ...factsOf(to, visit), seats, unseated };
      if (!elsewhere) {
        const changed = seats.some((one) => one.row !== one.fromRow || one.seat !== one.fromSeat);
        return changed ? [VisitReseated, facts] : undefined;
      }
      const bought = visit.held.some((one) => one.kind === 'order');
      const own = new Set(visit.held.map((one) => one.owner));
      return [
        VisitMoved,
        {
          ...facts,
          from: { startsAt: from.startsAt, venue: from.venue.name, hall: from.hall.name },
          refundUntil: bought && refundUntil ? refundUntil.toISOString() : null,
          clashes: clashes
            .filter((clash) => own.has(clash.booking))
            .flatMap((clash) => titles.get(clash.otherScreening) ?? []),
        },
      ];
    });
  }

  /** Somebody whom a manager found another seat for. */
  async reseated(
    tx: Tx,
    data: ScreeningData,
    changes: readonly { owner: string; line: number; fromRow: string; fromNumber: string }[],
  ): Promise<void> {
    const byLine = new Map(changes.map((change) => [`${change.owner} ${change.line}`, change]));
    await this.tell(tx, data.screeningId, (visit) => {
      const seats = visit.held.flatMap((one) => {
        const change = byLine.get(`${one.owner} ${one.line}`);
        return change ? [{ row: one.row, seat: one.seat, fromRow: change.fromRow, fromSeat: change.fromNumber }] : [];
      });
      return seats.length > 0 ? [VisitReseated, { ...factsOf(data, visit), seats, unseated: 0 }] : undefined;
    });
  }

  /** Once for so many minutes after what was announced; false when that, or more, was told before. */
  async delayed(tx: Tx, data: ScreeningData): Promise<boolean> {
    const { delay } = data;
    if (!delay) return false;
    const news: unknown[] = await tx.query(
      `INSERT INTO told_delay (screening_id, announced_for, minutes) VALUES ($1, $2, $3)
       ON CONFLICT (screening_id, announced_for) DO UPDATE SET minutes = excluded.minutes
       WHERE told_delay.minutes < excluded.minutes RETURNING 1`,
      [data.screeningId, delay.from, delay.minutes],
    );
    if (news.length === 0) return false;
    await this.tell(tx, data.screeningId, (visit) => [
      VisitDelayed,
      { ...factsOf(data, visit), from: delay.from, minutes: delay.minutes },
    ]);
    return true;
  }

  async rated(tx: Tx, data: ScreeningData, ageRating: string): Promise<void> {
    await this.tell(tx, data.screeningId, (visit) => [VisitRated, { ...factsOf(data, visit), ageRating }]);
  }

  /** Everybody who has not been told yet; asked again it tells only those who came to hold something since. */
  async cancelled(tx: Tx, data: ScreeningData): Promise<void> {
    const told = new Set(
      (
        (await tx.query('SELECT person_id AS person FROM cancelled_visit WHERE screening_id = $1', [
          data.screeningId,
        ])) as { person: string }[]
      ).map((row) => row.person),
    );
    const now: string[] = [];
    await this.tell(tx, data.screeningId, (visit) => {
      if (told.has(visit.person)) return undefined;
      now.push(visit.person);
      const orders = visit.held.filter((one) => one.kind === 'order');
      return [
        VisitCancelled,
        {
          ...factsOf(data, visit),
          tickets: orders.length,
          bookings: visit.held.length - orders.length,
          amount: {
            amount: orders.reduce((sum, one) => sum + one.amount, 0),
            currency: orders[0]?.currency ?? data.prices[0]?.currency ?? 'KZT',
          },
        },
      ];
    });
    await tx.query('INSERT INTO cancelled_visit (screening_id, person_id) SELECT $1, unnest($2::text[])', [
      data.screeningId,
      now,
    ]);
  }

  private async tell(
    tx: Tx,
    screening: string,
    say: (visit: Visit) => [EventDefinition, Record<string, unknown>] | undefined,
  ): Promise<void> {
    const told = (await visitsOf(tx, screening)).flatMap((visit) => {
      const what = say(visit);
      return what ? [{ visit, definition: what[0], data: what[1] }] : [];
    });
    if (told.length === 0) return;
    const versions: { version: string }[] = await tx.query(
      "SELECT nextval('visit_version') AS version FROM generate_series(1, $1)",
      [told.length],
    );
    await this.outbox.append(
      tx,
      told.map(
        ({ visit, definition, data }, i): Telling =>
          event(definition, {
            aggregate: `${screening}/${visit.person}`,
            version: Number(versions[i]!.version),
            data,
          }),
      ),
    );
  }

  private async titles(
    tx: Tx,
    screenings: readonly string[],
  ): Promise<Map<string, { screeningId: string; title: ScreeningData['title']; startsAt: string }>> {
    const rows: { data: ScreeningData }[] = await tx.query(
      'SELECT data FROM screening_copy WHERE screening_id = ANY ($1)',
      [screenings],
    );
    return new Map(
      rows.map(({ data }) => [
        data.screeningId,
        { screeningId: data.screeningId, title: data.title, startsAt: data.startsAt },
      ]),
    );
  }
}

/** Who holds what at a screening, by person; a ticket that was given away is its holder's. */
async function visitsOf(tx: Tx, screening: string): Promise<Visit[]> {
  const rows: Held[] = await tx.query(
    `SELECT coalesce(t.holder_id, o.person_id) AS person, o.language, 'order' AS kind, o.id AS owner, l.line_no AS line,
            l.row_label AS row, l.seat_label AS seat, l.amount::float8 AS amount, o.currency, o.made_at AS at
       FROM ticket t JOIN order_line l ON l.order_id = t.order_id AND l.line_no = t.line_no JOIN orders o ON o.id = t.order_id
      WHERE t.screening_id = $1 AND t.state IN ('live', 'suspended')
      UNION ALL
     SELECT person_id, NULL, 'booking', id, 0, row_label, seat_label, 0, '', made_at
       FROM booking WHERE screening_id = $1 AND state IN ('booked', 'released')
      ORDER BY at, owner, line`,
    [screening],
  );
  const persons = Map.groupBy(
    rows.filter((row) => row.person !== ''),
    (row) => row.person,
  );
  return [...persons].map(([person, held]) => ({ person, held }));
}

function factsOf(data: ScreeningData, visit: Visit): Record<string, unknown> {
  const language = visit.held.findLast((one) => one.language !== null)?.language;
  return {
    screeningId: data.screeningId,
    personId: visit.person,
    editionId: data.editionId,
    title: data.title,
    startsAt: data.startsAt,
    endsAt: data.endsAt,
    timezone: data.timezone,
    venue: data.venue.name,
    hall: data.hall.name,
    ...(language ? { language } : {}),
  };
}
