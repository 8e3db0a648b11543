import type { EventData, OrderPaid, OrderRefunded, RefundDue } from '#libs/contracts';
import { compareIn, formatDayTime, formatMoney, formatShortDayTime, type LocalText } from '#libs/kernel';
import { capitalised, inLanguage, type LetterWriter, onWeekday } from './letter.rules.js';

const FOOTER: LocalText = {
  kk: 'Бұл хатты билет алғаныңыз үшін жібердік. Сұрағыңыз болса, кассаға хабарласыңыз.',
  ru: 'Письмо пришло, потому что вы купили билеты. С вопросами обращайтесь в кассу.',
  en: 'You get this mail because you bought tickets. The box office is glad to help.',
};

const PAID = {
  seat: {
    kk: (row: string, seat: string) => `${row}-қатар, ${seat}-орын`,
    ru: (row: string, seat: string) => `Ряд ${row}, место ${seat}`,
    en: (row: string, seat: string) => `Row ${row}, seat ${seat}`,
  },
  subject: {
    kk: (n: number, what: string) => `Билеттеріңіз (${n}): ${what}`,
    ru: (n: number, what: string) => `Ваши билеты (${n}): ${what}`,
    en: (n: number, what: string) => (n === 1 ? `Your ticket: ${what}` : `Your ${n} tickets: ${what}`),
  },
  heading: {
    kk: (day: string) => `${capitalised(day)} кездескенше`,
    ru: (day: string) => `До встречи ${day}`,
    en: (day: string) => `See you ${day}`,
  },
  codes: {
    kk: 'Кодтар тіркелген PDF ішінде. Әр код есікті бір рет ашады, желі болмаса да. Басып шығармай, телефоннан көрсетсеңіз де болады.',
    ru: 'Коды — в приложенном PDF. Каждый открывает дверь один раз, и без сети тоже. Печатать не обязательно: хватит экрана телефона.',
    en: 'The attached PDF holds the codes. Each opens the door once, with or without a network. No need to print: a phone screen will do.',
  },
  short: {
    kk: 'Кодтар «Билеттерім» бетінде. Әр код есікті бір рет ашады.',
    ru: 'Коды — на странице «Мои билеты». Каждый открывает дверь один раз.',
    en: 'The codes are on your tickets’ page. Each opens the door once.',
  },
  late: {
    kk: 'Төлем кешігіп келді, бірақ орындар сізде қалды.',
    ru: 'Оплата пришла позже срока, но места остались за вами.',
    en: 'Your payment came late, but the seats are still yours.',
  },
  total: { kk: 'Төленді', ru: 'Оплачено', en: 'Paid' },
  free: { kk: 'Тегін', ru: 'Бесплатно', en: 'Free' },
  open: { kk: 'Билеттерімді ашу', ru: 'Открыть билеты', en: 'Open my tickets' },
  where: { kk: 'Қайда', ru: 'Где это', en: 'Getting there' },
  calendar: {
    kk: 'Күнтізбеге арналған файл да осы хатта.',
    ru: 'Файл для календаря тоже в этом письме.',
    en: 'A file for your calendar is in this mail, too.',
  },
};

export const orderPaid: LetterWriter<EventData<typeof OrderPaid>> = (data, language, { link }) => {
  const lines = [...data.lines].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  const first = lines[0];
  const start = first ? new Date(first.startsAt) : undefined;
  const what =
    first && start
      ? `${inLanguage(first.title, language)}, ${formatShortDayTime(start, first.timezone, language)}`
      : data.number;
  const halls = lines.map((l) => `${inLanguage(l.venue, language)}, ${inLanguage(l.hall, language)}`);
  const places = [...new Set(halls)].sort(compareIn(language));
  return {
    subject: PAID.subject[language](lines.length, what),
    heading: PAID.heading[language](first && start ? onWeekday(start, first.timezone, language) : ''),
    paragraphs: [...(data.late ? [PAID.late[language]] : []), PAID.codes[language]],
    rows: lines.map((line) => ({
      title: PAID.seat[language](line.row, line.seat),
      note: `${inLanguage(line.title, language)} · ${formatDayTime(new Date(line.startsAt), line.timezone, language)}`,
      value: line.price.amount === 0 ? PAID.free[language] : formatMoney(line.price),
    })),
    total: {
      label: `${PAID.total[language]}, ${data.number}`,
      value: data.total.amount === 0 ? PAID.free[language] : formatMoney(data.total),
    },
    action: { label: PAID.open[language], href: link },
    short: {
      text: [...(data.late ? [PAID.late[language]] : []), PAID.short[language]].join(' '),
      href: new URL('/tickets', link).href,
    },
    box: { title: PAID.where[language], text: `${places.join('; ')}. ${PAID.calendar[language]}` },
    footer: FOOTER[language],
  };
};

const DUE = {
  subject: {
    kk: (sum: string) => `${sum} қайтарамыз`,
    ru: (sum: string) => `Вернём ${sum}`,
    en: (sum: string) => `We are returning ${sum}`,
  },
  heading: { kk: 'Ақшаңыз қайтып келеді', ru: 'Деньги вернутся', en: 'Your money is on its way back' },
  'seats-gone': {
    kk: (sum: string) => `Төлем келгенше орындар сатылып кетті. ${sum} картаңызға 3 жұмыс күнінде қайтады.`,
    ru: (sum: string) => `Пока шла оплата, места продали. ${sum} вернутся на карту за 3 рабочих дня.`,
    en: (sum: string) =>
      `The seats were sold before your payment arrived. ${sum} goes back to your card within 3 working days.`,
  },
  'paid-twice': {
    kk: (sum: string) => `Тапсырыс екі рет төленді. Билеттеріңіз жарамды, артық ${sum} 3 жұмыс күнінде қайтады.`,
    ru: (sum: string) => `Заказ оплачен дважды. Билеты действуют, лишние ${sum} вернутся за 3 рабочих дня.`,
    en: (sum: string) =>
      `The order was paid twice. Your tickets are valid; the extra ${sum} goes back within 3 working days.`,
  },
  'screening-cancelled': {
    kk: (sum: string) => `Сеанс болмайды. ${sum} картаңызға 3 жұмыс күнінде қайтады.`,
    ru: (sum: string) => `Сеанса не будет. ${sum} вернутся на карту за 3 рабочих дня.`,
    en: (sum: string) => `The screening will not take place. ${sum} goes back to your card within 3 working days.`,
  },
  other: {
    kk: (sum: string) => `${sum} картаңызға 3 жұмыс күнінде қайтады. Сізден ештеңе керек емес.`,
    ru: (sum: string) => `${sum} вернутся на карту за 3 рабочих дня. От вас ничего не нужно.`,
    en: (sum: string) => `${sum} goes back to your card within 3 working days. There is nothing you need to do.`,
  },
  order: { kk: 'Тапсырыс', ru: 'Заказ', en: 'Order' },
  programme: { kk: 'Бағдарламаны ашу', ru: 'Открыть программу', en: 'Open the programme' },
};

function dueText(reason: string) {
  if (reason === 'seats-gone' || reason === 'paid-twice' || reason === 'screening-cancelled') return DUE[reason];
  return DUE.other;
}

export const refundDue: LetterWriter<EventData<typeof RefundDue>> = (data, language, { link }) => {
  const sum = formatMoney(data.amount);
  return {
    subject: DUE.subject[language](sum),
    heading: DUE.heading[language],
    paragraphs: [dueText(data.reason)[language](sum)],
    rows: [{ title: DUE.order[language], note: data.number, value: sum }],
    action: { label: DUE.programme[language], href: link },
    footer: FOOTER[language],
  };
};

const REFUNDED = {
  subject: {
    kk: (sum: string) => `${sum} қайтарылды`,
    ru: (sum: string) => `Вернули ${sum}`,
    en: (sum: string) => `${sum} refunded`,
  },
  ended: {
    kk: 'Ақша төлеген картаңызға қайтты. Бұл тапсырыс бойынша қайтарылған билеттер енді жарамсыз.',
    ru: 'Деньги вернулись на карту, с которой платили. Возвращённые билеты этого заказа больше не действуют.',
    en: 'The money went back to the card you paid with. Refunded tickets of this order no longer work.',
  },
  twice: {
    kk: 'Артық төлем картаңызға қайтты. Билеттеріңіз жарамды.',
    ru: 'Лишняя оплата вернулась на карту. Ваши билеты действуют.',
    en: 'The second payment went back to your card. Your tickets are valid.',
  },
};

export const refunded: LetterWriter<EventData<typeof OrderRefunded>> = (data, language, { link }) => {
  const sum = formatMoney(data.amount);
  return {
    subject: REFUNDED.subject[language](sum),
    heading: REFUNDED.subject[language](sum),
    paragraphs: [(data.reason === 'paid-twice' ? REFUNDED.twice : REFUNDED.ended)[language]],
    rows: [{ title: DUE.order[language], note: data.number, value: sum }],
    action: { label: DUE.programme[language], href: link },
    footer: FOOTER[language],
  };
};
