import { type DynamicModule, Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { CancelScreening } from './cancel-screening.js';
import { CancelledScreeningsJob } from './cancelled-screenings.job.js';
import { ConfirmSeating } from './confirm-seating.js';
import { ForgottenMovesJob } from './forgotten-moves.job.js';
import { HearScreening } from './hear-screening.js';
import { RequestSeating } from './request-seating.js';
import { SeatingMovesController } from './seating-moves.controller.js';
import { SeatingMoves } from './seating-moves.store.js';
import { SettleSeating } from './settle-seating.js';
import { TellVisits } from './tell-visits.js';
import { UndoSeating } from './undo-seating.js';
import { Unseated } from './unseated.js';
import { VisitsQueries } from './visits.queries.js';

@Module({})
export class SeatingMovesModule {
  /** @param role a process that only works at the door hears of changes, but moves and returns nothing */
  static for(role: { jobs: boolean; sell: boolean }): DynamicModule {
    const works = role.jobs || role.sell;
    return {
      module: SeatingMovesModule,
      global: true,
      imports: [ProgrammeCopyModule, ...(works ? [ChangesModule] : [])],
      controllers: works ? [SeatingMovesController] : [],
      providers: [
        SeatingMoves,
        TellVisits,
        HearScreening,
        ...(works
          ? [RequestSeating, ConfirmSeating, UndoSeating, SettleSeating, CancelScreening, Unseated, VisitsQueries]
          : []),
        ...(role.jobs ? [CancelledScreeningsJob, ForgottenMovesJob] : []),
      ],
      exports: [HearScreening],
    };
  }
}
