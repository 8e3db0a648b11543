import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';

const EVERY_MS = 600_000;

/** Names and phones that people left at the counter go a day after they were of use. */
@Injectable()
export class ForgetCallers extends FestivalJob {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('names at the counter not forgotten', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    await this.database.query(`DELETE FROM counter_phone_look WHERE at < clock_timestamp() - interval '1 day'`);
    await this.database.query(
      `UPDATE counter_reservation r SET name = '', phone = '' FROM block b
        WHERE b.id = r.block_id AND b.state = 'released' AND b.released_at < clock_timestamp() - interval '1 day' AND r.name <> ''`,
    );
    await this.database.query(
      `UPDATE counter_sale s SET buyer_name = NULL, buyer_phone = NULL FROM orders o JOIN edition_copy e USING (edition_id)
        WHERE o.id = s.order_id AND (s.buyer_name IS NOT NULL OR s.buyer_phone IS NOT NULL)
          AND festival_now(e.edition_id) > (e.date_to::date + 2)::timestamp AT TIME ZONE e.timezone`,
    );
  }
}
