import { type Page, printable, type Slip } from '#libs/documents';
import { formatDate, formatMoney, venueDate, venueTime } from '#libs/kernel';
import type { ReceiptContent } from './receipt.rules.js';
import { type FiscalMark, RECEIPT_WORDS } from './receipt-words.js';

const INK = '#000000';
const CODE = 110;

/** A receipt or credit note for a ticket printer; on sheets it goes on where one is full. */
export function receiptSlip(number: number, content: ReceiptContent, fiscal: FiscalMark): Slip {
  const words = RECEIPT_WORDS[content.language];
  const money = (amount: number) => formatMoney({ amount, currency: content.currency });
  return (page, area) => {
    const { x, width } = area;
    const right = x + width;
    let y = area.y;
    const room = (height: number) => {
      if (y + height <= area.bottom) return;
      page.next();
      y = area.y;
    };
    const say = (text: string, size = 8, weight: 400 | 700 = 400) => {
      const style = { size, weight, width, colour: INK };
      room(page.linesOf(printable(text), style) * size * 1.3);
      y = page.text(printable(text), x, y, style);
    };
    const at = new Date(content.at);
    const day = venueDate(at, content.timezone);
    say(`${content.kind === 'receipt' ? words.receipt : words.creditNote} № ${number}`, 13, 700);
    if (content.corrects !== null) say(words.corrects(content.corrects));
    say(`${formatDate(day, content.language)} ${day.slice(0, 4)}, ${venueTime(at, content.timezone)}`);
    say(`${words.order} ${content.orderNumber}`);
    say(`${words.seller}: ${content.seller.name}, ${words.bin} ${content.seller.bin}, ${content.seller.address}`);
    y = ruled(page, x, y, width);
    for (const line of content.lines) {
      say(line.text, 8.5, 700);
      if (line.detail) say(line.detail, 7.5);
      room(12);
      y = page.text(money(line.amount), right, y, { size: 8.5, align: 'right', colour: INK });
    }
    room(60);
    y = ruled(page, x, y, width);
    page.text(content.kind === 'receipt' ? words.total : words.returned, x, y, { size: 12, weight: 700, colour: INK });
    y = page.text(money(content.total), right, y, { size: 12, weight: 700, align: 'right', colour: INK });
    say(content.vatPercent > 0 ? `${words.vat(content.vatPercent)}: ${money(content.vat)}` : words.noVat);
    say((content.kind === 'receipt' ? words.paid : words.back)[content.paidBy]);
    if (fiscal.number) {
      say(`${words.fiscal} № ${fiscal.number}`, 8, 700);
      if (fiscal.qrLink) {
        room(CODE);
        page.qr(fiscal.qrLink, x + (width - CODE) / 2, y, CODE);
        y += CODE;
      }
    } else say(fiscal.offlineNumber === null ? words.waiting : `${words.offline} № ${fiscal.offlineNumber}`);
    return y;
  };
}

function ruled(page: Page, x: number, y: number, width: number): number {
  page.rule(x, y + 4, width, INK, 1);
  return y + 9;
}
