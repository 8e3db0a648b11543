import { Injectable } from '@nestjs/common';
import {
  BookingCancelled,
  BookingMade,
  BookingReleased,
  type EventData,
  type EventDefinition,
  isNobody,
  OrderChargedBack,
  OrderLinesReturned,
  OrderPaid,
  type Received,
  type ScreeningRecorded,
  TicketTransferred,
  VisitCancelled,
} from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { besideErasure } from '../contacts/person-lock.js';
import { REMINDERS, reminderFact } from './reminder.rules.js';

type Line = EventData<typeof OrderPaid>['lines'][number];

interface Hold {
  hold: string;
  personId: string;
  screeningId: string;
  editionId: string;
  language?: string;
}

const STANDS = ['announced', 'on-sale', 'closed'];
const TEMPLATES = REMINDERS.map(({ template }) => template);

function lineOf(orderId: string, line: Line): string {
  return `order:${orderId}:${line.line ?? `${line.row}/${line.seat}`}`;
}

/** Our own copy of who holds a place at which screening, fed by what tickets and screenings tell. */
@Injectable()
export class TrackVisits {
  private readonly hearers = new Map<string, (tx: Tx, told: Received) => Promise<void>>();

  constructor() {
    this.on(OrderPaid, async (tx, { time, data: { orderId, personId, editionId, language, lines } }) => {
      for (const line of lines) {
        const { screeningId } = line;
        await this.hold(tx, time, { hold: lineOf(orderId, line), personId, screeningId, editionId, language });
      }
    });
    this.on(OrderLinesReturned, async (tx, { time, data: { orderId, personId, editionId, lines } }) => {
      for (const line of lines) {
        const { screeningId } = line;
        await this.end(tx, time, { hold: lineOf(orderId, line), personId, screeningId, editionId });
      }
    });
    this.on(OrderChargedBack, async (tx, { data }) => {
      if (data.state === 'lost') await this.endOrder(tx, data.orderId);
    });
    this.on(TicketTransferred, async (tx, { time, data: { orderId, holderId: personId, editionId, place } }) => {
      const hold = { hold: lineOf(orderId, place), personId, screeningId: place.screeningId, editionId };
      await this.hold(tx, time, hold, { moves: true });
    });
    this.on(BookingMade, (tx, { time, data }) => this.hold(tx, time, { ...data, hold: `booking:${data.bookingId}` }));
    this.on(BookingCancelled, (tx, { time, data }) =>
      this.end(tx, time, { ...data, hold: `booking:${data.bookingId}` }),
    );
    this.on(BookingReleased, (tx, { time, data }) =>
      this.end(tx, time, { ...data, hold: `booking:${data.bookingId}` }),
    );
    this.on(VisitCancelled, async (tx, { data: { personId, screeningId } }) => {
      await tx.query('UPDATE visit_hold SET ended = true WHERE screening_id = $1 AND person_id = $2', [
        screeningId,
        personId,
      ]);
      await this.withhold(tx, screeningId, personId);
    });
  }

  /** What tickets tells of somebody's place; any other fact changes nothing here. */
  async within(tx: Tx, told: Received): Promise<void> {
    await this.hearers.get(told.type)?.(tx, told);
  }

  private on<D extends EventDefinition>(definition: D, hear: (tx: Tx, told: Received<D>) => Promise<void>): void {
    this.hearers.set(definition.type, (tx, told) => hear(tx, told as Received<D>));
  }

  /** The highest version counts; reminders of a time that is no more are withheld. */
  async screening(tx: Tx, told: Received<typeof ScreeningRecorded>): Promise<void> {
    const { screeningId, editionId, title, startsAt, doorsOpenAt, timezone, venue, hall, state } = told.data;
    const data = { title, doorsOpenAt, timezone, venue: venue.name, hall: hall.name, address: venue.address };
    const stands = STANDS.includes(state);
    await tx.query(
      `INSERT INTO screening_copy (screening_id, version, edition_id, starts_at, stands, data) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (screening_id) DO UPDATE SET version = excluded.version, starts_at = excluded.starts_at,
         stands = excluded.stands, data = excluded.data
       WHERE screening_copy.version < excluded.version`,
      [screeningId, told.version, editionId, startsAt, stands, JSON.stringify(data)],
    );
    const [now] = await tx.query<{ starts_at: Date; stands: boolean }[]>(
      'SELECT starts_at, stands FROM screening_copy WHERE screening_id = $1',
      [screeningId],
    );
    const right = now?.stands ? TEMPLATES.map((template) => reminderFact(template, screeningId, now.starts_at)) : [];
    await tx.query(
      `UPDATE delivery SET state = 'withheld', trouble = 'screening-changed'
        WHERE state IN ('queued', 'waiting-retry', 'awaiting-contact') AND class = 'reminder'
          AND starts_with(key, $1 || '/') AND NOT fact = ANY ($2)`,
      [screeningId, right],
    );
  }

  private async hold(tx: Tx, since: Date, hold: Hold, { moves = false } = {}): Promise<void> {
    if (isNobody(hold.personId)) return;
    await besideErasure(tx, hold.personId);
    await tx.query(
      `INSERT INTO visit_hold (hold, person_id, screening_id, edition_id, language, since)
       SELECT $1, $2, $3, $4, $5, $6::timestamptz + make_interval(secs => coalesce(
                (SELECT offset_ms FROM edition_copy WHERE edition_id = $4), 0) / 1000.0)
        WHERE NOT EXISTS (SELECT 1 FROM contact WHERE person_id = $2 AND erased)
       ON CONFLICT (hold) DO UPDATE SET person_id = excluded.person_id, language = NULL, since = excluded.since WHERE $7`,
      [hold.hold, hold.personId, hold.screeningId, hold.editionId, hold.language ?? null, since, moves],
    );
  }

  /** An end may be heard before its beginning: it is kept, and the beginning changes nothing then. */
  private async end(tx: Tx, at: Date, { hold, personId, screeningId, editionId }: Hold): Promise<void> {
    await besideErasure(tx, personId);
    await tx.query(
      `INSERT INTO visit_hold (hold, person_id, screening_id, edition_id, since, ended)
       SELECT $1, $2, $3, $4, $5, true WHERE NOT EXISTS (SELECT 1 FROM contact WHERE person_id = $2 AND erased)
       ON CONFLICT (hold) DO UPDATE SET ended = true`,
      [hold, personId, screeningId, editionId, at],
    );
    await this.withhold(tx, screeningId, personId);
  }

  private async endOrder(tx: Tx, orderId: string): Promise<void> {
    const rows = await tx.query<{ screening_id: string; person_id: string }[]>(
      `WITH ended AS (
         UPDATE visit_hold SET ended = true WHERE starts_with(hold, 'order:' || $1 || ':') AND NOT ended
         RETURNING screening_id, person_id)
       SELECT DISTINCT screening_id, person_id FROM ended`,
      [orderId],
    );
    for (const row of rows) await this.withhold(tx, row.screening_id, row.person_id);
  }

  /** Who holds nothing there any more is not reminded of it. */
  private async withhold(tx: Tx, screeningId: string, personId: string): Promise<void> {
    await tx.query(
      `UPDATE delivery SET state = 'withheld', trouble = 'visit-over'
        WHERE person_id = $2 AND class = 'reminder' AND key = $1 || '/' || $2
          AND state IN ('queued', 'waiting-retry', 'awaiting-contact')
          AND NOT EXISTS (SELECT 1 FROM visit_hold WHERE screening_id = $1 AND person_id = $2 AND NOT ended)`,
      [screeningId, personId],
    );
  }
}
