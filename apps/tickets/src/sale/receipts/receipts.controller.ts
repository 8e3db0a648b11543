import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { FiscalReceipt, FiscalReceiptQuery, Receipt, ZReportView } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { orderUnknown } from '../orders/order.refusals.js';
import { OrdersQueries } from '../orders/orders.queries.js';
import { FiscalReceipts, type FiscalRow } from './fiscal-receipts.store.js';
import { FiscalRegister } from './fiscal-register.js';
import { fiscalOperatorAway, receiptSettled, receiptUnknown } from './receipt.refusals.js';
import { ReceiptPapers } from './receipt-papers.js';
import { receiptPdf } from './receipt-pdf.js';

const WithKey = Type.Object({ key: Type.Optional(Type.String({ maxLength: 64 })) });
const Nothing = Type.Object({});
/** A list that somebody looks at. */
const MOST = 200;

/** Receipts and credit notes, for who holds the order and for finance. */
@Controller()
export class ReceiptsController {
  constructor(
    private readonly orders: OrdersQueries,
    private readonly receipts: FiscalReceipts,
    private readonly papers: ReceiptPapers,
    private readonly register: FiscalRegister,
  ) {}

  @Get('orders/:id/receipts')
  @Access('public')
  @Answers('Receipts and credit notes of the order', Type.Array(Receipt))
  async ofOrder(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(WithKey)) query: { key?: string },
  ): Promise<Receipt[]> {
    if (!isId(id)) throw orderUnknown();
    await this.orders.view(id, caller, query.key);
    const shown: Receipt[] = [];
    // One after the other: numbers follow the order in which money moved.
    for (const row of await this.receipts.ofOrder(id)) shown.push(await this.shape(row));
    return shown;
  }

  @Get('orders/:id/receipts/:receiptId/pdf')
  @Access('public')
  @Answers('A receipt or credit note as PDF')
  async pdf(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Param('receiptId') receiptId: string,
    @Query(valid(WithKey)) query: { key?: string },
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isId(id)) throw orderUnknown();
    await this.orders.view(id, caller, query.key);
    const row = await this.known(receiptId);
    if (row.orderId !== id) throw receiptUnknown();
    await this.send(row, reply);
  }

  @Get('finance/receipts/:receiptId/pdf')
  @Access('finance', 'admin')
  @Answers('A receipt or credit note as PDF, for finance')
  async forFinance(@Param('receiptId') receiptId: string, @Res() reply: FastifyReply): Promise<void> {
    await this.send(await this.known(receiptId), reply);
  }

  @Get('finance/fiscal-receipts')
  @Access('finance', 'admin')
  @Answers('Fiscal receipts in a state, the newest first', Type.Array(FiscalReceipt))
  async list(@Query(valid(FiscalReceiptQuery)) query: FiscalReceiptQuery): Promise<FiscalReceipt[]> {
    const rows = await this.receipts.inState(query.state ?? 'failed', MOST);
    return rows.map((row) => ({
      id: row.id,
      orderId: row.orderId,
      kind: row.kind,
      channel: row.channel,
      provider: row.provider,
      amount: { amount: row.amount, currency: row.currency },
      state: row.state,
      number: row.number,
      offlineNumber: row.offlineNumber,
      tries: row.tries,
      alarmed: row.alarmed,
      lastError: row.lastError,
      at: row.madeAt.toISOString(),
    }));
  }

  @Post('finance/fiscal-receipts/:receiptId/retry')
  @HttpCode(204)
  @Access('finance', 'admin')
  @Answers('The receipt is queued again')
  async retry(@Param('receiptId') receiptId: string, @Body(valid(Nothing)) _body: object): Promise<void> {
    const row = await this.known(receiptId);
    if (!(await this.receipts.retry(row.id))) throw receiptSettled();
  }

  @Post('finance/fiscal-shifts')
  @Access('finance', 'box-office')
  @Answers("The counter's shift is closed; its Z report", ZReportView)
  async closeShift(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(Nothing)) _body: object,
  ): Promise<ZReportView> {
    await this.register.prepare(null);
    const report = await this.register.closeShift(key, caller.id);
    if (!report) throw fiscalOperatorAway({}, { retryAfterMs: 5_000 });
    return report;
  }

  private async known(id: string): Promise<FiscalRow> {
    const row = isId(id) ? await this.receipts.one(id) : undefined;
    if (!row) throw receiptUnknown();
    return row;
  }

  private async shape(row: FiscalRow): Promise<Receipt> {
    const { number, content } = await this.papers.of(row);
    return {
      id: row.id,
      kind: content.kind,
      number,
      amount: { amount: content.total, currency: content.currency },
      vat: { amount: content.vat, currency: content.currency },
      at: content.at,
      fiscal: { state: row.state, number: row.number, qrLink: row.qrLink },
    };
  }

  private async send(row: FiscalRow, reply: FastifyReply): Promise<void> {
    const { number, content } = await this.papers.of(row);
    const pdf = await receiptPdf(number, content, row);
    void reply
      .header('Content-Type', 'application/pdf')
      .header('Content-Disposition', `attachment; filename="seans-${content.kind}-${number}.pdf"`)
      .header('Cache-Control', 'private, no-store')
      .send(pdf);
  }
}
