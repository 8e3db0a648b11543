import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { CheckScreening } from './check-screening.js';
import { CreateScreening } from './create-screening.js';
import { DelayScreening } from './delay-screening.js';
import { DeleteDraft } from './delete-draft.js';
import { PatchScreening } from './patch-screening.js';
import { ScreeningsController } from './screenings.controller.js';
import { ScreeningsQueries } from './screenings.queries.js';
import { SpeakScreenings } from './speak-screenings.js';
import { StepScreening } from './step-screening.js';

@Module({
  imports: [EditionsModule],
  controllers: [ScreeningsController],
  providers: [
    CheckScreening,
    CreateScreening,
    DeleteDraft,
    PatchScreening,
    DelayScreening,
    StepScreening,
    ScreeningsQueries,
    SpeakScreenings,
  ],
  exports: [ScreeningsQueries, SpeakScreenings],
})
export class ScreeningsModule {}
