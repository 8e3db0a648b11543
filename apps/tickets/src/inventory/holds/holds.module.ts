import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { HoldSeats } from './hold-seats.js';
import { HoldsController } from './holds.controller.js';

@Module({
  imports: [ProgrammeCopyModule],
  controllers: [HoldsController],
  providers: [HoldSeats],
  exports: [HoldSeats],
})
export class HoldsModule {}
