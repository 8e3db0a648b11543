import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { MARGIN_SECONDS } from './lease.rules.js';

const EVERY_MS = 1_000;

/** Two minutes after the end of a lease the tickets that nobody has reported as sold are no good any more. */
@Injectable()
export class RevokeLeases extends FestivalJob {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('leases not revoked', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    await this.database.query('SELECT revoke_leases($1)', [MARGIN_SECONDS]);
  }
}
