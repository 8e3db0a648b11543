import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER, SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { AcquirerRegistrar } from './acquirer-registrar.js';
import { FiscalReceipts, type FiscalRow } from './fiscal-receipts.store.js';
import { FiscalRegister } from './fiscal-register.js';
import type { FiscalRegistrar } from './fiscal-registrar.js';
import { fiscalPositions } from './receipt.rules.js';
import { ReceiptPapers } from './receipt-papers.js';
import { SfdRegistrar } from './sfd-registrar.js';

/** After so many tries without the operator a counter's receipt gets a number of the register's own. */
const ALONE_AFTER = 2;

/** Brings queued receipts to their registrar. A sale never waits for it; a receipt is never forgotten. */
@Injectable()
export class RecordFiscalReceipts {
  constructor(
    private readonly receipts: FiscalReceipts,
    private readonly papers: ReceiptPapers,
    private readonly acquirer: AcquirerRegistrar,
    private readonly counter: SfdRegistrar,
    private readonly register: FiscalRegister,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(most: number): Promise<number> {
    const due = await this.receipts.takeDue(most);
    for (const row of due)
      await this.one(row).catch((error) =>
        this.logger.warn({ err: error, receipt: row.id }, 'fiscal receipt not recorded'),
      );
    return due.length;
  }

  private async one(row: FiscalRow): Promise<void> {
    const registrar: FiscalRegistrar = row.channel === 'counter' ? this.counter : this.acquirer;
    if (registrar.register) await this.register.prepare(row.lastError);
    const { content } = await this.papers.of(row);
    const answer = await registrar.record({
      id: row.id,
      kind: row.kind,
      provider: row.provider,
      providerPaymentId: row.providerPaymentId ?? undefined,
      paidBy: content.paidBy,
      amount: row.amount,
      currency: row.currency,
      positions: fiscalPositions(content),
      at: row.madeAt,
      original:
        row.originalNumber !== null && row.originalAmount !== null
          ? { number: row.originalNumber, amount: row.originalAmount }
          : undefined,
      offline:
        row.offlineNumber !== null && row.offlineAt !== null
          ? { number: row.offlineNumber, at: row.offlineAt }
          : undefined,
    });
    if (answer.outcome === 'registered') return this.receipts.registered(row.id, answer);
    if (answer.outcome === 'refused') {
      await this.receipts.failed(row.id, answer.reason);
      this.logger.error({ receipt: row.id, order: row.orderId, reason: answer.reason }, 'a fiscal receipt was refused');
      return;
    }
    if (registrar.register && row.tries >= ALONE_AFTER) await this.receipts.numberOffline(row.id, registrar.register);
    if (await this.receipts.waits(row.id, answer.reason, this.settings.FISCAL_ALARM_TRIES))
      this.logger.error(
        { receipt: row.id, order: row.orderId, tries: row.tries },
        'a fiscal receipt is still not registered',
      );
  }
}
