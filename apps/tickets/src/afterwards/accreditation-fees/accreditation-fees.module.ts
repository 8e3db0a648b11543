import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { AccreditationFeesController } from './accreditation-fees.controller.js';
import { AccreditationFees } from './accreditation-fees.js';

@Module({
  imports: [ProgrammeCopyModule, OrdersModule, ChangesModule],
  controllers: [AccreditationFeesController],
  providers: [AccreditationFees],
})
export class AccreditationFeesModule {}
