import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { GRACE_MINUTES } from './booking.rules.js';
import { GiveUpBookings } from './give-up-bookings.js';

const EVERY_MS = 1_000;
const MOST = 50;
/** A suspended badge's seat is kept until so many minutes before the start. */
const SUSPENDED_MINUTES = 10;

/** No-shows after a screening, and seats of suspended badges before it; both in festival time. */
@Injectable()
export class BookingsJob extends FestivalJob {
  constructor(
    private readonly database: Database,
    private readonly giveUp: GiveUpBookings,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('bookings not looked after', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    const given = await this.database.query<{ id: string }>('SELECT suspended_bookings($1, $2) AS id', [
      SUSPENDED_MINUTES,
      MOST,
    ]);
    await this.each(given, ({ id }) => this.giveUp.release(id, 'badge-suspended'));
    const missed = await this.database.query<{ id: string }>('SELECT missed_bookings($1, $2) AS id', [
      GRACE_MINUTES,
      MOST,
    ]);
    await this.each(missed, ({ id }) => this.giveUp.miss(id));
  }
}
