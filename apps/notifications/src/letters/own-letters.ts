import { formatDayTime, formatShortDayTime, type Language, type LocalText, plural, venueTime } from '#libs/kernel';
import { inLanguage, type Letter, type LetterWriter } from './letter.rules.js';

/** Letters that no fact of a neighbour sets off: reminders, digests, codes. */

export interface ReminderData {
  personId: string;
  screeningId: string;
  editionId: string;
  title: LocalText;
  startsAt: string;
  doorsOpenAt: string;
  timezone: string;
  venue: LocalText;
  hall: LocalText;
  address: string;
}

const REMINDER = {
  tomorrow: {
    subject: {
      kk: (title: string, when: string) => `Еске саламыз: ${title}, ${when}`,
      ru: (title: string, when: string) => `Напоминаем: ${title}, ${when}`,
      en: (title: string, when: string) => `Reminder: ${title}, ${when}`,
    },
    heading: {
      kk: () => 'Көрсетілім жақындады',
      ru: () => 'Показ уже скоро',
      en: () => 'Your screening is near',
    },
  },
  soon: {
    subject: {
      kk: (title: string, when: string) => `Басталуы ${when}: ${title}`,
      ru: (title: string, when: string) => `Начало ${when}: ${title}`,
      en: (title: string, when: string) => `Starts ${when}: ${title}`,
    },
    // How long it is until then depends on when the mail arrives: the time does not.
    heading: {
      kk: (time: string) => `Басталуы ${time}`,
      ru: (time: string) => `Начало в ${time}`,
      en: (time: string) => `It starts at ${time}`,
    },
  },
  doors: {
    kk: (time: string) => `Есік ашылатын уақыт: ${time}. Код телефонда тұрса да болады, желі керек емес.`,
    ru: (time: string) => `Двери откроются в ${time}. Код можно показать с телефона, сеть не нужна.`,
    en: (time: string) => `Doors open at ${time}. Your phone will do for the code, with or without a network.`,
  },
  cancel: {
    kk: 'Келе алмасаңыз, орынды алдын ала босатыңыз: оны күтіп жүрген адам бар.',
    ru: 'Если не сможете прийти, освободите место заранее: его кто-то ждёт.',
    en: 'If you cannot come, please free the seat in time: somebody is waiting for it.',
  },
  open: { kk: 'Билеттерімді ашу', ru: 'Открыть мои билеты', en: 'Open my tickets' },
  footer: {
    kk: 'Бұл — осы сеансқа орныңыз болғандықтан жіберілген еске салу.',
    ru: 'Это напоминание: у вас есть место на этом сеансе.',
    en: 'This is a reminder, because you have a place at this screening.',
  },
};

function reminder(words: (typeof REMINDER)['soon']): LetterWriter<ReminderData> {
  return (data, language, { link }) => {
    const start = new Date(data.startsAt);
    const title = inLanguage(data.title, language);
    const where = [inLanguage(data.venue, language), inLanguage(data.hall, language), data.address];
    return {
      subject: words.subject[language](title, formatShortDayTime(start, data.timezone, language)),
      heading: words.heading[language](venueTime(start, data.timezone)),
      paragraphs: [
        REMINDER.doors[language](venueTime(new Date(data.doorsOpenAt), data.timezone)),
        REMINDER.cancel[language],
      ],
      rows: [
        {
          title,
          note: `${formatDayTime(start, data.timezone, language)} · ${where.filter(Boolean).join(', ')}`,
        },
      ],
      action: { label: REMINDER.open[language], href: new URL('/tickets', link).href },
      footer: REMINDER.footer[language],
    };
  };
}

export const reminderTomorrow = reminder(REMINDER.tomorrow);
export const reminderSoon = reminder(REMINDER.soon);

const DIGEST = {
  subject: (n: number, language: Language) =>
    ({
      kk: `Сізге қатысты ${n} ${plural(n, 'kk', { one: 'жаңалық' })}`,
      ru: `Для вас ${n} ${plural(n, 'ru', { one: 'новость', few: 'новости', many: 'новостей' })}`,
      en: `${n} ${plural(n, 'en', { one: 'piece of news', many: 'pieces of news' })} for you`,
    })[language],
  intro: {
    kk: 'Бірнеше минутта көп нәрсе өзгерді, сондықтан бәрін бір хатқа жинадық. Ең соңғысы астында.',
    ru: 'За несколько минут изменилось многое, поэтому мы собрали всё в одно письмо. Самое новое — внизу.',
    en: 'Much changed within a few minutes, so we put it into one mail. The newest comes last.',
  },
  open: { kk: 'Хабарларымды ашу', ru: 'Открыть сообщения', en: 'Open my messages' },
  footer: {
    kk: 'Бұл хатты билеттеріңіз бен брондарыңыз туралы жібердік.',
    ru: 'Письмо пришло, потому что речь о ваших билетах и бронях.',
    en: 'You get this mail because it is about your tickets and bookings.',
  },
};

/** @param said what each of the gathered letters would have said, oldest first */
export function digest(said: readonly Letter[], language: Language, link: string): Letter {
  return {
    subject: DIGEST.subject(said.length, language),
    heading: DIGEST.subject(said.length, language),
    paragraphs: [DIGEST.intro[language]],
    rows: said.map((one) => ({ title: one.subject, note: one.paragraphs[0] ?? '' })),
    action: { label: DIGEST.open[language], href: new URL('/tickets', link).href },
    footer: DIGEST.footer[language],
  };
}

const CODE = {
  subject: {
    kk: (code: string) => `Растау коды: ${code}`,
    ru: (code: string) => `Код подтверждения: ${code}`,
    en: (code: string) => `Your code: ${code}`,
  },
  body: {
    kk: 'Код 10 минут жарамды. Оны ешкімге айтпаңыз.',
    ru: 'Код действует 10 минут. Никому его не сообщайте.',
    en: 'It works for 10 minutes. Do not tell it to anybody.',
  },
};

export const phoneCode: LetterWriter<{ code: string }> = ({ code }, language) => ({
  subject: CODE.subject[language](code),
  heading: CODE.subject[language](code),
  paragraphs: [CODE.body[language]],
  footer: '',
});
