import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { OrdersModule } from '../../sale/orders/orders.module.js';
import { PricingModule } from '../../sale/pricing/pricing.module.js';
import { CancelOrder } from './cancel-order.js';
import { ChangesController } from './changes.controller.js';
import { ChangesQueries } from './changes.queries.js';
import { ExchangeTickets } from './exchange-tickets.js';
import { ReturnLines } from './return-lines.js';
import { ReturnTickets } from './return-tickets.js';
import { TransferTicket } from './transfer-ticket.js';

@Module({
  imports: [ProgrammeCopyModule, OrdersModule, PricingModule],
  controllers: [ChangesController],
  providers: [ChangesQueries, ReturnLines, ReturnTickets, CancelOrder, ExchangeTickets, TransferTicket],
  exports: [ReturnLines, CancelOrder, ChangesQueries, ExchangeTickets],
})
export class ChangesModule {}
