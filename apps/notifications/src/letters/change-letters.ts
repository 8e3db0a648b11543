import type {
  EventData,
  OrderChargedBack,
  OrderLinesReturned,
  TicketReprinted,
  TicketTransferred,
} from '#libs/contracts';
import { formatDayTime, formatMoney, formatShortDayTime, type Language, type LocalText } from '#libs/kernel';
import { inLanguage, type LetterWriter } from './letter.rules.js';

type Line = EventData<typeof OrderLinesReturned>['lines'][number];

const SEAT = {
  kk: (row: string, seat: string) => `${row}-қатар, ${seat}-орын`,
  ru: (row: string, seat: string) => `Ряд ${row}, место ${seat}`,
  en: (row: string, seat: string) => `Row ${row}, seat ${seat}`,
};

const ORDER: LocalText = { kk: 'Тапсырыс', ru: 'Заказ', en: 'Order' };
const TICKETS: LocalText = { kk: 'Билеттерімді ашу', ru: 'Открыть билеты', en: 'Open my tickets' };
const PROGRAMME: LocalText = { kk: 'Бағдарламаны ашу', ru: 'Открыть программу', en: 'Open the programme' };
const FOOTER: LocalText = {
  kk: 'Бұл хатты билеттеріңіз өзгергендіктен жібердік. Сұрағыңыз болса, кассаға хабарласыңыз.',
  ru: 'Письмо пришло, потому что изменились ваши билеты. С вопросами обращайтесь в кассу.',
  en: 'You get this mail because your tickets changed. The box office is glad to help.',
};

function rowOf(line: Line, language: Language, value?: string) {
  const when = formatDayTime(new Date(line.startsAt), line.timezone, language);
  return {
    title: SEAT[language](line.row, line.seat),
    note: `${inLanguage(line.title, language)} · ${when}`,
    ...(value !== undefined && { value }),
  };
}

const RETURNED = {
  subject: {
    kk: (n: number) => `Қайтарылған билеттер: ${n}`,
    ru: (n: number) => `Возвращено билетов: ${n}`,
    en: (n: number) => (n === 1 ? 'Your ticket was returned' : `${n} tickets were returned`),
  },
  buyer: {
    kk: 'Бұл орындарды қайтардыңыз. Кодтары енді жарамсыз.',
    ru: 'Вы вернули эти места. Их коды больше не действуют.',
    en: 'You gave these seats back. Their codes no longer work.',
  },
  'screening-cancelled': {
    kk: 'Сеанс болмайды. Билеттер жойылды, кодтары енді жарамсыз. Кешірім сұраймыз.',
    ru: 'Сеанса не будет. Билеты отменены, коды больше не действуют. Просим прощения.',
    en: 'The screening will not take place. The tickets are cancelled and their codes no longer work. We are sorry.',
  },
  'screening-moved': {
    kk: 'Сеанс ауысты, билеттер қайтарылды. Кодтары енді жарамсыз.',
    ru: 'Сеанс перенесли, билеты возвращены. Их коды больше не действуют.',
    en: 'The screening was moved and the tickets were returned. Their codes no longer work.',
  },
  'seat-lost': {
    kk: 'Жаңа залда бұл орындарға жер болмады. Кешірім сұраймыз.',
    ru: 'В новом зале для этих мест не нашлось замены. Просим прощения.',
    en: 'The new hall has no place for these seats. We are sorry.',
  },
  money: {
    kk: (sum: string) => `${sum} төлеген картаңызға 3 жұмыс күнінде қайтады.`,
    ru: (sum: string) => `${sum} вернутся на карту, с которой платили, за 3 рабочих дня.`,
    en: (sum: string) => `${sum} goes back to the card you paid with within 3 working days.`,
  },
  fee: {
    kk: (sum: string) => `Ережеге сай ${sum} ұсталды.`,
    ru: (sum: string) => `По правилам возврата удержано ${sum}.`,
    en: (sum: string) => `${sum} was kept, as the rules of return say.`,
  },
};

function reasonText(reason: string): LocalText {
  if (reason === 'screening-cancelled' || reason === 'screening-moved' || reason === 'seat-lost')
    return RETURNED[reason];
  return RETURNED.buyer;
}

export const linesReturned: LetterWriter<EventData<typeof OrderLinesReturned>> = (data, language, { link }) => {
  const subject = RETURNED.subject[language](data.lines.length);
  return {
    subject: `${subject} · ${data.number}`,
    heading: subject,
    paragraphs: [
      reasonText(data.reason)[language],
      ...(data.amount.amount > 0 ? [RETURNED.money[language](formatMoney(data.amount))] : []),
      ...(data.keptFee.amount > 0 ? [RETURNED.fee[language](formatMoney(data.keptFee))] : []),
    ],
    rows: data.lines.map((line) => rowOf(line, language, formatMoney(line.price))),
    action: { label: PROGRAMME[language], href: link },
    footer: FOOTER[language],
  };
};

const DISPUTE = {
  open: {
    subject: {
      kk: 'Төлем даулы, билеттер тоқтатылды',
      ru: 'Платёж оспорен, билеты приостановлены',
      en: 'A disputed payment: your tickets are suspended',
    },
    text: {
      kk: 'Банкіңіз төлемді қайтарып алды. Дау шешілгенше билеттермен кіре алмайсыз. Бұл қателік болса, кассаға хабарласыңыз.',
      ru: 'Ваш банк отозвал платёж. Пока спор не решён, войти по билетам нельзя. Если это ошибка, свяжитесь с кассой.',
      en: 'Your bank took the payment back. Until that is settled the tickets do not open the door. If this is a mistake, please call the box office.',
    },
  },
  won: {
    subject: {
      kk: 'Билеттеріңіз қайтадан жарамды',
      ru: 'Ваши билеты снова действуют',
      en: 'Your tickets are valid again',
    },
    text: {
      kk: 'Дау шешілді. Бұрынғы кодтармен кіре аласыз.',
      ru: 'Спор решён. Прежние коды снова открывают дверь.',
      en: 'The dispute is settled. The same codes open the door again.',
    },
  },
  lost: {
    subject: { kk: 'Билеттер жойылды', ru: 'Билеты аннулированы', en: 'Your tickets were cancelled' },
    text: {
      kk: 'Банк төлемді біржола қайтарып алды, сондықтан билеттер енді жарамсыз.',
      ru: 'Банк отозвал платёж окончательно, поэтому билеты больше не действуют.',
      en: 'The bank took the payment back for good, so the tickets no longer work.',
    },
  },
} satisfies Record<string, { subject: LocalText; text: LocalText }>;

export const chargedBack: LetterWriter<EventData<typeof OrderChargedBack>> = (data, language, { link }) => {
  const words = DISPUTE[data.state];
  return {
    subject: `${words.subject[language]} · ${data.number}`,
    heading: words.subject[language],
    paragraphs: [words.text[language]],
    rows: [{ title: ORDER[language], note: data.number, value: formatMoney(data.amount) }],
    action: { label: PROGRAMME[language], href: link },
    footer: FOOTER[language],
  };
};

const NEW_CODE: LocalText = {
  kk: 'Жаңа код тіркелген PDF ішінде. Бұрынғы код енді жарамсыз.',
  ru: 'Новый код — в приложенном PDF. Прежний больше не действует.',
  en: 'The attached PDF holds a new code. The old one no longer works.',
};

const NEW_CODE_SHORT: LocalText = {
  kk: 'Жаңа код «Билеттерім» бетінде. Бұрынғы код енді жарамсыз.',
  ru: 'Новый код — на странице «Мои билеты». Прежний больше не действует.',
  en: 'The new code is on your tickets’ page. The old one no longer works.',
};

const GIVEN = {
  subject: {
    kk: (what: string) => `Сізге билет берілді: ${what}`,
    ru: (what: string) => `Вам передали билет: ${what}`,
    en: (what: string) => `A ticket for you: ${what}`,
  },
  text: {
    kk: 'Бұл билет енді сіздікі. Есікте тек осы код ашады.',
    ru: 'Этот билет теперь ваш. Дверь открывает только этот код.',
    en: 'This ticket is yours now. Only this code opens the door.',
  },
};

function whatOf(line: Line, language: Language): string {
  return `${inLanguage(line.title, language)}, ${formatShortDayTime(new Date(line.startsAt), line.timezone, language)}`;
}

export const ticketTransferred: LetterWriter<EventData<typeof TicketTransferred>> = (data, language, { link }) => ({
  subject: GIVEN.subject[language](whatOf(data.place, language)),
  heading: inLanguage(data.place.title, language),
  paragraphs: [GIVEN.text[language], NEW_CODE[language]],
  rows: [rowOf(data.place, language)],
  action: { label: TICKETS[language], href: link },
  short: { text: GIVEN.text[language], href: new URL('/tickets', link).href },
  footer: FOOTER[language],
});

const REPRINTED: Record<Language, (what: string) => string> = {
  kk: (what) => `Билетіңіздің жаңа коды: ${what}`,
  ru: (what) => `Новый код вашего билета: ${what}`,
  en: (what) => `A new code for your ticket: ${what}`,
};

export const ticketReprinted: LetterWriter<EventData<typeof TicketReprinted>> = (data, language, { link }) => ({
  subject: REPRINTED[language](whatOf(data.place, language)),
  heading: inLanguage(data.place.title, language),
  paragraphs: [NEW_CODE[language]],
  rows: [rowOf(data.place, language)],
  action: { label: TICKETS[language], href: link },
  short: { text: NEW_CODE_SHORT[language], href: new URL('/tickets', link).href },
  footer: FOOTER[language],
});
