import { formatDay, type Language, type LifeCycle, type LocalText, venueDate, venueTime } from '#libs/kernel';
import { type FiscalPosition, type PaidBy, vatWithin } from './fiscal-registrar.js';

export type FiscalState = 'queued' | 'registered' | 'failed';

/** `failed → queued`: somebody of finance asked for another try. */
export const FISCAL_CYCLE: LifeCycle<FiscalState> = {
  queued: ['registered', 'failed'],
  registered: [],
  failed: ['queued'],
};

export interface Seller {
  name: string;
  bin: string;
  address: string;
}

/** The paper as it was issued: everything on it in the order's language, amounts in minor units. */
export interface ReceiptContent {
  kind: 'receipt' | 'credit-note';
  language: Language;
  orderNumber: string;
  currency: string;
  /** When the money moved. */
  at: string;
  timezone: string;
  paidBy: PaidBy;
  seller: Seller;
  lines: { text: string; detail: string; amount: number }[];
  total: number;
  vatPercent: number;
  vat: number;
  /** Number of the receipt that a credit note takes from. */
  corrects: number | null;
}

export interface BoughtLine {
  line: number;
  title: LocalText;
  startsAt: string;
  timezone: string;
  venue: LocalText;
  hall: LocalText;
  row: string;
  seat: string;
  general: boolean;
  amount: number;
  reasons: LocalText[];
}

export interface ReceiptFacts {
  kind: 'sale' | 'return';
  amount: number;
  currency: string;
  at: Date;
  timezone: string;
  paidBy: PaidBy;
  order: { number: string; language: Language; lines: BoughtLine[]; items: { name: LocalText; amount: number }[] };
  /** Of a return: which lines went back and what was kept; no lines means the order as a whole. */
  returned: { lines: number[]; kept: number };
  corrects: number | null;
}

const WORDS: Record<Language, { row: string; seat: string; any: string; payment: string; back: string; kept: string }> =
  {
    kk: {
      row: 'қатар',
      seat: 'орын',
      any: 'кез келген орын',
      payment: 'Төлем, тапсырыс',
      back: 'Қайтарым, тапсырыс',
      kept: 'Қайтару алымы',
    },
    ru: {
      row: 'ряд',
      seat: 'место',
      any: 'любое место',
      payment: 'Оплата заказа',
      back: 'Возврат по заказу',
      kept: 'Сбор за возврат',
    },
    en: {
      row: 'row',
      seat: 'seat',
      any: 'any seat',
      payment: 'Payment of order',
      back: 'Refund of order',
      kept: 'Fee for the return',
    },
  };

/** What a receipt or credit note says. Its lines always sum to the money that moved; where they can't, one line says it. */
export function receiptContent(facts: ReceiptFacts, seller: Seller, vatPercent: number): ReceiptContent {
  const { order, currency, timezone, paidBy } = facts;
  const words = WORDS[order.language];
  const detailed = facts.kind === 'sale' ? boughtLines(order) : returnedLines(facts);
  const sums = detailed.reduce((sum, line) => sum + line.amount, 0) === facts.amount && detailed.length > 0;
  const whole = facts.kind === 'sale' ? words.payment : words.back;
  return {
    kind: facts.kind === 'sale' ? 'receipt' : 'credit-note',
    language: order.language,
    orderNumber: order.number,
    currency,
    at: facts.at.toISOString(),
    timezone,
    paidBy,
    seller,
    lines: sums ? detailed : [{ text: `${whole} ${order.number}`, detail: '', amount: facts.amount }],
    total: facts.amount,
    vatPercent,
    vat: vatWithin(facts.amount, vatPercent),
    corrects: facts.corrects,
  };
}

/** Positions for a fiscal register: none is negative there, so credits and kept fees melt into one position. */
export function fiscalPositions(
  content: Pick<ReceiptContent, 'lines' | 'total' | 'kind' | 'language' | 'orderNumber'>,
): FiscalPosition[] {
  const paid = content.lines.filter((line) => line.amount !== 0);
  if (paid.length > 0 && paid.every((line) => line.amount > 0))
    return paid.map(({ text, detail, amount }) => ({ name: shortName(detail ? `${text}, ${detail}` : text), amount }));
  const words = WORDS[content.language];
  return [
    {
      name: `${content.kind === 'receipt' ? words.payment : words.back} ${content.orderNumber}`,
      amount: content.total,
    },
  ];
}

/** Registers cut longer names. */
function shortName(name: string): string {
  return name.length <= 120 ? name : `${name.slice(0, 119)}…`;
}

function boughtLines(order: ReceiptFacts['order']): ReceiptContent['lines'] {
  return [
    ...order.lines.map((line) => ({ ...lineText(line, order.language), amount: line.amount })),
    ...order.items.map(({ name, amount }) => ({ text: name[order.language], detail: '', amount })),
  ];
}

function returnedLines({ order, returned }: ReceiptFacts): ReceiptContent['lines'] {
  if (returned.lines.length === 0) return boughtLines(order);
  const lines = order.lines.filter((line) => returned.lines.includes(line.line));
  const kept = returned.kept > 0 ? [{ text: WORDS[order.language].kept, detail: '', amount: -returned.kept }] : [];
  return [...lines.map((line) => ({ ...lineText(line, order.language), amount: line.amount })), ...kept];
}

function lineText(line: BoughtLine, language: Language): { text: string; detail: string } {
  const words = WORDS[language];
  const start = new Date(line.startsAt);
  const when = `${formatDay(venueDate(start, line.timezone), language)}, ${venueTime(start, line.timezone)}`;
  const where = line.general ? words.any : `${words.row} ${line.row}, ${words.seat} ${line.seat}`;
  return {
    text: `${line.title[language]}, ${where}`,
    detail: [when, ...new Set(line.reasons.map((reason) => reason[language]))].join(' · '),
  };
}
