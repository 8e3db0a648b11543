import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { IssuedTicketsModule } from '../../sale/issued-tickets/issued-tickets.module.js';
import { PricingModule } from '../../sale/pricing/pricing.module.js';
import { AloneShares } from './alone-shares.js';
import { DoorLists } from './door-lists.js';
import { DoorNames } from './door-names.js';
import { DoorPlaces } from './door-places.js';
import { DoorRules } from './door-rules.js';
import { Doors } from './doors.js';
import { HolderPhotos } from './holder-photos.js';
import { ReadCodes } from './read-codes.js';
import { ScanCode } from './scan-code.js';
import { ScanStore } from './scan-store.js';
import { ScansController } from './scans.controller.js';
import { UndoScan } from './undo-scan.js';

@Module({
  imports: [ProgrammeCopyModule, IssuedTicketsModule, PricingModule],
  controllers: [ScansController],
  providers: [
    ScanCode,
    ScanStore,
    UndoScan,
    Doors,
    DoorRules,
    DoorLists,
    DoorPlaces,
    DoorNames,
    AloneShares,
    ReadCodes,
    HolderPhotos,
  ],
  exports: [Doors, DoorPlaces, DoorRules, ScanStore, ReadCodes, AloneShares],
})
export class ScansModule {}
