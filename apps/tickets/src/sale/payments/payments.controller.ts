import { Body, Controller, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { Order, PaymentStarted, StartPayment } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { orderUnknown } from '../orders/order.refusals.js';
import { OrdersQueries } from '../orders/orders.queries.js';
import { FollowPayment } from './follow-payment.js';
import { type CallbackAnswer, HearProvider } from './hear-provider.js';
import { OpenPayment } from './open-payment.js';
import { PaymentAttempts } from './payment-attempts.store.js';

/** Orders for which no money has come, so far as we know; it may come to those that have ended too. */
const UNPAID: ReadonlySet<Order['state']> = new Set(['awaiting-payment', 'expiring', 'expired', 'cancelled']);

const WithKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });

@Controller()
export class PaymentsController {
  constructor(
    private readonly openPayment: OpenPayment,
    private readonly follow: FollowPayment,
    private readonly attempts: PaymentAttempts,
    private readonly orders: OrdersQueries,
    private readonly provider: HearProvider,
  ) {}

  @Post('orders/:id/payments')
  @Access('public')
  @Answers("The provider's page to send the buyer to", PaymentStarted)
  open(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: { key?: string },
    @Body(valid(StartPayment)) body: StartPayment,
  ): Promise<PaymentStarted> {
    if (!isId(id)) throw orderUnknown();
    return this.openPayment.execute(caller, id, query.key, body.provider);
  }

  /** The buyer is back: ask the bank now instead of waiting for its call. */
  @Post('orders/:id/payments/returned')
  @HttpCode(200)
  @Access('public')
  @Answers('The order as it stands after asking the provider', Order)
  async returned(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: { key?: string },
  ): Promise<Order> {
    if (!isId(id)) throw orderUnknown();
    const order = await this.orders.view(id, caller, query.key);
    if (!UNPAID.has(order.state)) return order;
    for (const attempt of await this.attempts.ofOrder(id)) await this.follow.execute(attempt);
    return this.orders.view(id, caller, query.key);
  }

  @Post('payments/freedompay/check')
  @Access('public')
  @Answers('Freedom Pay asks before it takes money; signed XML')
  async check(@Body() form: unknown, @Res() reply: FastifyReply): Promise<void> {
    sendXml(reply, await this.provider.check(text(form)));
  }

  @Post('payments/freedompay/result')
  @Access('public')
  @Answers('Freedom Pay tells what became of a payment; signed XML')
  async result(@Body() form: unknown, @Res() reply: FastifyReply): Promise<void> {
    sendXml(reply, await this.provider.result(text(form)));
  }
}

function text(form: unknown): string {
  return typeof form === 'string' ? form : '';
}

function sendXml(reply: FastifyReply, answer: CallbackAnswer): void {
  void reply.status(answer.status).header('Content-Type', 'application/xml; charset=utf-8').send(answer.body);
}
