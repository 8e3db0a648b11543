import type { EventData, VisitCancelled, VisitDelayed, VisitMoved, VisitRated, VisitReseated } from '#libs/contracts';
import { formatDayTime, formatMoney, formatShortDayTime, type Language, type LocalText, venueTime } from '#libs/kernel';
import { inLanguage, type LetterWriter } from './letter.rules.js';

const FOOTER: LocalText = {
  kk: 'Бұл хатты осы сеансқа орныңыз болғандықтан жібердік. Сұрағыңыз болса, кассаға хабарласыңыз.',
  ru: 'Письмо пришло, потому что у вас есть место на этом сеансе. С вопросами обращайтесь в кассу.',
  en: 'You get this mail because you have a seat at this screening. The box office is glad to help.',
};

const SEAT = {
  kk: (row: string, seat: string) => `${row}-қатар, ${seat}-орын`,
  ru: (row: string, seat: string) => `Ряд ${row}, место ${seat}`,
  en: (row: string, seat: string) => `Row ${row}, seat ${seat}`,
};
/** A dash instead of a row: the hall has no numbered seats, or has none for this visitor. */
const UNNUMBERED = '—';
const ANY_SEAT: LocalText = { kk: 'нөмірсіз орын', ru: 'место без номера', en: 'unnumbered seat' };
const NO_SEAT: LocalText = { kk: 'орын жоқ', ru: 'без места', en: 'no seat' };

const OPEN: LocalText = { kk: 'Билеттерімді ашу', ru: 'Открыть мои билеты', en: 'Open my tickets' };
const VALID: LocalText = {
  kk: 'Кодтарыңыз бұрынғыдай жарамды, жаңа билет керек емес. Күнтізбедегі жазба осы хаттағы файлмен жаңарады.',
  ru: 'Коды действуют по-прежнему, новый билет не нужен. Запись в календаре обновит файл из этого письма.',
  en: 'Your codes stay valid; you need no new ticket. The file in this mail updates the entry in your calendar.',
};
const UNSEATED: LocalText = {
  kk: 'Жаңа залда сізге орын табылмады. Билетіңіз күшінде: ақшаңызды толық қайтарып алуға немесе басқа сеансқа ауыстыруға болады. Касса хабарласады.',
  ru: 'В новом зале места для вас не нашлось. Билет в силе: можно вернуть деньги полностью или обменять его на другой сеанс. Касса свяжется с вами.',
  en: 'The new hall has no seat for you. Your ticket stands: take a full refund or exchange it for another screening. The box office will be in touch.',
};

interface Where {
  venue: LocalText;
  hall: LocalText;
}

const place = (where: Where, language: Language) =>
  `${inLanguage(where.venue, language)}, ${inLanguage(where.hall, language)}`;

function seatRows(
  { seats, unseated }: Pick<EventData<typeof VisitReseated>, 'seats' | 'unseated'>,
  language: Language,
): { title: string; note?: string }[] {
  const name = (row: string, seat: string, none: LocalText) =>
    row === UNNUMBERED ? none[language] : SEAT[language](row, seat);
  const before = { kk: 'бұрын', ru: 'раньше', en: 'before' }[language];
  return seats.map((one) => {
    const now = name(one.row, one.seat, unseated > 0 ? NO_SEAT : ANY_SEAT);
    const was = name(one.fromRow, one.fromSeat, ANY_SEAT);
    return was === now ? { title: now } : { title: now, note: `${before}: ${was}` };
  });
}

const MOVED = {
  subject: {
    kk: (title: string, when: string) => `Сеанс ауысты: ${title}, енді ${when}`,
    ru: (title: string, when: string) => `Сеанс перенесён: ${title}, теперь ${when}`,
    en: (title: string, when: string) => `Moved: ${title}, now ${when}`,
  },
  heading: { kk: 'Сеанс ауыстырылды', ru: 'Сеанс перенесён', en: 'Your screening has moved' },
  now: {
    kk: (when: string, where: string) => `Енді ${when}, ${where}.`,
    ru: (when: string, where: string) => `Теперь ${when}, ${where}.`,
    en: (when: string, where: string) => `It is now ${when}, ${where}.`,
  },
  before: {
    kk: (when: string, where: string) => `Бұрын: ${when}, ${where}.`,
    ru: (when: string, where: string) => `Раньше: ${when}, ${where}.`,
    en: (when: string, where: string) => `Before: ${when}, ${where}.`,
  },
  refund: {
    kk: (until: string) => `Бұл уақыт ыңғайсыз болса, билетті ${until} дейін толық бағасымен қайтаруға болады.`,
    ru: (until: string) => `Если новое время не подходит, билеты можно вернуть за полную цену: до ${until}.`,
    en: (until: string) => `If that does not suit you, return the tickets for the full price until ${until}.`,
  },
  clash: {
    kk: (titles: string) => `Осы уақытта басқа броныңыз бар: ${titles}. Кез келгенінен айыппұлсыз бас тартуға болады.`,
    ru: (titles: string) => `На это время у вас другая бронь: ${titles}. Любую из них можно отменить без последствий.`,
    en: (titles: string) => `You have another booking at that time: ${titles}. You may cancel either without penalty.`,
  },
};

export const screeningMoved: LetterWriter<EventData<typeof VisitMoved>> = (data, language, { link }) => {
  const start = new Date(data.startsAt);
  const before = new Date(data.from.startsAt);
  const title = inLanguage(data.title, language);
  const clashes = data.clashes.map((clash) => inLanguage(clash.title, language)).join('; ');
  return {
    subject: MOVED.subject[language](title, formatShortDayTime(start, data.timezone, language)),
    heading: MOVED.heading[language],
    paragraphs: [
      MOVED.now[language](formatDayTime(start, data.timezone, language), place(data, language)),
      MOVED.before[language](formatDayTime(before, data.timezone, language), place(data.from, language)),
      data.unseated > 0 ? UNSEATED[language] : VALID[language],
      ...(data.refundUntil
        ? [MOVED.refund[language](formatShortDayTime(new Date(data.refundUntil), data.timezone, language))]
        : []),
      ...(clashes ? [MOVED.clash[language](clashes)] : []),
    ],
    rows: seatRows(data, language),
    action: { label: OPEN[language], href: link },
    footer: FOOTER[language],
  };
};

const RESEATED = {
  subject: {
    kk: (title: string, when: string) => `Орныңыз өзгерді: ${title}, ${when}`,
    ru: (title: string, when: string) => `Ваше место изменилось: ${title}, ${when}`,
    en: (title: string, when: string) => `Your seat has changed: ${title}, ${when}`,
  },
  heading: { kk: 'Орныңыз басқа', ru: 'У вас другое место', en: 'You have another seat' },
  same: {
    kk: (when: string, where: string) => `Уақыты мен залы сол күйінде: ${when}, ${where}.`,
    ru: (when: string, where: string) => `Время и зал прежние: ${when}, ${where}.`,
    en: (when: string, where: string) => `Time and hall stay as they were: ${when}, ${where}.`,
  },
};

export const seatChanged: LetterWriter<EventData<typeof VisitReseated>> = (data, language, { link }) => {
  const start = new Date(data.startsAt);
  return {
    subject: RESEATED.subject[language](
      inLanguage(data.title, language),
      formatShortDayTime(start, data.timezone, language),
    ),
    heading: RESEATED.heading[language],
    paragraphs: [
      RESEATED.same[language](formatDayTime(start, data.timezone, language), place(data, language)),
      data.unseated > 0 ? UNSEATED[language] : VALID[language],
    ],
    rows: seatRows(data, language),
    action: { label: OPEN[language], href: link },
    footer: FOOTER[language],
  };
};

const DELAYED = {
  subject: {
    kk: (title: string, minutes: number) => `${title}: ${minutes} минутқа кешігеді`,
    ru: (title: string, minutes: number) => `${title}: начнём на ${minutes} мин позже`,
    en: (title: string, minutes: number) => `${title} starts ${minutes} minutes later`,
  },
  body: {
    kk: (time: string, where: string) => `Басталуы ${time}, ${where}. Есік те кешірек ашылады, орныңыз сол күйінде.`,
    ru: (time: string, where: string) => `Начало в ${time}, ${where}. Двери тоже откроются позже, место прежнее.`,
    en: (time: string, where: string) =>
      `It starts at ${time}, ${where}. Doors open later, too; your seat is the same.`,
  },
};

export const screeningDelayed: LetterWriter<EventData<typeof VisitDelayed>> = (data, language) => {
  const subject = DELAYED.subject[language](inLanguage(data.title, language), data.minutes);
  const time = venueTime(new Date(data.startsAt), data.timezone);
  return {
    subject,
    heading: subject,
    paragraphs: [DELAYED.body[language](time, place(data, language))],
    footer: FOOTER[language],
  };
};

const RATED = {
  subject: {
    kk: (title: string, rating: string) => `${title}: жас шегі ${rating}`,
    ru: (title: string, rating: string) => `${title}: возрастная категория ${rating}`,
    en: (title: string, rating: string) => `${title} is rated ${rating}`,
  },
  body: {
    kk: (rating: string) =>
      `Билет алғаныңызда бұл сеанстың жас шегі белгісіз еді. Енді ол — ${rating}. Жасы жетпейтіндер кірмейді; сұрағыңыз болса, кассаға хабарласыңыз.`,
    ru: (rating: string) =>
      `Когда вы брали билет, возрастной категории у сеанса ещё не было. Теперь она есть: ${rating}. Тех, кто младше, не пустят; если это меняет ваши планы, напишите в кассу.`,
    en: (rating: string) =>
      `When you got your ticket the screening had no age rating yet. It is ${rating} now, and nobody younger is admitted. If that changes your plans, please ask the box office.`,
  },
};

export const screeningRated: LetterWriter<EventData<typeof VisitRated>> = (data, language, { link }) => ({
  subject: RATED.subject[language](inLanguage(data.title, language), data.ageRating),
  heading: RATED.subject[language](inLanguage(data.title, language), data.ageRating),
  paragraphs: [RATED.body[language](data.ageRating)],
  rows: [
    {
      title: formatDayTime(new Date(data.startsAt), data.timezone, language),
      note: place(data, language),
    },
  ],
  action: { label: OPEN[language], href: link },
  footer: FOOTER[language],
});

const CANCELLED = {
  subject: {
    kk: (title: string, when: string) => `Сеанс болмайды: ${title}, ${when}`,
    ru: (title: string, when: string) => `Сеанс отменён: ${title}, ${when}`,
    en: (title: string, when: string) => `Cancelled: ${title}, ${when}`,
  },
  heading: { kk: 'Сеанс болмайды', ru: 'Сеанс отменён', en: 'The screening is cancelled' },
  sorry: {
    kk: 'Кешірім сұраймыз. Күнтізбедегі жазба осы хаттағы файлмен өшеді.',
    ru: 'Просим прощения. Файл из этого письма уберёт запись из календаря.',
    en: 'We are sorry. The file in this mail takes the entry out of your calendar.',
  },
  money: {
    kk: (sum: string) => `Төлегеніңіз — ${sum} — төлеген картаңызға толық қайтады. Сізден ештеңе керек емес.`,
    ru: (sum: string) => `${sum} вернутся полностью на карту, с которой платили. От вас ничего не нужно.`,
    en: (sum: string) => `${sum} goes back in full to the card you paid with. There is nothing you need to do.`,
  },
  free: {
    kk: 'Орныңыз босады; басқа сеансқа орын таңдауыңызға болады.',
    ru: 'Ваше место освобождено; можно выбрать другой сеанс.',
    en: 'Your seat is released; you can choose another screening.',
  },
  programme: { kk: 'Бағдарламаны ашу', ru: 'Открыть программу', en: 'Open the programme' },
};

export const screeningCancelled: LetterWriter<EventData<typeof VisitCancelled>> = (data, language, { link }) => ({
  subject: CANCELLED.subject[language](
    inLanguage(data.title, language),
    formatShortDayTime(new Date(data.startsAt), data.timezone, language),
  ),
  heading: CANCELLED.heading[language],
  paragraphs: [
    data.amount.amount > 0 ? CANCELLED.money[language](formatMoney(data.amount)) : CANCELLED.free[language],
    CANCELLED.sorry[language],
  ],
  action: { label: CANCELLED.programme[language], href: link },
  footer: FOOTER[language],
});
