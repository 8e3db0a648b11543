import { Controller, Get, Query } from '@nestjs/common';
import { DeliveryFilter, DeliveryLog } from '#libs/contracts';
import { Access, Answers, valid } from '#libs/service-defaults';
import { DeliveriesQueries } from './deliveries.queries.js';

@Controller('deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesQueries) {}

  @Get()
  @Access('admin')
  @Answers('The newest messages and how many are in which state; addresses are masked.', DeliveryLog)
  log(@Query(valid(DeliveryFilter)) filter: DeliveryFilter): Promise<DeliveryLog> {
    return this.deliveries.log(filter);
  }
}
