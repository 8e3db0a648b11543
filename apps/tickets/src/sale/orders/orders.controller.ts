import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Order, PlaceOrder as PlaceOrderBody, Quote, QuoteBasket } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { TicketDocuments } from '../issued-tickets/ticket-documents.js';
import { ClaimOrder } from './claim-order.js';
import { orderUnknown } from './order.refusals.js';
import { OrdersQueries } from './orders.queries.js';
import { PlaceOrder } from './place-order.js';

const WithKey = Type.Object({
  key: Type.Optional(Type.String({ maxLength: 64 })),
  payment: Type.Optional(Type.String({ maxLength: 20 })),
});
type WithKey = { key?: string };
const WithFormat = Type.Object({
  ...WithKey.properties,
  format: Type.Optional(Type.Union([Type.Literal('a4'), Type.Literal('phone')])),
});
type WithFormat = { key?: string; format?: 'a4' | 'phone' };

@Controller()
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly claimOrder: ClaimOrder,
    private readonly orders: OrdersQueries,
    private readonly documents: TicketDocuments,
  ) {}

  @Post('orders')
  @Access('visitor')
  @Answers('The seats are claimed and wait for payment', Order)
  place(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(PlaceOrderBody)) body: PlaceOrderBody,
  ): Promise<Order> {
    return this.placeOrder.execute(caller, key, body);
  }

  @Post('quotes')
  @HttpCode(200)
  @Access('visitor')
  @Answers('What these held seats would cost, each line with its reasons; nothing is taken', Quote)
  quote(@CallerParam() caller: Caller, @Body(valid(QuoteBasket)) body: QuoteBasket): Promise<Quote> {
    return this.placeOrder.quote(caller, body);
  }

  @Get('orders/:id')
  @Access('public')
  @Answers('The order, for its buyer or whoever holds its key', Order)
  one(@CallerParam() caller: Caller, @Param('id') id: string, @Query(valid(WithKey)) query: WithKey): Promise<Order> {
    return this.orders.view(known(id), caller, query.key);
  }

  @Get('my/orders')
  @Access('visitor')
  @Answers("The caller's orders, newest first", Type.Array(Order))
  mine(@CallerParam() caller: Caller): Promise<Order[]> {
    return this.orders.mine(caller);
  }

  @Get('orders/:id/tickets.pdf')
  @Access('public')
  @Answers('The tickets as PDF')
  async pdf(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithFormat)) query: WithFormat,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const order = await this.orders.view(known(id), caller, query.key);
    const pdf = await this.documents.pdf(order, query.format);
    void attachment(reply, `seans-${order.number}.pdf`, 'application/pdf').send(pdf);
  }

  @Get('orders/:id/calendar.ics')
  @Access('public')
  @Answers('The screenings as calendar entries')
  async calendar(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: WithKey,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const order = await this.orders.view(known(id), caller, query.key);
    void attachment(reply, `seans-${order.number}.ics`, 'text/calendar; charset=utf-8').send(
      await this.documents.calendar(order),
    );
  }

  @Post('orders/:id/claim')
  @HttpCode(200)
  @Access('person')
  @Answers('The order stands among the signed-in person’s from now on', Order)
  claim(@CallerParam() caller: Caller, @Param('id') id: string, @Query(valid(WithKey)) query: WithKey): Promise<Order> {
    return this.claimOrder.execute(caller, known(id), query.key);
  }

  /** The same for the holder of one ticket that was given away. */
  @Get('internal/tickets/:id/documents')
  @Access('service')
  async forHolder(@Param('id') id: string): Promise<{ orderNumber: string; pdf: string; ics: string; link: string }> {
    return this.papers(await this.orders.ofTicket(known(id)));
  }

  /** What a mail carries; fetched when it is sent, so no credential ever stands in an event. */
  @Get('internal/orders/:id/documents')
  @Access('service')
  async forMail(@Param('id') id: string): Promise<{ orderNumber: string; pdf: string; ics: string; link: string }> {
    return this.papers(await this.orders.internal(known(id)));
  }

  private async papers(order: Order): Promise<{ orderNumber: string; pdf: string; ics: string; link: string }> {
    return {
      orderNumber: order.number,
      pdf: (await this.documents.pdf(order)).toString('base64'),
      ics: await this.documents.calendar(order),
      link: this.documents.link(order),
    };
  }
}

function known(id: string): string {
  if (!isId(id)) throw orderUnknown();
  return id;
}

function attachment(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply
    .header('Content-Type', type)
    .header('Content-Disposition', `attachment; filename="${name}"`)
    .header('Cache-Control', 'private, no-store');
}
