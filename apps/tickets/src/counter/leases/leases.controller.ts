import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  CounterLease,
  LeaseConflict,
  LeasedSaleReported,
  LeaseFilter,
  LeaseRow,
  LeaseSeats as LeaseSeatsBody,
  ReportLeasedSale as ReportLeasedSaleBody,
  SettleLeaseConflict,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { EndLeases } from './end-leases.js';
import { LeaseSeats } from './lease-seats.js';
import { LeasesQueries } from './leases.queries.js';
import { ReportLeasedSale } from './report-leased-sale.js';

/** Seats that a counter may sell while it has no line. */
@Controller('counter')
export class LeasesController {
  constructor(
    private readonly lease: LeaseSeats,
    private readonly report: ReportLeasedSale,
    private readonly end: EndLeases,
    private readonly leases: LeasesQueries,
  ) {}

  @Post('leases')
  @Access('box-office')
  @Answers('The seats with their tickets, for this counter alone', CounterLease)
  make(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(LeaseSeatsBody)) body: LeaseSeatsBody,
  ): Promise<CounterLease> {
    return this.lease.make(caller, key, body);
  }

  @Get('leases')
  @Access('box-office', 'house-manager')
  @Answers(
    'Leases of an edition without their tickets: those that run or have not come back first',
    Type.Array(LeaseRow),
  )
  list(@CallerParam() caller: Caller, @Query(valid(LeaseFilter)) query: LeaseFilter): Promise<LeaseRow[]> {
    return this.leases.list(caller, query.editionId);
  }

  @Get('leases/:id')
  @Access('box-office')
  @Answers('The lease with its tickets, for its own clerk', CounterLease)
  async one(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterLease> {
    return this.leases.view(await this.leases.own(caller, id));
  }

  @Post('leases/:id/renew')
  @HttpCode(200)
  @Access('box-office')
  @Answers('Its time begins anew', CounterLease)
  renew(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterLease> {
    return this.lease.renew(caller, id);
  }

  @Post('leases/:id/sales')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The sale is booked, or listed as a conflict', LeasedSaleReported)
  sold(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(ReportLeasedSaleBody)) body: ReportLeasedSaleBody,
  ): Promise<LeasedSaleReported> {
    return this.report.execute(caller, id, key, body);
  }

  @Post('leases/:id/return')
  @HttpCode(200)
  @Access('box-office')
  @Answers('What was not sold is free', CounterLease)
  giveBack(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterLease> {
    return this.end.return(caller, id);
  }

  @Post('leases/:id/release')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('What nobody has reported as sold is free, without having heard of the counter', LeaseRow)
  release(@CallerParam() caller: Caller, @Param('id') id: string): Promise<LeaseRow> {
    return this.end.release(caller, id);
  }

  @Get('lease-conflicts')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('Sales that could not be booked as they were made, unsettled ones first', Type.Array(LeaseConflict))
  conflicts(@CallerParam() caller: Caller, @Query(valid(LeaseFilter)) query: LeaseFilter): Promise<LeaseConflict[]> {
    return this.leases.conflicts(caller, query.editionId);
  }

  @Post('lease-conflicts/:id/settle')
  @HttpCode(200)
  @Access('house-manager', 'finance')
  @Answers('The conflict with who settled it and how', LeaseConflict)
  settle(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SettleLeaseConflict)) body: SettleLeaseConflict,
  ): Promise<LeaseConflict> {
    return this.end.settle(caller, id, body.note);
  }
}
