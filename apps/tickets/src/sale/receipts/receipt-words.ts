import type { Language } from '#libs/kernel';
import type { PaidBy } from './fiscal-registrar.js';

/** What the fiscal register says of the same money; null while it has not answered. */
export interface FiscalMark {
  number: string | null;
  qrLink: string | null;
  offlineNumber: number | null;
}

/** The words of a receipt or credit note in one language. */
export interface ReceiptWords {
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

/** What stands on every receipt, large or small. */
export const RECEIPT_WORDS: Record<Language, ReceiptWords> = {
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
