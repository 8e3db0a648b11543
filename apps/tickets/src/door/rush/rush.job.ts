import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { GiveUpBookings } from '../../afterwards/bookings/give-up-bookings.js';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { ReleaseSeats } from './release-seats.js';

const EVERY_MS = 1_000;
const MOST = 50;

/** Seats that nobody took: booked ones shortly before the start, paid ones after late entry where the edition says so. */
@Injectable()
export class RushJob extends FestivalJob {
  constructor(
    private readonly database: Database,
    private readonly giveUp: GiveUpBookings,
    private readonly release: ReleaseSeats,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('seats not released to the rush line', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    const booked = await this.database.query<{ id: string }>('SELECT unclaimed_bookings($1) AS id', [MOST]);
    await this.each(booked, ({ id }) => this.giveUp.release(id, 'not-here'));
    const paid = await this.database.query<{ id: string }>('SELECT unclaimed_tickets($1) AS id', [MOST]);
    await this.each(paid, ({ id }) => this.release.ticket(id));
  }
}
