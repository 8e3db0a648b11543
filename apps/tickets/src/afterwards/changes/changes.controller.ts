import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  ExchangeTickets as ExchangeTicketsBody,
  Order,
  ReturnTerms,
  ReturnTickets as ReturnTicketsBody,
  TransferTicket as TransferTicketBody,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { orderUnknown } from '../../sale/orders/order.refusals.js';
import { CancelOrder } from './cancel-order.js';
import { ChangesQueries } from './changes.queries.js';
import { ExchangeTickets } from './exchange-tickets.js';
import { ReturnTickets } from './return-tickets.js';
import { TransferTicket } from './transfer-ticket.js';

const WithKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });
type WithKey = { key?: string };

/** What a buyer does with an order afterwards; the link's key stands for signing in. */
@Controller('orders/:id')
export class ChangesController {
  constructor(
    private readonly changes: ChangesQueries,
    private readonly returnTickets: ReturnTickets,
    private readonly cancelOrder: CancelOrder,
    private readonly exchange: ExchangeTickets,
    private readonly transfer: TransferTicket,
  ) {}

  @Get('return-terms')
  @Access('public')
  @Answers('What giving tickets back or exchanging them would bring now, line by line', ReturnTerms)
  terms(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: WithKey,
  ): Promise<ReturnTerms> {
    return this.changes.terms(known(id), caller, query.key);
  }

  @Post('returns')
  @HttpCode(200)
  @Access('public')
  @Answers('The order after its tickets went back; the money follows', Order)
  giveBack(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: WithKey,
    @Body(valid(ReturnTicketsBody)) body: ReturnTicketsBody,
  ): Promise<Order> {
    return this.returnTickets.execute(caller, known(id), query.key, body);
  }

  @Post('cancel')
  @HttpCode(200)
  @Access('public')
  @Answers('The unpaid order is given up and its seats are free', Order)
  cancel(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: WithKey,
  ): Promise<Order> {
    return this.cancelOrder.execute(caller, known(id), query.key);
  }

  @Post('exchanges')
  @Access('visitor')
  @Answers('The order of the exchange: paid at once, or waiting for the difference', Order)
  exchangeTickets(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: WithKey,
    @IdempotencyKey() key: string,
    @Body(valid(ExchangeTicketsBody)) body: ExchangeTicketsBody,
  ): Promise<Order> {
    return this.exchange.execute(caller, known(id), query.key, key, body);
  }

  @Post('tickets/:ticketId/transfer')
  @HttpCode(200)
  @Access('visitor')
  @Answers('The ticket is somebody else’s: the old code is dead', Order)
  giveAway(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('ticketId') ticketId: string,
    @Query(valid(WithKey)) query: WithKey,
    @IdempotencyKey() key: string,
    @Body(valid(TransferTicketBody)) body: TransferTicketBody,
  ): Promise<Order> {
    return this.transfer.execute(caller, known(id), known(ticketId), query.key, key, body);
  }
}

function known(id: string): string {
  if (!isId(id)) throw orderUnknown();
  return id;
}
