import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import {
  AskApproval,
  AskByPhone,
  CounterApproval,
  CounterEdition,
  DecideApproval,
  FindAtCounter,
  FoundAtCounter,
  FoundByPhone,
  HeldSeats,
  PapersWanted,
  ReprintTicket,
  Reservation,
  ReservationFilter,
  ReserveByPhone,
  TicketsPrinted,
  WillCall,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { Approvals } from './approvals.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { FindByPhone } from './find-by-phone.js';
import { PrintTickets } from './print-tickets.js';
import { Reservations } from './reservations.js';

/** What else a clerk does: papers, approvals, seats for who rang. */
@Controller('counter')
export class CounterDeskController {
  constructor(
    private readonly sales: CounterSalesQueries,
    private readonly phones: FindByPhone,
    private readonly print: PrintTickets,
    private readonly approvals: Approvals,
    private readonly reservations: Reservations,
  ) {}

  @Get('orders')
  @Access('box-office', 'house-manager')
  @Answers('Orders to hand out', Type.Array(FoundAtCounter))
  find(@CallerParam() caller: Caller, @Query(valid(FindAtCounter)) query: FindAtCounter): Promise<FoundAtCounter[]> {
    requireRoleIn(caller, query.editionId, ['box-office', 'house-manager']);
    return this.sales.find(query.editionId, query.text);
  }

  @Get('will-call')
  @Access('box-office')
  @Answers('What waits under the last four digits of a phone, without names; only in an open shift', FoundByPhone)
  byPhone(@CallerParam() caller: Caller, @Query(valid(AskByPhone)) query: AskByPhone): Promise<FoundByPhone> {
    return this.phones.execute(caller, query);
  }

  @Get('orders/:id')
  @Access('box-office', 'house-manager')
  @Answers('An order as it is handed out: its live tickets, and what is printed', WillCall)
  order(@CallerParam() caller: Caller, @Param('id') id: string): Promise<WillCall> {
    return this.print.willCall(caller, id);
  }

  @Get('orders/:id/papers')
  @Access('box-office', 'house-manager')
  @Answers('Tickets and receipt for a ticket printer, as PDF')
  async papers(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(PapersWanted)) wanted: PapersWanted,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { pdf, number } = await this.print.papers(caller, id, wanted);
    void reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', `inline; filename="seans-${number}.pdf"`)
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }

  @Post('orders/:id/printed')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The clerk holds these tickets in their hands', WillCall)
  printed(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(TicketsPrinted)) body: TicketsPrinted,
  ): Promise<WillCall> {
    return this.print.printed(caller, id, body);
  }

  @Post('tickets/:id/reprint')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The old code is dead; the new ticket waits to be printed', WillCall)
  reprint(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(ReprintTicket)) body: ReprintTicket,
  ): Promise<WillCall> {
    return this.print.reprint(caller, id, key, body);
  }

  @Post('approvals')
  @Access('box-office')
  @Answers('A house manager is asked for more complimentary tickets', CounterApproval)
  ask(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(AskApproval)) body: AskApproval,
  ): Promise<CounterApproval> {
    return this.approvals.ask(caller, key, body);
  }

  @Get('approvals')
  @Access('house-manager')
  @Answers('What clerks wait for, the oldest first', Type.Array(CounterApproval))
  waiting(
    @CallerParam() caller: Caller,
    @Query(valid(CounterEdition)) query: CounterEdition,
  ): Promise<CounterApproval[]> {
    requireRoleIn(caller, query.editionId, ['house-manager']);
    return this.approvals.waiting(query.editionId);
  }

  @Get('approvals/:id')
  @Access('box-office', 'house-manager')
  @Answers('What became of a request', CounterApproval)
  approval(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterApproval> {
    return this.approvals.one(caller, id);
  }

  @Post('approvals/:id/decision')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('The request is decided by somebody other than its clerk', CounterApproval)
  decide(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(DecideApproval)) body: DecideApproval,
  ): Promise<CounterApproval> {
    return this.approvals.decide(caller, id, body.approve);
  }

  @Post('reservations')
  @Access('box-office')
  @Answers('The seats are kept by name', Reservation)
  reserve(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(ReserveByPhone)) body: ReserveByPhone,
  ): Promise<Reservation> {
    return this.reservations.make(caller, key, body);
  }

  @Get('reservations')
  @Access('box-office', 'house-manager')
  @Answers('Reservations by phone, kept ones first', Type.Array(Reservation))
  list(
    @CallerParam() caller: Caller,
    @Query(valid(ReservationFilter)) filter: ReservationFilter,
  ): Promise<Reservation[]> {
    return this.reservations.list(caller, filter);
  }

  @Post('reservations/:id/release')
  @HttpCode(200)
  @Access('box-office', 'house-manager')
  @Answers('Its seats are free', Reservation)
  release(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Reservation> {
    return this.reservations.release(caller, id);
  }

  @Post('reservations/:id/sell')
  @HttpCode(200)
  @Access('box-office')
  @Answers('Its seats as a hold that a sale takes over', HeldSeats)
  sell(@CallerParam() caller: Caller, @Param('id') id: string): Promise<HeldSeats> {
    return this.reservations.sell(caller, id);
  }
}
