import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { HoldsModule } from '../../inventory/holds/holds.module.js';
import { IssuedTicketsModule } from '../issued-tickets/issued-tickets.module.js';
import { OrdersController } from './orders.controller.js';
import { OrdersQueries } from './orders.queries.js';
import { PlaceOrder } from './place-order.js';

@Module({
  imports: [ProgrammeCopyModule, HoldsModule, IssuedTicketsModule],
  controllers: [OrdersController],
  providers: [OrdersQueries, PlaceOrder],
  exports: [OrdersQueries],
})
export class OrdersModule {}
