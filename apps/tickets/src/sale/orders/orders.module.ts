import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { HoldsModule } from '../../inventory/holds/holds.module.js';
import { IssuedTicketsModule } from '../issued-tickets/issued-tickets.module.js';
import { PassesModule } from '../passes/passes.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { ClaimOrder } from './claim-order.js';
import { CommitOrder } from './commit-order.js';
import { GroupOrdersController } from './group-orders.controller.js';
import { Invoices } from './invoices.js';
import { OrdersController } from './orders.controller.js';
import { OrdersQueries } from './orders.queries.js';
import { PlaceGroupOrder } from './place-group-order.js';
import { PlaceOrder } from './place-order.js';
import { PriceBasket } from './price-basket.js';
import { WalletsController } from './wallets.controller.js';

@Module({
  imports: [ProgrammeCopyModule, HoldsModule, PassesModule, PricingModule, IssuedTicketsModule],
  controllers: [OrdersController, GroupOrdersController, WalletsController],
  providers: [OrdersQueries, PriceBasket, CommitOrder, PlaceOrder, ClaimOrder, PlaceGroupOrder, Invoices],
  exports: [OrdersQueries, PriceBasket, CommitOrder, PlaceOrder],
})
export class OrdersModule {}
