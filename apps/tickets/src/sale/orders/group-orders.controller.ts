import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { OpenInvoice, Order, PlaceGroupOrder as PlaceGroupOrderBody } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { Invoices } from './invoices.js';
import { orderUnknown } from './order.refusals.js';
import { OrdersQueries } from './orders.queries.js';
import { PlaceGroupOrder } from './place-group-order.js';

const WithKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });

/** The group desk. */
@Controller()
export class GroupOrdersController {
  constructor(
    private readonly place: PlaceGroupOrder,
    private readonly orders: OrdersQueries,
    private readonly invoices: Invoices,
  ) {}

  @Post('group-orders')
  @Access('box-office')
  @Answers('The group’s seats are kept until the invoice is due', Order)
  placeGroup(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(PlaceGroupOrderBody)) body: PlaceGroupOrderBody,
  ): Promise<Order> {
    return this.place.execute(caller, key, body);
  }

  @Get('editions/:id/invoices')
  @Access('box-office', 'finance', 'admin')
  @Answers('Invoices that wait for their money', Type.Array(OpenInvoice))
  open(@Param('id') edition: string): Promise<OpenInvoice[]> {
    return this.place.openInvoices(edition);
  }

  @Get('orders/:id/invoice.pdf')
  @Access('public')
  @Answers('The invoice as PDF, for its leader and the desk that placed it')
  async invoice(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: { key?: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isId(id)) throw orderUnknown();
    const order = await this.orders.view(id, caller, query.key);
    const pdf = await this.invoices.pdf(order);
    void reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', `attachment; filename="seans-invoice-${order.number}.pdf"`)
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }
}
