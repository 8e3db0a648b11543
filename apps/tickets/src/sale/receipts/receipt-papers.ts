import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/persistence';
import { SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy } from '../../copies/programme-copy/programme-copy.js';
import { isGeneralAdmission } from '../../inventory/holds/hold.rules.js';
import type { TicketsSettings } from '../../settings.js';
import { OrdersQueries } from '../orders/orders.queries.js';
import type { FiscalRow } from './fiscal-receipts.store.js';
import { paidBy } from './fiscal-registrar.js';
import { type BoughtLine, type ReceiptContent, receiptContent } from './receipt.rules.js';

export interface ReceiptPaper {
  number: number;
  content: ReceiptContent;
}

const FALLBACK_ZONE = 'Asia/Almaty';

/** The papers of money that moved: written once, numbered without gaps per edition and kind, never changed. */
@Injectable()
export class ReceiptPapers {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersQueries,
    private readonly programme: ProgrammeCopy,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** The paper of a fiscal receipt; the first who asks has it issued, and all others get the same. */
  async of(fiscal: FiscalRow): Promise<ReceiptPaper> {
    const known = await this.stored(fiscal.id);
    if (known) return known;
    const { content, edition } = await this.write(fiscal);
    await this.database.hot('issue-receipt', 'SELECT issue_receipt($1, $2, $3, $4, $5)', [
      fiscal.id,
      fiscal.orderId,
      edition,
      content.kind,
      JSON.stringify(content),
    ]);
    const issued = await this.stored(fiscal.id);
    if (!issued) throw new Error(`the receipt of ${fiscal.id} was issued and is not there`);
    return issued;
  }

  async write(fiscal: FiscalRow): Promise<{ content: ReceiptContent; edition: string }> {
    const order = await this.orders.internal(fiscal.orderId);
    const lines = await Promise.all(
      order.lines.map(async (line): Promise<BoughtLine> => {
        const facts = await this.programme.screening(line.screeningId);
        return {
          ...line,
          general: facts !== undefined && isGeneralAdmission(facts),
          amount: line.price.amount,
          reasons: line.reasons
            .filter((reason) => reason.rule !== 'category' && reason.change !== 0)
            .map(({ text }) => text),
        };
      }),
    );
    const returned = fiscal.kind === 'return' ? await this.returned(fiscal.source) : { lines: [], kept: 0 };
    const corrects = fiscal.originalId ? await this.numberOf(fiscal.originalId) : null;
    const content = receiptContent(
      {
        kind: fiscal.kind,
        amount: fiscal.amount,
        currency: fiscal.currency,
        at: fiscal.madeAt,
        timezone: order.lines[0]?.timezone ?? FALLBACK_ZONE,
        paidBy: paidBy(fiscal.provider),
        order: {
          number: order.number,
          language: order.language,
          lines,
          items: order.items.map(({ name, price }) => ({ name, amount: price.amount })),
        },
        returned,
        corrects,
      },
      { name: this.settings.SELLER_NAME, bin: this.settings.SELLER_BIN, address: this.settings.SELLER_ADDRESS },
      this.settings.SELLER_VAT_PERCENT,
    );
    return { content, edition: order.editionId };
  }

  private async stored(fiscal: string): Promise<ReceiptPaper | undefined> {
    const [row] = await this.database.hot<{ number: number; content: ReceiptContent }>(
      'receipt-paper',
      'SELECT number, content FROM receipt_paper WHERE fiscal_id = $1',
      [fiscal],
    );
    return row;
  }

  private async numberOf(fiscal: string): Promise<number | null> {
    return (await this.stored(fiscal))?.number ?? null;
  }

  private async returned(refund: string): Promise<{ lines: number[]; kept: number }> {
    const [row] = await this.database.hot<{ lines: number[]; kept: string }>(
      'refund-lines',
      'SELECT lines, kept_fee AS kept FROM refund WHERE id = $1',
      [refund],
    );
    return { lines: row?.lines ?? [], kept: Number(row?.kept ?? 0) };
  }
}
