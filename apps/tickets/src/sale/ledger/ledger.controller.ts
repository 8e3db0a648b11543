import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Type } from 'typebox';
import { CorrectLedger, LedgerEntry, SettlementDay } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, Idempotency, IdempotencyKey, valid } from '#libs/service-defaults';
import { ledgerOrderUnknown } from './ledger.refusals.js';
import { Settlements } from './settlements.js';

const Days = Type.Object({ from: Type.String({ maxLength: 10 }), to: Type.String({ maxLength: 10 }) });

/** The books, for finance. */
@Controller()
export class LedgerController {
  constructor(
    private readonly settlements: Settlements,
    private readonly idempotency: Idempotency,
  ) {}

  @Get('editions/:id/settlements')
  @Access('finance', 'admin')
  @Answers('By provider and day: captured, refunded, charged back', Type.Array(SettlementDay))
  days(
    @Param('id') edition: string,
    @Query(valid(Days)) query: { from: string; to: string },
  ): Promise<SettlementDay[]> {
    return this.settlements.list(edition, query.from, query.to);
  }

  @Post('editions/:id/settlements/:provider/:day/close')
  @Access('finance')
  @Answers('The day stands as it is; later corrections are entries of later days', SettlementDay)
  close(
    @Param('id') edition: string,
    @Param('provider') provider: string,
    @Param('day') day: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
  ): Promise<SettlementDay> {
    const call = { key, caller: caller.id, operation: 'close-settlement-day', body: { edition, provider, day } };
    return this.idempotency.once(call, (tx) => this.settlements.close(tx, edition, provider, day, caller.id));
  }

  @Get('orders/:id/ledger')
  @Access('finance', 'admin')
  @Answers('Every entry of one order', Type.Array(LedgerEntry))
  entries(@Param('id') order: string): Promise<LedgerEntry[]> {
    if (!isId(order)) throw ledgerOrderUnknown();
    return this.settlements.entries(order);
  }

  @Post('orders/:id/ledger/corrections')
  @Access('finance')
  @Answers('A posting that corrects another', Type.Object({ posting: Type.String() }))
  correct(
    @Param('id') order: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(CorrectLedger)) body: CorrectLedger,
  ): Promise<{ posting: string }> {
    if (!isId(order)) throw ledgerOrderUnknown();
    const call = { key, caller: caller.id, operation: 'correct-ledger', body: { order, body } };
    return this.idempotency.once(call, (tx) => this.settlements.correct(tx, order, caller.id, body));
  }
}
