import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { IssuedTicketsModule } from '../../sale/issued-tickets/issued-tickets.module.js';
import { DoorQueries } from './door.queries.js';
import { ScanCode } from './scan-code.js';
import { ScansController } from './scans.controller.js';

@Module({
  imports: [ProgrammeCopyModule, IssuedTicketsModule],
  controllers: [ScansController],
  providers: [ScanCode, DoorQueries],
})
export class ScansModule {}
