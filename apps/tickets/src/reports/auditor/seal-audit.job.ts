import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '#libs/persistence';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';

const EVERY_MS = 1_000;
const MOST = 1_000;

/** Seals what was written to the audit log, each second. */
@Injectable()
export class SealAuditJob extends FestivalJob {
  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('audit log not sealed', EVERY_MS, logger);
  }

  async look(): Promise<void> {
    await this.database.hot('seal-audit', 'SELECT seal_audit($1)', [MOST]);
  }
}
