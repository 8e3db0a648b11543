import { Inject, Injectable } from '@nestjs/common';
import type { EditionRecorded, FestivalClockSet, Received } from '#libs/contracts';
import { type Clock, DAY, festivalTime, type LocalText } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { CLOCK } from '#libs/service-defaults';
import { editionUnknown } from './edition.refusals.js';

export interface EditionCopy {
  id: string;
  name: LocalText;
  /** Days at the venue, "2019-09-14". */
  from: string;
  to: string;
  timezone: string;
}

/** What screenings told about editions: dates for the validity of badges, and festival time. */
@Injectable()
export class Editions {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Festival time of the edition; machine time while its clock is unknown. */
  async now(edition: string, tx: Tx = this.database.source.manager): Promise<Date> {
    const rows: { offset: string }[] = await tx.query(
      'SELECT offset_ms AS offset FROM festival_clock WHERE edition_id = $1',
      [edition],
    );
    return festivalTime(this.clock.now(), Number(rows[0]?.offset ?? 0));
  }

  async find(edition: string, tx: Tx = this.database.source.manager): Promise<EditionCopy | undefined> {
    const [row]: EditionCopy[] = await tx.query(
      `SELECT edition_id AS id, name, date_from AS "from", date_to AS "to", timezone
         FROM edition_copy WHERE edition_id = $1`,
      [edition],
    );
    return row;
  }

  async one(edition: string, tx?: Tx): Promise<EditionCopy> {
    const found = await this.find(edition, tx);
    if (!found) throw editionUnknown({ editionId: edition });
    return found;
  }

  async recorded(tx: Tx, told: Received<typeof EditionRecorded>): Promise<void> {
    const { editionId, name, from, to, timezone, offsetMs } = told.data;
    await tx.query(
      `INSERT INTO edition_copy (edition_id, version, name, date_from, date_to, timezone) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version, name = excluded.name,
         date_from = excluded.date_from, date_to = excluded.date_to, timezone = excluded.timezone
       WHERE edition_copy.version < excluded.version`,
      [editionId, told.version, JSON.stringify(name), from, to, timezone],
    );
    await this.clockSet(tx, { version: told.version, data: { editionId, offsetMs } });
  }

  async clockSet(tx: Tx, told: Pick<Received<typeof FestivalClockSet>, 'version' | 'data'>): Promise<void> {
    await tx.query(
      `INSERT INTO festival_clock (edition_id, version, offset_ms) VALUES ($1, $2, $3)
       ON CONFLICT (edition_id) DO UPDATE SET version = excluded.version, offset_ms = excluded.offset_ms
       WHERE festival_clock.version < excluded.version`,
      [told.data.editionId, told.version, told.data.offsetMs],
    );
  }
}

/**
 * From when until when a badge of the edition may open doors: its days with one more on either side, since
 * the days are the venue's and a code counts them in UTC.
 */
export function badgeValidity(edition: Pick<EditionCopy, 'from' | 'to'>): { from: Date; until: Date } {
  return {
    from: new Date(Date.parse(`${edition.from}T00:00:00Z`) - DAY),
    until: new Date(Date.parse(`${edition.to}T00:00:00Z`) + DAY),
  };
}
