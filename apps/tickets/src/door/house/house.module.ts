import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { ConflictsModule } from '../conflicts/conflicts.module.js';
import { RushQueries } from '../rush/rush.queries.js';
import { RushRules } from '../rush/rush-rules.js';
import { ScansModule } from '../scans/scans.module.js';
import { HouseController } from './house.controller.js';
import { HouseQueries } from './house.queries.js';
import { QuarantineQueries } from './quarantine.queries.js';
import { RunHouse } from './run-house.js';

@Module({
  imports: [ProgrammeCopyModule, ScansModule, ConflictsModule],
  controllers: [HouseController],
  providers: [HouseQueries, QuarantineQueries, RunHouse, RushQueries, RushRules],
})
export class HouseModule {}
