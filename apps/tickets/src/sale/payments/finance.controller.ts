import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Type } from 'typebox';
import {
  ChargebackView,
  CloseChargeback,
  PayOutRefund,
  RecordBankTransfer,
  RecordChargeback,
  RefundView,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { paymentUnknown } from '../../inventory/seats/seat.refusals.js';
import { orderUnknown } from '../orders/order.refusals.js';
import { Chargebacks } from './chargebacks.js';
import { MatchTransfer } from './match-transfer.js';
import { chargebackUnknown } from './payment.refusals.js';
import { RefundsByHand } from './refunds-by-hand.js';

/** Money that went wrong, for finance: disputes, payments in review, returns that no provider carries. */
@Controller()
export class FinanceController {
  constructor(
    private readonly chargebacks: Chargebacks,
    private readonly refunds: RefundsByHand,
    private readonly transfers: MatchTransfer,
  ) {}

  @Post('orders/:id/bank-transfers')
  @HttpCode(200)
  @Access('finance')
  @Answers(
    'The invoice is paid; the bank’s reference makes it safe to send twice',
    Type.Object({ outcome: Type.String() }),
  )
  transfer(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Body(valid(RecordBankTransfer)) body: RecordBankTransfer,
  ): Promise<{ outcome: string }> {
    if (!isId(id)) throw orderUnknown();
    return this.transfers.execute(id, caller.id, body);
  }

  @Get('chargebacks')
  @Access('finance', 'admin')
  @Answers('Disputed payments, the open ones first', Type.Array(ChargebackView))
  queue(): Promise<ChargebackView[]> {
    return this.chargebacks.queue();
  }

  @Post('payments/:id/chargebacks')
  @HttpCode(200)
  @Access('finance')
  @Answers(
    'The dispute is recorded and its tickets are suspended; the reference makes it safe to send twice',
    ChargebackView,
  )
  record(@Param('id') attempt: string, @Body(valid(RecordChargeback)) body: RecordChargeback): Promise<ChargebackView> {
    if (!isId(attempt)) throw paymentUnknown();
    return this.chargebacks.record(attempt, body);
  }

  @Post('chargebacks/:id/close')
  @HttpCode(200)
  @Access('finance')
  @Answers('The dispute is over: tickets live again, or they ended and their seats are free', ChargebackView)
  close(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Body(valid(CloseChargeback)) body: CloseChargeback,
  ): Promise<ChargebackView> {
    if (!isId(id)) throw chargebackUnknown();
    return this.chargebacks.close(id, caller.id, body);
  }

  @Get('refunds')
  @Access('finance', 'admin')
  @Answers('Money that is owed to buyers and has not gone back yet, oldest first', Type.Array(RefundView))
  due(): Promise<RefundView[]> {
    return this.refunds.due();
  }

  @Post('payments/:id/review/refund')
  @HttpCode(200)
  @Access('finance')
  @Answers('The payment of a wrong amount goes back whole', Type.Object({ state: Type.String() }))
  refundReview(@Param('id') attempt: string, @CallerParam() caller: Caller): Promise<{ state: string }> {
    if (!isId(attempt)) throw paymentUnknown();
    return this.refunds.review(attempt, caller.id);
  }

  @Post('refunds/:id/paid-out')
  @HttpCode(200)
  @Access('finance')
  @Answers('The money went back by hand', Type.Object({ state: Type.String() }))
  paidOut(
    @Param('id') id: string,
    @CallerParam() caller: Caller,
    @Body(valid(PayOutRefund)) body: PayOutRefund,
  ): Promise<{ state: string }> {
    if (!isId(id)) throw paymentUnknown();
    return this.refunds.paidOut(id, caller.id, body.account);
  }
}
