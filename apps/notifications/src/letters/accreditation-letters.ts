import type { BadgeIssued, BadgeRevoked, BookingCancelled, BookingMade, EventData } from '#libs/contracts';
import { formatDate, formatDayTime, formatShortDayTime, type Language, type LocalText, venueDate } from '#libs/kernel';
import { FOOTER, OFFICE_ZONE, portal } from './application-letters.js';
import { inLanguage, type LetterWriter } from './letter.rules.js';

const BADGE = {
  subject: { kk: 'Бейджіңіз дайын', ru: 'Бейдж готов', en: 'Your badge is ready' },
  body: {
    kk: 'Бейдж тіркелген PDF ішінде. Телефоннан көрсетсеңіз де болады. Ол тек сізге арналған, басқа адамға берілмейді.',
    ru: 'Бейдж — в приложенном PDF. Можно показывать и с телефона. Он именной и другому не передаётся.',
    en: 'The badge is in the attached PDF. You can also show it on your phone. It is yours alone and not for passing on.',
  },
  short: {
    kk: 'Бейдж аккредитация бетінде: телефоннан көрсетсеңіз болады. Ол тек сізге арналған, басқа адамға берілмейді.',
    ru: 'Бейдж — на странице аккредитации: его можно показать с телефона. Он именной и другому не передаётся.',
    en: 'The badge is on your accreditation’s page: your phone can show it. It is yours alone and not for passing on.',
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
    short: { text: BADGE.short[language], href: portal(link) },
    footer: FOOTER[language],
  };
};

const ENDED: Record<
  Exclude<EventData<typeof BadgeRevoked>['state'], 'replaced'>,
  { subject: LocalText; body: LocalText }
> = {
  revoked: {
    subject: { kk: 'Бейджіңіз күшін жойды', ru: 'Бейдж больше не действует', en: 'Your badge no longer works' },
    body: {
      kk: 'Ол енді есік ашпайды, оған тіркелген брондар да жойылды. Себебін өтініміңіздің бетінен көре аласыз.',
      ru: 'Он больше не открывает двери, брони на него отменены. Причина — на странице вашей заявки.',
      en: 'It opens no doors any more, and bookings on it have ended. The reason stands on your application’s page.',
    },
  },
  suspended: {
    subject: { kk: 'Бейджіңіз тоқтатылды', ru: 'Бейдж приостановлен', en: 'Your badge is suspended' },
    body: {
      kk: 'Әзірге ол есік ашпайды. Брондарыңыз сақталады, бірақ сеанс алдында босатылады. Бөлімге хабарласыңыз.',
      ru: 'Пока он не открывает двери. Брони сохраняются, но перед сеансом место отпустят. Свяжитесь с отделом.',
      en: 'For now it opens no doors. Bookings stay but are released shortly before the start. Please contact the office.',
    },
  },
  reported_lost: {
    subject: { kk: 'Бейдж жоғалды деп белгіленді', ru: 'Бейдж отмечен потерянным', en: 'Your badge is marked as lost' },
    body: {
      kk: 'Ескі бейдж енді жұмыс істемейді. Тапсаңыз да, жаңасын пайдаланыңыз: ол бөлек хатпен келеді.',
      ru: 'Старый бейдж больше не работает. Даже если найдёте его, пользуйтесь новым: он придёт отдельным письмом.',
      en: 'The old badge no longer works. Even if you find it, use the new one: it comes in a mail of its own.',
    },
  },
};

export const badgeEnded: LetterWriter<EventData<typeof BadgeRevoked>> = (data, language, facts) => {
  const words = ENDED[data.state === 'replaced' ? 'reported_lost' : data.state];
  return {
    subject: words.subject[language],
    heading: words.subject[language],
    paragraphs: [words.body[language]],
    action: { label: BADGE.open[language], href: portal(facts.link) },
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
