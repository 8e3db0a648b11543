import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { MovesModule } from './moves/moves.module.js';
import { NextEditionModule } from './next-edition/next-edition.module.js';
import { ProgrammeModule } from './programme/programme.module.js';
import { ProgrammeOfficeModule } from './programme-office/programme-office.module.js';
import { PublicOutputsModule } from './public-outputs/public-outputs.module.js';

/** Speaks and does not hear: everything it decides by is its own. A move asks tickets over HTTP who sits where. */
@Module({
  imports: [
    MessagingModule.for({ service: 'screenings', consumes: [] }),
    ProgrammeModule,
    ProgrammeOfficeModule,
    NextEditionModule,
    PublicOutputsModule,
    MovesModule,
  ],
})
export class ScreeningsServiceModule {}
