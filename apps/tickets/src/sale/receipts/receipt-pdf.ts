import { DisplayFace, drawMark, Page, printable } from '#libs/documents';
import { formatDate, formatMoney, venueDate, venueTime } from '#libs/kernel';
import type { ReceiptContent } from './receipt.rules.js';
import { type FiscalMark, RECEIPT_WORDS, type ReceiptWords } from './receipt-words.js';

const MOSS = '#4A5C57';
const INK = '#0F211D';
const LINE = '#C9D4CE';
const MARGIN = 45;
const FOOT = 90;

/** A receipt or credit note as an A4 page, more where the lines need them. */
export async function receiptPdf(number: number, content: ReceiptContent, fiscal: FiscalMark): Promise<Buffer> {
  const words = RECEIPT_WORDS[content.language];
  const heading = `${content.kind === 'receipt' ? words.receipt : words.creditNote} № ${number}`;
  const page = new Page('A4', { title: heading, language: content.language });
  const face = await DisplayFace.load(770);
  const right = page.width - MARGIN;
  const width = right - MARGIN;
  drawMark(page.document, right - 40, MARGIN, 40, INK);
  let y = page.title(face, heading, MARGIN, MARGIN, { size: 30, lines: 1, width: width - 60 });
  const at = new Date(content.at);
  const day = venueDate(at, content.timezone);
  const when = `${formatDate(day, content.language)} ${day.slice(0, 4)}, ${venueTime(at, content.timezone)}`;
  const corrects = content.corrects === null ? '' : ` · ${words.corrects(content.corrects)}`;
  y = page.text(`${when} · ${words.order} ${content.orderNumber}${corrects}`, MARGIN, y + 6, {
    size: 11,
    colour: MOSS,
  });
  const seller = printable(
    `${words.seller}: ${content.seller.name}, ${words.bin} ${content.seller.bin}, ${content.seller.address}`,
  );
  y = page.text(seller, MARGIN, y + 4, { size: 11, width }) + 14;
  page.rule(MARGIN, y, width, INK, 2);
  y += 10;
  const money = (amount: number) => formatMoney({ amount, currency: content.currency });
  for (const [index, line] of content.lines.entries()) {
    const [text, detail] = [printable(line.text), printable(line.detail)];
    const style = { size: 11.5, weight: 700 as const, width: width - 120 };
    const small = { size: 10, colour: MOSS, width: width - 120 };
    const height = page.linesOf(text, style) * 15 + (detail ? page.linesOf(detail, small) * 13 : 0) + 12;
    if (y + height > page.height - FOOT) {
      page.next();
      y = MARGIN;
    }
    page.text(money(line.amount), right, y, { size: 11.5, align: 'right' });
    const below = page.text(text, MARGIN, y, style);
    y = (detail ? page.text(detail, MARGIN, below, small) : below) + 6;
    if (index < content.lines.length - 1) page.rule(MARGIN, y, width, LINE, 1);
    y += 6;
  }
  if (y + 190 > page.height - MARGIN) {
    page.next();
    y = MARGIN;
  }
  page.rule(MARGIN, y, width, INK, 2.5);
  y += 10;
  page.text(content.kind === 'receipt' ? words.total : words.returned, MARGIN, y, { size: 16, weight: 700 });
  y = page.text(money(content.total), right, y, { size: 16, weight: 700, align: 'right' });
  const vat = content.vatPercent > 0 ? `${words.vat(content.vatPercent)}: ${money(content.vat)}` : words.noVat;
  y = page.text(vat, right, y + 2, { size: 11, colour: MOSS, align: 'right' });
  y = page.text((content.kind === 'receipt' ? words.paid : words.back)[content.paidBy], MARGIN, y + 8, { size: 11 });
  drawFiscal(page, words, fiscal, y + 10);
  return page.finish();
}

function drawFiscal(page: Page, words: ReceiptWords, fiscal: FiscalMark, y: number): void {
  const style = { size: 11, colour: MOSS, width: page.width - 2 * MARGIN };
  if (fiscal.number) {
    const below = page.text(`${words.fiscal} № ${fiscal.number}`, MARGIN, y, style);
    if (fiscal.qrLink) page.qr(fiscal.qrLink, MARGIN - 10, below + 4, 110);
  } else if (fiscal.offlineNumber !== null) page.text(`${words.offline} № ${fiscal.offlineNumber}`, MARGIN, y, style);
  else page.text(words.waiting, MARGIN, y, style);
}
