import { DisplayFace, drawMark, Page, printable } from '#libs/documents';
import { formatDate, formatMoney, type Language, venueDate, venueTime } from '#libs/kernel';
import type { PaidBy } from './fiscal-registrar.js';
import type { ReceiptContent } from './receipt.rules.js';

/** What the fiscal register says of the same money; null while it has not answered. */
export interface FiscalMark {
  number: string | null;
  qrLink: string | null;
  offlineNumber: number | null;
}

interface Words {
  receipt: string;
  creditNote: string;
  corrects: (number: number) => string;
  order: string;
  seller: string;
  bin: string;
  total: string;
  returned: string;
  vat: (percent: number) => string;
  noVat: string;
  paid: Record<PaidBy, string>;
  back: Record<PaidBy, string>;
  fiscal: string;
  offline: string;
  waiting: string;
}

const WORDS: Record<Language, Words> = {
  kk: {
    receipt: 'Түбіртек',
    creditNote: 'Қайтару түбіртегі',
    corrects: (number) => `№ ${number} түбіртегі бойынша`,
    order: 'Тапсырыс',
    seller: 'Сатушы',
    bin: 'БСН',
    total: 'Барлығы',
    returned: 'Қайтарылды',
    vat: (percent) => `оның ішінде ҚҚС ${percent} %`,
    noVat: 'ҚҚС-сыз',
    paid: { card: 'Картамен төленді', cash: 'Қолма-қол төленді', transfer: 'Банк аударымымен төленді' },
    back: { card: 'Картаға қайтарылды', cash: 'Қолма-қол қайтарылды', transfer: 'Шотқа қайтарылды' },
    fiscal: 'Фискалдық чек',
    offline: 'Автономды чек',
    waiting: 'Фискалдық чек тіркелгенде осында шығады.',
  },
  ru: {
    receipt: 'Квитанция',
    creditNote: 'Квитанция о возврате',
    corrects: (number) => `к квитанции № ${number}`,
    order: 'Заказ',
    seller: 'Продавец',
    bin: 'БИН',
    total: 'Итого',
    returned: 'Возвращено',
    vat: (percent) => `в том числе НДС ${percent} %`,
    noVat: 'без НДС',
    paid: { card: 'Оплачено картой', cash: 'Оплачено наличными', transfer: 'Оплачено банковским переводом' },
    back: { card: 'Возвращено на карту', cash: 'Возвращено наличными', transfer: 'Возвращено на счёт' },
    fiscal: 'Фискальный чек',
    offline: 'Автономный чек',
    waiting: 'Фискальный чек появится здесь, когда он зарегистрирован.',
  },
  en: {
    receipt: 'Receipt',
    creditNote: 'Credit note',
    corrects: (number) => `for receipt no. ${number}`,
    order: 'Order',
    seller: 'Seller',
    bin: 'BIN',
    total: 'Total',
    returned: 'Returned',
    vat: (percent) => `including VAT ${percent} %`,
    noVat: 'no VAT',
    paid: { card: 'Paid by card', cash: 'Paid in cash', transfer: 'Paid by bank transfer' },
    back: { card: 'Returned to the card', cash: 'Returned in cash', transfer: 'Returned to the account' },
    fiscal: 'Fiscal receipt',
    offline: 'Offline receipt',
    waiting: 'The fiscal receipt appears here once it is registered.',
  },
};

const MOSS = '#4A5C57';
const INK = '#0F211D';
const LINE = '#C9D4CE';
const MARGIN = 45;
const FOOT = 90;

/** A receipt or credit note as an A4 page, more where the lines need them. */
export async function receiptPdf(number: number, content: ReceiptContent, fiscal: FiscalMark): Promise<Buffer> {
  const words = WORDS[content.language];
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

function drawFiscal(page: Page, words: Words, fiscal: FiscalMark, y: number): void {
  const style = { size: 11, colour: MOSS, width: page.width - 2 * MARGIN };
  if (fiscal.number) {
    const below = page.text(`${words.fiscal} № ${fiscal.number}`, MARGIN, y, style);
    if (fiscal.qrLink) page.qr(fiscal.qrLink, MARGIN - 10, below + 4, 110);
  } else if (fiscal.offlineNumber !== null) page.text(`${words.offline} № ${fiscal.offlineNumber}`, MARGIN, y, style);
  else page.text(words.waiting, MARGIN, y, style);
}
