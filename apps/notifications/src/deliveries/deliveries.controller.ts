import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DeliveryDetails, DeliveryFilter, DeliveryLog, DeliveryResent, PublicHolidays } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { DeliveriesQueries } from './deliveries.queries.js';
import { RecordEdition } from './record-edition.js';
import { ResendDelivery } from './resend-delivery.js';
import { Wakening } from './wakening.js';

@Controller()
export class DeliveriesController {
  constructor(
    private readonly deliveries: DeliveriesQueries,
    private readonly resend: ResendDelivery,
    private readonly editions: RecordEdition,
    private readonly database: Database,
    private readonly wakening: Wakening,
  ) {}

  @Get('deliveries')
  @Access('admin')
  @Answers('The newest messages and how many are in which state; addresses are masked.', DeliveryLog)
  log(@Query(valid(DeliveryFilter)) filter: DeliveryFilter): Promise<DeliveryLog> {
    return this.deliveries.log(filter);
  }

  @Get('deliveries/:id')
  @Access('admin')
  @Answers('One message with its tries and what repeats it.', DeliveryDetails)
  details(@Param('id') id: string): Promise<DeliveryDetails> {
    return this.deliveries.details(id);
  }

  @Get('deliveries/:id/preview')
  @Access('admin')
  @Answers(
    'The very HTML that was or will be sent, without what opens anything; X-Preview says whether it still is the same.',
  )
  async preview(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { html, same } = await this.deliveries.preview(id);
    void reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Cache-Control', 'no-store')
      // A mail's own styles are inline; scripts, forms and fetching it has none of.
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
      .header('X-Preview', same)
      .send(html);
  }

  @Post('deliveries/:id/resend')
  @HttpCode(202)
  @Access('admin')
  @Answers('A new message, linked to the first.', DeliveryResent)
  async again(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<DeliveryResent> {
    const resent = await this.resend.execute(id, caller.id, key);
    this.wakening.call();
    return resent;
  }

  @Put('editions/:id/public-holidays')
  @Access('admin')
  @Answers('Days of the edition on which no short message is sent.', PublicHolidays)
  async holidays(@Param('id') id: string, @Body(valid(PublicHolidays)) body: PublicHolidays): Promise<PublicHolidays> {
    await this.editions.holidays(this.database, id, body.days);
    return body;
  }
}
