import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { GivePass } from './give-pass.js';
import { PassesController } from './passes.controller.js';
import { PassesQueries } from './passes.queries.js';
import { SetPassKinds } from './set-pass-kinds.js';

@Module({
  imports: [ProgrammeCopyModule],
  controllers: [PassesController],
  providers: [PassesQueries, SetPassKinds, GivePass],
  exports: [PassesQueries],
})
export class PassesModule {}
