import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import type { TicketsSettings } from '../../settings.js';
import { Auditor } from './auditor.js';

/** The auditor at work. */
@Injectable()
export class AuditorJob extends FestivalJob {
  constructor(
    private readonly auditor: Auditor,
    @Inject(SETTINGS) settings: Pick<TicketsSettings, 'AUDITOR_EVERY_SECONDS'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('auditor', settings.AUDITOR_EVERY_SECONDS * 1_000, logger);
  }

  look(): Promise<void> {
    return this.auditor.look();
  }
}
