import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { CancelScreening } from './cancel-screening.js';

const LOOK_MS = 500;

/** Goes on with cancelled screenings until nobody holds anything at them. */
@Injectable()
export class CancelledScreeningsJob extends FestivalJob {
  constructor(
    private readonly cancel: CancelScreening,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('cancelled screenings', LOOK_MS, logger);
  }

  async look(): Promise<void> {
    for (const screening of await this.cancel.due())
      await this.cancel
        .execute(screening)
        .catch((error) => this.logger.warn({ err: error, screening }, 'cancelled screening not cleared'));
  }
}
