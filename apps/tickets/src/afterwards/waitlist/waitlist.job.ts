import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { ServeWaitlist } from './serve-waitlist.js';
import type { EntryRow } from './waitlist.queries.js';

const EVERY_MS = 500;
const MOST = 50;

/** Lines where something can happen: offers whose time is over, seats in a pool, screenings that begin soon. */
@Injectable()
export class WaitlistJob extends FestivalJob {
  constructor(
    private readonly database: Database,
    private readonly serve: ServeWaitlist,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('waitlist not served', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    const due = await this.database.query<EntryRow & { offer: string }>(
      `SELECT o.id AS offer, e.id, e.edition_id AS edition, e.person_id AS person, e.language, e.screening_id AS screening, e.seats
         FROM waitlist_offer o JOIN waitlist_entry e ON e.id = o.entry_id
        WHERE o.state = 'open' AND o.until <= clock_timestamp() ORDER BY o.until LIMIT $1`,
      [MOST],
    );
    await this.each(due, (row) => this.serve.lapse(row.offer, row));
    const lines = await this.database.query<{ screening: string }>(
      `SELECT DISTINCT screening_id AS screening FROM seat_claim WHERE owner_kind = 'pool'
       UNION SELECT screening_id FROM (SELECT DISTINCT screening_id FROM waitlist_entry WHERE state = 'waiting') w
        WHERE NOT people_wait(screening_id)`,
    );
    await this.each(lines, ({ screening }) => this.serve.execute(screening));
  }
}
