import { Module } from '@nestjs/common';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { OrderDeskController } from './order-desk.controller.js';
import { OrderDeskQueries } from './order-desk.queries.js';
import { ReturnAtDesk } from './return-at-desk.js';

@Module({
  imports: [OrdersModule, ChangesModule],
  controllers: [OrderDeskController],
  providers: [OrderDeskQueries, ReturnAtDesk],
})
export class OrderDeskModule {}
