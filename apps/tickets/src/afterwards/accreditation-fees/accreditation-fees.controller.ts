import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { AccreditationFee, DemandFee, FeeState, Order, OrderFee, WithdrawFee } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { AccreditationFees } from './accreditation-fees.js';
import { feeUnknown } from './fee.refusals.js';

const application = new ParseUUIDPipe({ exceptionFactory: () => feeUnknown() });

@Controller()
export class AccreditationFeesController {
  constructor(private readonly fees: AccreditationFees) {}

  @Post('internal/accreditation-fees')
  @HttpCode(200)
  @Access('service')
  @Answers('The fee is demanded; told again, it changes nothing.', FeeState)
  demand(@Body(valid(DemandFee)) body: DemandFee): Promise<FeeState> {
    return this.fees.demand(body);
  }

  @Delete('internal/accreditation-fees/:application')
  @Access('service')
  @Answers('Nobody needs to pay it any more; what is paid already goes back where that is asked for.', FeeState)
  withdraw(
    @Param('application', application) applicationId: string,
    @Query(valid(WithdrawFee)) command: WithdrawFee,
  ): Promise<FeeState> {
    return this.fees.withdraw(applicationId, command);
  }

  @Get('accreditation-fees/:application')
  @Access('person')
  @Answers('The own fee.', AccreditationFee)
  mine(
    @CallerParam() caller: Caller,
    @Param('application', application) applicationId: string,
  ): Promise<AccreditationFee> {
    return this.fees.mine(caller, applicationId);
  }

  @Post('accreditation-fees/:application/order')
  @Access('person')
  @Answers('An order for the fee, paid like any other.', Order)
  order(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Param('application', application) applicationId: string,
    @Body(valid(OrderFee)) body: OrderFee,
  ): Promise<Order> {
    return this.fees.order(caller, key, applicationId, body);
  }
}
