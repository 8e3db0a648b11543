import { Module } from '@nestjs/common';
import { FestivalClock } from './festival-clock.js';
import { ProgrammeCopy } from './programme-copy.js';
import { RecordProgramme } from './record-programme.js';

@Module({
  providers: [ProgrammeCopy, FestivalClock, RecordProgramme],
  exports: [ProgrammeCopy, FestivalClock, RecordProgramme],
})
export class ProgrammeCopyModule {}
