import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '#libs/service-defaults';
import { FestivalJob } from '../../copies/programme-copy/festival-job.js';
import { UndoSeating } from './undo-seating.js';

const LOOK_MS = 30_000;

/** Opens sales again where a move was asked for and never heard of again. */
@Injectable()
export class ForgottenMovesJob extends FestivalJob {
  constructor(
    private readonly seating: UndoSeating,
    @Inject(LOGGER) logger: Logger,
  ) {
    super('forgotten moves', LOOK_MS, logger);
  }

  async look(): Promise<void> {
    const given = await this.seating.giveUpForgotten();
    if (given > 0) this.logger.warn({ given }, 'moves that nobody confirmed were given up');
  }
}
