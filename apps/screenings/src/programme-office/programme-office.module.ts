import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { MovesModule } from '../moves/moves.module.js';
import { ProgrammeModule } from '../programme/programme.module.js';
import { ScreeningsModule } from '../screenings/screenings.module.js';
import { OfficeProgrammeQueries } from './office-programme.queries.js';
import { ProgrammeOfficeController } from './programme-office.controller.js';
import { RecordEntry } from './record-entry.js';

@Module({
  imports: [EditionsModule, ProgrammeModule, MovesModule, ScreeningsModule],
  controllers: [ProgrammeOfficeController],
  providers: [RecordEntry, OfficeProgrammeQueries],
})
export class ProgrammeOfficeModule {}
