import type {
  ApplicationDecided,
  ApplicationSubmitted,
  BadgeIssued,
  BookingCancelled,
  BookingMade,
  EventData,
  InformationRequested,
} from '#libs/contracts';
import { formatDate, formatDayTime, formatShortDayTime, type Language, type LocalText, venueDate } from '#libs/kernel';
import { inLanguage, type LetterWriter } from './letter.rules.js';

/** Deadlines of the office are days of its own city. */
const OFFICE_ZONE = 'Asia/Almaty';

const FOOTER: LocalText = {
  kk: 'Бұл хатты аккредитацияға өтінім бергеніңіз үшін жібердік.',
  ru: 'Письмо пришло, потому что вы подавали заявку на аккредитацию.',
  en: 'You get this mail because you applied for accreditation.',
};
const OPEN: LocalText = { kk: 'Өтінімімді ашу', ru: 'Открыть заявку', en: 'Open my application' };
const CATEGORY: LocalText = { kk: 'Санат', ru: 'Категория', en: 'Category' };

function portal(link: string): string {
  return new URL('/accreditation', link).href;
}

const SUBMITTED = {
  subject: { kk: 'Өтініміңіз келіп түсті', ru: 'Заявка получена', en: 'We have your application' },
  body: {
    kk: 'Қарап шыққан соң жауабын осы мекенжайға жазамыз. Әзірге сізден ештеңе керек емес.',
    ru: 'Мы рассмотрим её и напишем на этот адрес. Пока от вас ничего не нужно.',
    en: 'We will look at it and write to this address. There is nothing you need to do for now.',
  },
};

export const applicationSubmitted: LetterWriter<EventData<typeof ApplicationSubmitted>> = (data, language, facts) => ({
  subject: SUBMITTED.subject[language],
  heading: SUBMITTED.subject[language],
  paragraphs: [SUBMITTED.body[language]],
  rows: [{ title: CATEGORY[language], note: inLanguage(data.categoryName, language) }],
  action: { label: OPEN[language], href: portal(facts.link) },
  footer: FOOTER[language],
});

const REQUESTED = {
  subject: {
    kk: (day: string) => `Өтініміңізге толықтыру керек, ${day} дейін`,
    ru: (day: string) => `Нужно дополнить заявку до ${day}`,
    en: (day: string) => `Your application needs something more by ${day}`,
  },
  heading: { kk: 'Енді кезек сізде', ru: 'Сейчас ваша очередь', en: 'It is your turn' },
  wait: {
    kk: (day: string) => `${day} дейін күтеміз. Жауап бергенше өтінімді қарау мерзімі жүрмейді.`,
    ru: (day: string) => `Ждём до ${day}. Пока вы не ответите, срок рассмотрения не идёт.`,
    en: (day: string) => `We wait until ${day}. The review clock stands still until you answer.`,
  },
  office: { kk: 'Аккредитация бөлімі жазады', ru: 'Пишет отдел аккредитации', en: 'The accreditation office writes' },
};

/** Kazakh counts on a case ending: "23 тамызға". Months end in a vowel-harmonic way that a table knows best. */
const KAZAKH_UNTIL: Record<string, string> = {
  қаңтар: 'қаңтарға',
  ақпан: 'ақпанға',
  наурыз: 'наурызға',
  сәуір: 'сәуірге',
  мамыр: 'мамырға',
  маусым: 'маусымға',
  шілде: 'шілдеге',
  тамыз: 'тамызға',
  қыркүйек: 'қыркүйекке',
  қазан: 'қазанға',
  қараша: 'қарашаға',
  желтоқсан: 'желтоқсанға',
};

function until(instant: string, language: Language): string {
  const date = formatDate(venueDate(new Date(instant), OFFICE_ZONE), language);
  if (language !== 'kk') return date;
  const [day = '', month = ''] = date.split(' ');
  return `${day} ${KAZAKH_UNTIL[month] ?? month}`;
}

export const informationRequested: LetterWriter<EventData<typeof InformationRequested>> = (data, language, facts) => {
  const day = until(data.dueAt, language);
  return {
    subject: REQUESTED.subject[language](day),
    heading: REQUESTED.heading[language],
    paragraphs: [REQUESTED.wait[language](day)],
    box: { title: REQUESTED.office[language], text: data.message },
    rows: [{ title: CATEGORY[language], note: inLanguage(data.categoryName, language) }],
    action: { label: OPEN[language], href: portal(facts.link) },
    footer: FOOTER[language],
  };
};

const DECIDED: Record<EventData<typeof ApplicationDecided>['decision'], { subject: LocalText; body: LocalText }> = {
  approved: {
    subject: { kk: 'Өтініміңіз мақұлданды', ru: 'Заявка одобрена', en: 'Your application is approved' },
    body: {
      kk: 'Бейджіңіз жеке хатпен келеді.',
      ru: 'Бейдж придёт отдельным письмом.',
      en: 'Your badge follows in a mail of its own.',
    },
  },
  rejected: {
    subject: {
      kk: 'Өтінім бойынша шешім шықты',
      ru: 'Решение по вашей заявке',
      en: 'A decision on your application',
    },
    body: {
      kk: 'Бұл жолы аккредитация бере алмаймыз. Көрсетілімдерге билет сатып алуға болады.',
      ru: 'В этот раз мы не можем дать аккредитацию. На показы можно купить билеты.',
      en: 'We cannot accredit you this time. Tickets to the screenings are on sale.',
    },
  },
  waitlisted: {
    subject: {
      kk: 'Сіз күту тізіміндесіз',
      ru: 'Вы в листе ожидания',
      en: 'You are on the waiting list',
    },
    body: {
      kk: 'Қазір бос орын жоқ. Орын босаса, бірден хабарлаймыз.',
      ru: 'Сейчас мест нет. Если место освободится, сразу напишем.',
      en: 'There is no place right now. If one becomes free, we write at once.',
    },
  },
};
const REASON: LocalText = { kk: 'Себебі', ru: 'Причина', en: 'Reason' };

export const applicationDecided: LetterWriter<EventData<typeof ApplicationDecided>> = (data, language, facts) => {
  const words = DECIDED[data.decision];
  return {
    subject: words.subject[language],
    heading: words.subject[language],
    paragraphs: [words.body[language]],
    rows: [{ title: CATEGORY[language], note: inLanguage(data.categoryName, language) }],
    ...(data.reason && { box: { title: REASON[language], text: data.reason } }),
    action: { label: OPEN[language], href: portal(facts.link) },
    footer: FOOTER[language],
  };
};

const BADGE = {
  subject: { kk: 'Бейджіңіз дайын', ru: 'Бейдж готов', en: 'Your badge is ready' },
  body: {
    kk: 'Бейдж тіркелген PDF ішінде. Телефоннан көрсетсеңіз де болады. Ол тек сізге арналған, басқа адамға берілмейді.',
    ru: 'Бейдж — в приложенном PDF. Можно показывать и с телефона. Он именной и другому не передаётся.',
    en: 'The badge is in the attached PDF. You can also show it on your phone. It is yours alone and not for passing on.',
  },
  code: { kk: 'Коды', ru: 'Код', en: 'Code' },
  valid: { kk: 'Жарамды', ru: 'Действует', en: 'Valid' },
  open: { kk: 'Бейджімді ашу', ru: 'Открыть бейдж', en: 'Open my badge' },
};

export const badgeIssued: LetterWriter<EventData<typeof BadgeIssued>> = (data, language, { link, shortCode }) => {
  const day = (instant: string) => formatDate(venueDate(new Date(instant), OFFICE_ZONE), language);
  return {
    subject: BADGE.subject[language],
    heading: BADGE.subject[language],
    paragraphs: [BADGE.body[language]],
    rows: [
      ...(shortCode ? [{ title: BADGE.code[language], note: shortCode }] : []),
      { title: BADGE.valid[language], note: `${day(data.validFrom)} – ${day(data.validUntil)}` },
    ],
    action: { label: BADGE.open[language], href: link },
    footer: FOOTER[language],
  };
};

const BOOKING = {
  made: {
    subject: { kk: 'Орын брондалды', ru: 'Место забронировано', en: 'Your seat is booked' },
    body: {
      kk: 'Есікте бейджіңізді көрсетіңіз. Келе алмасаңыз, басталуына 30 минут қалғанға дейін бас тартыңыз.',
      ru: 'На входе покажите бейдж. Если не сможете прийти, отмените бронь не позже чем за 30 минут до начала.',
      en: 'Show your badge at the door. If you cannot come, cancel at least 30 minutes before the start.',
    },
  },
  ended: {
    subject: { kk: 'Бронь жойылды', ru: 'Бронь отменена', en: 'Your booking is cancelled' },
    holder: {
      kk: 'Сіз бас тарттыңыз, орын босады. Бұл ескерту болып саналмайды.',
      ru: 'Вы отменили бронь, место свободно. Это не считается пропуском.',
      en: 'You cancelled and the seat is free again. It does not count against you.',
    },
    'badge-revoked': {
      kk: 'Бейдж күшін жойды, сондықтан оған тіркелген бронь да жойылды.',
      ru: 'Бейдж больше не действует, поэтому отменена и бронь на него.',
      en: 'Your badge no longer works, so the booking on it ended as well.',
    },
    'screening-cancelled': {
      kk: 'Бұл сеанс болмайды. Басқа сеансқа орын таңдауыңызға болады.',
      ru: 'Этого сеанса не будет. Можно выбрать место на другой.',
      en: 'This screening will not take place. You can book a seat at another one.',
    },
    'seat-lost': {
      kk: 'Сеанс басқа залға ауысты, онда орныңыз жоқ. Басқа сеансқа орын таңдауыңызға болады.',
      ru: 'Сеанс перешёл в другой зал, и места для вас там нет. Можно выбрать место на другой сеанс.',
      en: 'The screening moved to a hall that has no seat for you. You can book a seat at another one.',
    },
  },
  open: { kk: 'Брондарымды ашу', ru: 'Открыть мои брони', en: 'Open my bookings' },
};

type Booking = EventData<typeof BookingMade>;

function bookingRows(data: Booking, language: Language): { title: string; note: string; value: string }[] {
  const seat = {
    kk: `${data.row}-қатар, ${data.seat}-орын`,
    ru: `Ряд ${data.row}, место ${data.seat}`,
    en: `Row ${data.row}, seat ${data.seat}`,
  };
  const when = formatDayTime(new Date(data.startsAt), data.timezone, language);
  const where = `${inLanguage(data.venue, language)}, ${inLanguage(data.hall, language)}`;
  return [{ title: inLanguage(data.title, language), note: `${when} · ${where}`, value: seat[language] }];
}

function bookingSubject(words: LocalText, data: Booking, language: Language): string {
  const when = formatShortDayTime(new Date(data.startsAt), data.timezone, language);
  return `${words[language]}: ${inLanguage(data.title, language)}, ${when}`;
}

export const bookingMade: LetterWriter<EventData<typeof BookingMade>> = (data, language, facts) => ({
  subject: bookingSubject(BOOKING.made.subject, data, language),
  heading: BOOKING.made.subject[language],
  paragraphs: [BOOKING.made.body[language]],
  rows: bookingRows(data, language),
  action: { label: BOOKING.open[language], href: portal(facts.link) },
  footer: FOOTER[language],
});

export const bookingCancelled: LetterWriter<EventData<typeof BookingCancelled>> = (data, language, facts) => ({
  subject: bookingSubject(BOOKING.ended.subject, data, language),
  heading: BOOKING.ended.subject[language],
  paragraphs: [BOOKING.ended[data.reason][language]],
  rows: bookingRows(data, language),
  action: { label: BOOKING.open[language], href: portal(facts.link) },
  footer: FOOTER[language],
});
