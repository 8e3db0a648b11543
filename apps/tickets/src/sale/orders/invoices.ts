import { Inject, Injectable } from '@nestjs/common';
import type { Order } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { SETTINGS } from '#libs/service-defaults';
import type { TicketsSettings } from '../../settings.js';
import { invoicePdf } from './invoice-pdf.js';
import { orderNotInvoiced } from './order.refusals.js';

/** The invoice of a group's order as paper; made when it is asked for, from what the order holds. */
@Injectable()
export class Invoices {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: TicketsSettings,
  ) {}

  /** @throws order-not-invoiced */
  async pdf(order: Order): Promise<Buffer> {
    const [row] = await this.database.query<{ invoice: { name: string; bin: string; dueOn: string } | null }>(
      'SELECT invoice FROM orders WHERE id = $1',
      [order.id],
    );
    if (!row?.invoice) throw orderNotInvoiced();
    const { SELLER_NAME: name, SELLER_BIN: bin, SELLER_ADDRESS: address, SELLER_ACCOUNT: account } = this.settings;
    return invoicePdf({
      number: order.number,
      language: order.language,
      seller: { name, bin, address, account },
      company: row.invoice,
      dueOn: row.invoice.dueOn,
      lines: [...Map.groupBy(order.lines, (line) => line.screeningId).values()].map((lines) => ({
        title: lines[0]!.title[order.language],
        startsAt: new Date(lines[0]!.startsAt),
        timezone: lines[0]!.timezone,
        places: lines.length,
        amount: lines.reduce((sum, line) => sum + line.price.amount, 0),
      })),
      items: order.items.map((item) => ({ name: item.name[order.language], amount: item.price.amount })),
      total: order.total.amount,
      currency: order.total.currency,
      vatPercent: this.settings.SELLER_VAT_PERCENT,
    });
  }
}
