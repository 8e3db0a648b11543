import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  CounterQuote,
  CounterSale,
  CounterSales,
  ExchangeAtCounter as ExchangeAtCounterBody,
  ExchangedAtCounter,
  PayAgain,
  PriceAtCounter,
  ReturnAtCounter as ReturnAtCounterBody,
  ReturnedAtCounter,
  SalesOfShift,
  SellAtCounter as SellAtCounterBody,
  VoidSale,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { ShiftsQueries } from '../shifts/shifts.queries.js';
import { CounterBaskets } from './counter-baskets.js';
import { CounterSalesQueries } from './counter-sales.queries.js';
import { EndSale } from './end-sale.js';
import { ExchangeAtCounter } from './exchange-at-counter.js';
import { ReturnAtCounter } from './return-at-counter.js';
import { SellAtCounter } from './sell-at-counter.js';

/** Sales of the box office. */
@Controller('counter')
export class CounterSalesController {
  constructor(
    private readonly shifts: ShiftsQueries,
    private readonly baskets: CounterBaskets,
    private readonly sell: SellAtCounter,
    private readonly end: EndSale,
    private readonly sales: CounterSalesQueries,
    private readonly returns: ReturnAtCounter,
    private readonly exchange: ExchangeAtCounter,
  ) {}

  @Post('price')
  @HttpCode(200)
  @Access('box-office')
  @Answers('What these held seats cost, by card and in cash; nothing is taken', CounterQuote)
  async price(@CallerParam() caller: Caller, @Body(valid(PriceAtCounter)) body: PriceAtCounter): Promise<CounterQuote> {
    const shift = await this.shifts.own(caller, body.shiftId);
    const { exchange } = body;
    return exchange ? this.exchange.quote(caller, shift, { ...body, exchange }) : this.baskets.quote(caller, body);
  }

  @Post('sales')
  @Access('box-office')
  @Answers('The sale as it stands; only `done` is sold', CounterSale)
  make(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(SellAtCounterBody)) body: SellAtCounterBody,
  ): Promise<CounterSale> {
    return this.sell.execute(caller, key, body);
  }

  @Get('sales')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('Sales of a shift: those with unprinted tickets first', CounterSales)
  async list(@CallerParam() caller: Caller, @Query(valid(SalesOfShift)) query: SalesOfShift): Promise<CounterSales> {
    return { sales: await this.sales.ofShift(caller, query.shiftId) };
  }

  @Get('sales/:id')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('The sale; a terminal that owes an answer is asked on the way', CounterSale)
  one(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterSale> {
    return this.end.look(caller, id);
  }

  @Post('sales/:id/payments')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The sale after another try to pay it', CounterSale)
  payAgain(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(PayAgain)) body: PayAgain,
  ): Promise<CounterSale> {
    return this.end.payAgain(caller, id, key, body);
  }

  @Post('sales/:id/give-up')
  @HttpCode(200)
  @Access('box-office')
  @Answers('Nothing was taken, the seats are free; or it turned out to be paid', CounterSale)
  giveUp(@CallerParam() caller: Caller, @Param('id') id: string): Promise<CounterSale> {
    return this.end.giveUp(caller, id);
  }

  @Post('sales/:id/void')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The last sale is taken back whole', CounterSale)
  voidSale(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(VoidSale)) body: VoidSale,
  ): Promise<CounterSale> {
    return this.end.void(caller, id, body.reason);
  }

  @Post('orders/:id/returns')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The tickets went back; what to hand over in cash', ReturnedAtCounter)
  giveBack(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(ReturnAtCounterBody)) body: ReturnAtCounterBody,
  ): Promise<ReturnedAtCounter> {
    return this.returns.execute(caller, id, key, body);
  }

  @Post('orders/:id/exchanges')
  @HttpCode(200)
  @Access('box-office')
  @Answers('Other seats for these tickets, as a sale of the difference', ExchangedAtCounter)
  exchangeTickets(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(ExchangeAtCounterBody)) body: ExchangeAtCounterBody,
  ): Promise<ExchangedAtCounter> {
    return this.exchange.execute(caller, id, key, body);
  }
}
