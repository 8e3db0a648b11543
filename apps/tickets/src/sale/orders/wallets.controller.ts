import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { WalletLinks } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { Wallets } from '../issued-tickets/wallets.js';
import { orderUnknown } from './order.refusals.js';
import { OrdersQueries } from './orders.queries.js';

const WithKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });

/** Each ticket for the wallet of a phone, for whoever may see the order. */
@Controller('orders/:id/tickets/:ticketId')
export class WalletsController {
  constructor(
    private readonly orders: OrdersQueries,
    private readonly wallets: Wallets,
  ) {}

  @Get('wallets')
  @Access('public')
  @Answers('Links that put the ticket into a wallet', WalletLinks)
  async links(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('ticketId') ticketId: string,
    @Query(valid(WithKey)) query: { key?: string },
  ): Promise<WalletLinks> {
    if (!isId(id)) throw orderUnknown();
    return this.wallets.links(await this.orders.view(id, caller, query.key), ticketId);
  }

  @Get('pass.pkpass')
  @Access('public')
  @Answers('The ticket as a signed pass of Apple Wallet')
  async pass(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('ticketId') ticketId: string,
    @Query(valid(WithKey)) query: { key?: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isId(id)) throw orderUnknown();
    const order = await this.orders.view(id, caller, query.key);
    const pass = await this.wallets.apple(order, ticketId);
    void reply
      .header('Content-Type', 'application/vnd.apple.pkpass')
      .header('Content-Disposition', `attachment; filename="seans-${order.number}.pkpass"`)
      .header('Cache-Control', 'private, no-store')
      .send(pass);
  }
}
