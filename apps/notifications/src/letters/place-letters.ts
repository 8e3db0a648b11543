import type {
  BookingMissed,
  BookingReleased,
  EventData,
  InvitationMade,
  PassIssued,
  TicketReleased,
  WaitlistEnded,
  WaitlistOffered,
} from '#libs/contracts';
import { formatDayTime, formatShortDayTime, type Language, type LocalText } from '#libs/kernel';
import { inLanguage, type LetterWriter } from './letter.rules.js';

/** Letters about places: invitations, seats that were released or missed, the waitlist, passes. */

interface Placed {
  title: LocalText;
  startsAt: string;
  timezone: string;
  venue: LocalText;
  hall: LocalText;
}

const FOOTER: LocalText = {
  kk: 'Бұл хатты фестиваль көрсетіліміндегі орныңыз туралы жібердік.',
  ru: 'Письмо пришло, потому что речь о вашем месте на показе фестиваля.',
  en: 'You get this mail because it is about your place at a festival screening.',
};

function seatText(row: string, seat: string, language: Language): string {
  const words = { kk: `${row}-қатар, ${seat}-орын`, ru: `Ряд ${row}, место ${seat}`, en: `Row ${row}, seat ${seat}` };
  return words[language];
}

function screeningRow(data: Placed, language: Language, value?: string) {
  const when = formatDayTime(new Date(data.startsAt), data.timezone, language);
  const where = `${inLanguage(data.venue, language)}, ${inLanguage(data.hall, language)}`;
  return { title: inLanguage(data.title, language), note: `${when} · ${where}`, ...(value && { value }) };
}

function about(words: LocalText, data: Placed, language: Language): string {
  const when = formatShortDayTime(new Date(data.startsAt), data.timezone, language);
  return `${words[language]}: ${inLanguage(data.title, language)}, ${when}`;
}

function moment(instant: string, timezone: string, language: Language): string {
  return formatShortDayTime(new Date(instant), timezone, language);
}

const INVITED = {
  subject: { kk: 'Сізді шақырамыз', ru: 'Приглашаем вас', en: 'You are invited' },
  body: {
    kk: (places: number, until: string) =>
      places > 1
        ? `Сізге ${places} орын сақтадық. Келетініңізді және кіммен келетініңізді жазыңыз. Жауапты мына уақытқа дейін күтеміз: ${until}.`
        : `Сізге орын сақтадық. Келетініңізді жазыңыз. Жауапты мына уақытқа дейін күтеміз: ${until}.`,
    ru: (places: number, until: string) =>
      places > 1
        ? `Мест для вас: ${places}. Напишите, придёте ли и с кем. Ждём ответа до: ${until}.`
        : `Для вас оставлено место. Напишите, придёте ли. Ждём ответа до: ${until}.`,
    en: (places: number, until: string) =>
      places > 1
        ? `We keep ${places} places for you. Please say whether you come and with whom, until ${until}.`
        : `We keep a place for you. Please say whether you come, until ${until}.`,
  },
  short: {
    kk: 'Жауап беретін жеке сілтеме хатта.',
    ru: 'Личная ссылка для ответа — в письме.',
    en: 'The personal link for your answer is in the mail.',
  },
  open: { kk: 'Жауап беру', ru: 'Ответить', en: 'Answer the invitation' },
};

export const invitationMade: LetterWriter<EventData<typeof InvitationMade>> = (data, language, { link }) => {
  const text = INVITED.body[language](data.places, moment(data.respondBy, data.timezone, language));
  return {
    subject: about(INVITED.subject, data, language),
    heading: INVITED.subject[language],
    paragraphs: [text],
    rows: [screeningRow(data, language)],
    action: { label: INVITED.open[language], href: link },
    // The invitation opens for whoever has its key, and a key is for the mail alone.
    short: { text: `${text} ${INVITED.short[language]}`, href: new URL('/tickets', link).href },
    footer: FOOTER[language],
  };
};

const RELEASED = {
  subject: {
    kk: 'Брондалған орын босатылды',
    ru: 'Забронированное место отпущено',
    en: 'Your booked seat was released',
  },
  'not-here': {
    kk: 'Сеанс басталуға аз қалғанда орныңызға келмедіңіз, сондықтан оны есік алдындағы кезекке бердік. Кешіксеңіз де келіңіз: бос орын болса, отырғызамыз.',
    ru: 'Незадолго до начала вас ещё не было, и место отдали очереди у входа. Если опаздываете, всё равно приходите: посадим на свободное.',
    en: 'You were not there shortly before the start, so the seat went to the rush line. Come all the same: if a seat is free, it is yours.',
  },
  'badge-suspended': {
    kk: 'Бейджіңіз тоқтатылғандықтан орын босатылды. Бейдж қайта іске қосылса және орын бос болса, брон қайтарылады.',
    ru: 'Бейдж приостановлен, поэтому место отпущено. Если бейдж снова заработает, а место останется свободным, бронь вернётся.',
    en: 'Your badge is suspended, so the seat was released. If the badge works again while the seat is free, the booking comes back.',
  },
  open: { kk: 'Брондарымды ашу', ru: 'Открыть мои брони', en: 'Open my bookings' },
};

export const bookingReleased: LetterWriter<EventData<typeof BookingReleased>> = (data, language, { link }) => ({
  subject: about(RELEASED.subject, data, language),
  heading: RELEASED.subject[language],
  paragraphs: [RELEASED[data.reason][language]],
  rows: [screeningRow(data, language, seatText(data.row, data.seat, language))],
  action: { label: RELEASED.open[language], href: new URL('/accreditation', link).href },
  footer: FOOTER[language],
});

const MISSED = {
  warning: {
    subject: {
      kk: 'Брондаған орныңыз бос қалды',
      ru: 'Ваше место осталось пустым',
      en: 'Your booked seat stayed empty',
    },
    body: {
      kk: 'Бұл жолы тек ескертеміз. Келе алмасаңыз, броннан алдын ала бас тартыңыз: орынды басқа адам алады.',
      ru: 'Пока это предупреждение. Если не можете прийти, отмените бронь заранее: место достанется другому.',
      en: 'This time it is a warning. If you cannot come, please cancel in time: somebody else will be glad of the seat.',
    },
  },
  block: {
    subject: {
      kk: 'Жаңа брон уақытша ашылмайды',
      ru: 'Новые брони временно недоступны',
      en: 'No new bookings for a while',
    },
    body: {
      kk: (until: string) =>
        `Брондаған орныңыз тағы бос қалды. Жаңа брон мына уақыттан кейін ашылады: ${until}. Бар брондарыңыз күшінде.`,
      ru: (until: string) =>
        `Забронированное место снова осталось пустым. Новые брони откроются: ${until}. Уже сделанные остаются в силе.`,
      en: (until: string) =>
        `A booked seat stayed empty again. New bookings open ${until}. Those that you have stay as they are.`,
    },
  },
};

export const bookingMissed: LetterWriter<EventData<typeof BookingMissed>> = (data, language, { link }) => {
  const words = data.blockedUntil === null ? MISSED.warning : MISSED.block;
  const text =
    data.blockedUntil === null
      ? MISSED.warning.body[language]
      : MISSED.block.body[language](moment(data.blockedUntil, data.timezone, language));
  return {
    subject: about(words.subject, data, language),
    heading: words.subject[language],
    paragraphs: [text],
    rows: [screeningRow(data, language, seatText(data.row, data.seat, language))],
    action: { label: RELEASED.open[language], href: new URL('/accreditation', link).href },
    footer: FOOTER[language],
  };
};

const OFFERED = {
  subject: { kk: 'Орын босады', ru: 'Место освободилось', en: 'A place is free for you' },
  body: {
    kk: (until: string) => `Оны сізге мына уақытқа дейін сақтаймыз: ${until}. Содан кейін кезектегі келесі адам алады.`,
    ru: (until: string) => `Держим его для вас до: ${until}. Потом предложим следующему в очереди.`,
    en: (until: string) => `We keep it for you until ${until}. After that it goes to the next in line.`,
  },
  open: { kk: 'Орынды алу', ru: 'Взять место', en: 'Take the place' },
};

export const waitlistOffered: LetterWriter<EventData<typeof WaitlistOffered>> = (data, language, { link }) => {
  const text = OFFERED.body[language](moment(data.until, data.timezone, language));
  return {
    subject: about(OFFERED.subject, data, language),
    heading: OFFERED.subject[language],
    paragraphs: [text],
    rows: [
      screeningRow(data, language),
      ...data.seats.map(({ row, seat }) => ({ title: seatText(row, seat, language) })),
    ],
    action: { label: OFFERED.open[language], href: link },
    // Without the key of the mail's link the page opens for whoever waits, signed in.
    short: { text, href: new URL(`/offers/${encodeURIComponent(data.offerId)}`, link).href },
    footer: FOOTER[language],
  };
};

const ENDED = {
  subject: { kk: 'Күту аяқталды', ru: 'Ожидание закончилось', en: 'The wait is over' },
  'offer-lapsed': {
    kk: 'Ұсынылған орын уақытында алынбады, сондықтан кезектегі келесі адамға берілді. Қаласаңыз, күту тізіміне қайта жазылыңыз.',
    ru: 'Предложенное место не взяли вовремя, и оно перешло следующему. Можно снова встать в лист ожидания.',
    en: 'The offered place was not taken in time and went to the next in line. You can join the waitlist again.',
  },
  'waitlist-closed': {
    kk: 'Күту тізімі жабылды, сізге орын босамады. Қалған орындар енді жалпы сатылымда, есік алдында кезек те болады.',
    ru: 'Лист ожидания закрыт, места для вас не нашлось. Что осталось, теперь в продаже, и у входа будет очередь.',
    en: 'The waitlist is closed and no place became free for you. What is left is on sale now, and there is a rush line at the door.',
  },
  'screening-cancelled': {
    kk: 'Бұл сеанс болмайды, сондықтан күту тізімі де жабылды. Бағдарламадан басқа көрсетілім таңдаңыз.',
    ru: 'Этого сеанса не будет, поэтому лист ожидания закрыт. Выберите другой показ в программе.',
    en: 'This screening will not take place, so its waitlist is closed. There are others in the programme.',
  },
  open: { kk: 'Бағдарламаны ашу', ru: 'Открыть программу', en: 'Open the programme' },
};

export const waitlistEnded: LetterWriter<EventData<typeof WaitlistEnded>> = (data, language, { link }) => ({
  subject: about(ENDED.subject, data, language),
  heading: ENDED.subject[language],
  paragraphs: [ENDED[data.reason][language]],
  rows: [screeningRow(data, language)],
  action: { label: ENDED.open[language], href: link },
  footer: FOOTER[language],
});

const PASS = {
  subject: { kk: 'Абонементіңіз дайын', ru: 'Абонемент готов', en: 'Your film pass is ready' },
  body: {
    kk: 'Оның коды «Билеттерім» бетінде. Орын таңдағанда сол кодты жазыңыз: абонемент ашатын сеанстар тегін болады.',
    ru: 'Его код — на странице «Мои билеты». Укажите код при выборе мест: сеансы, на которые он действует, будут бесплатны.',
    en: 'Its code is on the page “My tickets”. Give it when you choose seats: the screenings that it opens cost nothing.',
  },
  given: { kk: 'Фестивальдің сыйы.', ru: 'Подарок фестиваля.', en: 'With the festival’s compliments.' },
  open: { kk: 'Билеттерімді ашу', ru: 'Открыть мои билеты', en: 'Open my tickets' },
};

export const passIssued: LetterWriter<EventData<typeof PassIssued>> = (data, language, { link }) => ({
  subject: `${PASS.subject[language]}: ${inLanguage(data.name, language)}`,
  heading: PASS.subject[language],
  paragraphs: [PASS.body[language], ...(data.complimentary ? [PASS.given[language]] : [])],
  rows: [{ title: inLanguage(data.name, language) }],
  action: { label: PASS.open[language], href: new URL('/tickets', link).href },
  footer: FOOTER[language],
});

const SEAT = {
  subject: { kk: 'Орныңыз босатылды', ru: 'Ваше место отпущено', en: 'Your seat was released' },
  body: {
    kk: 'Кешігіп кіру уақыты біткенше келмедіңіз, сондықтан орынды есік алдындағы кезекке бердік. Әкімшіге барыңыз: бос орын табады немесе ақшаңызды қайтарады.',
    ru: 'До конца времени для опоздавших вас не было, и место отдали очереди у входа. Подойдите к администратору: он найдёт свободное или вернёт деньги.',
    en: 'You had not come when late entry ended, so the seat went to the rush line. Please see the house manager: another free seat, or your money back.',
  },
};

export const ticketReleased: LetterWriter<EventData<typeof TicketReleased>> = (data, language, { link }) => ({
  subject: about(SEAT.subject, data, language),
  heading: SEAT.subject[language],
  paragraphs: [SEAT.body[language]],
  rows: [screeningRow(data, language, seatText(data.row, data.seat, language))],
  action: { label: PASS.open[language], href: new URL('/tickets', link).href },
  footer: FOOTER[language],
});
