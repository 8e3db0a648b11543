import { DisplayFace, drawMark, Page, printable } from '#libs/documents';
import { formatDay, formatDayTime, formatMoney, type Language } from '#libs/kernel';

export interface InvoiceFacts {
  number: string;
  language: Language;
  seller: { name: string; bin: string; address: string; account: string };
  company: { name: string; bin: string };
  /** "2019-09-12" */
  dueOn: string;
  lines: { title: string; startsAt: Date; timezone: string; places: number; amount: number }[];
  items: { name: string; amount: number }[];
  total: number;
  currency: string;
  vatPercent: number;
}

const WORDS = {
  kk: {
    invoice: 'Төлем шоты',
    seller: 'Сатушы',
    payer: 'Төлеуші',
    bin: 'БСН',
    account: 'Шот',
    places: (n: number) => `${n} орын`,
    total: 'Төлеуге',
    due: (day: string) => `${day} күнінің соңына дейін төлеңіз. Орындар сол уақытқа дейін сақталады.`,
    purpose: (number: string) => `Төлем мақсаты: ${number} тапсырысы`,
    vat: (percent: number) => `оның ішінде ҚҚС ${percent} %`,
    noVat: 'ҚҚС-сыз',
  },
  ru: {
    invoice: 'Счёт на оплату',
    seller: 'Продавец',
    payer: 'Плательщик',
    bin: 'БИН',
    account: 'Счёт',
    places: (n: number) => `мест: ${n}`,
    total: 'К оплате',
    due: (day: string) => `Оплатите до конца дня: ${day}. До этого времени места ваши.`,
    purpose: (number: string) => `Назначение платежа: заказ ${number}`,
    vat: (percent: number) => `в том числе НДС ${percent} %`,
    noVat: 'без НДС',
  },
  en: {
    invoice: 'Invoice',
    seller: 'Seller',
    payer: 'Payer',
    bin: 'BIN',
    account: 'Account',
    places: (n: number) => `${n} places`,
    total: 'To pay',
    due: (day: string) => `Please pay by the end of ${day}. The seats are kept until then.`,
    purpose: (number: string) => `Reference: order ${number}`,
    vat: (percent: number) => `including VAT ${percent} %`,
    noVat: 'no VAT',
  },
} satisfies Record<Language, object>;

const MOSS = '#4A5C57';
const INK = '#0F211D';
const LINE = '#C9D4CE';
const MARGIN = 45;

/** A group's invoice on one A4 page. */
export async function invoicePdf(facts: InvoiceFacts): Promise<Buffer> {
  const words = WORDS[facts.language];
  const heading = `${words.invoice} ${facts.number}`;
  const page = new Page('A4', { title: heading, language: facts.language });
  const face = await DisplayFace.load(770);
  const right = page.width - MARGIN;
  const width = right - MARGIN;
  const money = (amount: number) => formatMoney({ amount, currency: facts.currency });
  drawMark(page.document, right - 40, MARGIN, 40, INK);
  let y = page.title(face, heading, MARGIN, MARGIN, { size: 30, lines: 1, width: width - 60 });
  const { seller, company } = facts;
  const small = { size: 11, width };
  y = page.text(
    printable(`${words.seller}: ${seller.name}, ${words.bin} ${seller.bin}, ${seller.address}`),
    MARGIN,
    y + 8,
    small,
  );
  y = page.text(printable(`${words.account}: ${seller.account}`), MARGIN, y + 2, small);
  y = page.text(printable(`${words.payer}: ${company.name}, ${words.bin} ${company.bin}`), MARGIN, y + 8, {
    ...small,
    weight: 700,
  });
  y += 12;
  page.rule(MARGIN, y, width, INK, 2);
  y += 10;
  for (const line of facts.lines) {
    page.text(money(line.amount), right, y, { size: 11.5, align: 'right' });
    y = page.text(printable(line.title), MARGIN, y, { size: 11.5, weight: 700, width: width - 120 });
    const when = formatDayTime(line.startsAt, line.timezone, facts.language);
    y = page.text(`${when} · ${words.places(line.places)}`, MARGIN, y, { size: 10, colour: MOSS }) + 6;
    page.rule(MARGIN, y, width, LINE, 1);
    y += 6;
  }
  for (const item of facts.items) {
    page.text(money(item.amount), right, y, { size: 11.5, align: 'right' });
    y = page.text(printable(item.name), MARGIN, y, { size: 11.5, width: width - 120 }) + 8;
  }
  page.rule(MARGIN, y, width, INK, 2.5);
  y += 10;
  page.text(words.total, MARGIN, y, { size: 16, weight: 700 });
  y = page.text(money(facts.total), right, y, { size: 16, weight: 700, align: 'right' });
  const vat = facts.vatPercent > 0 ? words.vat(facts.vatPercent) : words.noVat;
  y = page.text(vat, right, y + 2, { size: 11, colour: MOSS, align: 'right' });
  y = page.text(words.due(formatDay(facts.dueOn, facts.language)), MARGIN, y + 12, { size: 12, weight: 700, width });
  page.text(words.purpose(facts.number), MARGIN, y + 2, { size: 12, width });
  return page.finish();
}
