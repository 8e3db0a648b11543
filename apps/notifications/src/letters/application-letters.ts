import type {
  AccreditationFeePaid,
  ApplicationDecided,
  ApplicationLapsed,
  ApplicationSubmitted,
  EventData,
  ExtraDecided,
  InformationRequested,
  MemberInvited,
  PlaceOffered,
} from '#libs/contracts';
import {
  formatDate,
  formatDayTime,
  formatMoney,
  formatShortDayTime,
  type Language,
  type LocalText,
  venueDate,
} from '#libs/kernel';
import { inLanguage, type LetterWriter } from './letter.rules.js';

/** Deadlines of the office are days of its own city. */
export const OFFICE_ZONE = 'Asia/Almaty';

export const FOOTER: LocalText = {
  kk: 'Бұл хатты аккредитацияға өтінім бергеніңіз үшін жібердік.',
  ru: 'Письмо пришло, потому что вы подавали заявку на аккредитацию.',
  en: 'You get this mail because you applied for accreditation.',
};
const OPEN: LocalText = { kk: 'Өтінімімді ашу', ru: 'Открыть заявку', en: 'Open my application' };
const CATEGORY: LocalText = { kk: 'Санат', ru: 'Категория', en: 'Category' };
const REASON: LocalText = { kk: 'Себебі', ru: 'Причина', en: 'Reason' };
const OFFICE_WRITES: LocalText = {
  kk: 'Аккредитация бөлімі жазады',
  ru: 'Пишет отдел аккредитации',
  en: 'The accreditation office writes',
};

export function portal(link: string): string {
  return new URL('/accreditation', link).href;
}

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

/** A day up to which something holds: "23 тамызға" · "23 августа" · "23 August". */
function until(instant: string, language: Language): string {
  const date = formatDate(venueDate(new Date(instant), OFFICE_ZONE), language);
  if (language !== 'kk') return date;
  const [day = '', month = ''] = date.split(' ');
  return `${day} ${KAZAKH_UNTIL[month] ?? month}`;
}

type Words = Record<Language, (day: string) => string>;

/** What every letter about an application has. */
function letter(
  data: { categoryName: LocalText },
  language: Language,
  link: string,
  subject: string,
  paragraphs: string[],
  action: LocalText = OPEN,
) {
  return {
    subject,
    heading: subject,
    paragraphs,
    rows: [{ title: CATEGORY[language], note: inLanguage(data.categoryName, language) }],
    action: { label: action[language], href: portal(link) },
    footer: FOOTER[language],
  };
}

const SUBMITTED = {
  subject: { kk: 'Өтініміңіз келіп түсті', ru: 'Заявка получена', en: 'We have your application' },
  body: {
    kk: 'Қарап шыққан соң жауабын осы мекенжайға жазамыз. Әзірге сізден ештеңе керек емес.',
    ru: 'Мы рассмотрим её и напишем на этот адрес. Пока от вас ничего не нужно.',
    en: 'We will look at it and write to this address. There is nothing you need to do for now.',
  },
};

export const applicationSubmitted: LetterWriter<EventData<typeof ApplicationSubmitted>> = (data, language, { link }) =>
  letter(data, language, link, SUBMITTED.subject[language], [SUBMITTED.body[language]]);

const REQUESTED = {
  subject: {
    kk: (day) => `Өтініміңізге толықтыру керек, ${day} дейін`,
    ru: (day) => `Нужно дополнить заявку до ${day}`,
    en: (day) => `Your application needs something more by ${day}`,
  } as Words,
  heading: { kk: 'Енді кезек сізде', ru: 'Сейчас ваша очередь', en: 'It is your turn' },
  wait: {
    kk: (day) => `${day} дейін күтеміз. Жауап бергенше өтінімді қарау мерзімі жүрмейді.`,
    ru: (day) => `Ждём до ${day}. Пока вы не ответите, срок рассмотрения не идёт.`,
    en: (day) => `We wait until ${day}. The review clock stands still until you answer.`,
  } as Words,
};

/** The words come from the office when the letter is sent; facts told in earlier years carried them. */
export const informationRequested: LetterWriter<EventData<typeof InformationRequested> & { message?: string }> = (
  data,
  language,
  facts,
) => {
  const day = until(facts.dueAt ?? data.dueAt, language);
  const words = facts.message ?? data.message;
  return {
    ...letter(data, language, facts.link, REQUESTED.subject[language](day), [REQUESTED.wait[language](day)]),
    heading: REQUESTED.heading[language],
    ...(words && { box: { title: OFFICE_WRITES[language], text: words } }),
  };
};

type Decision = EventData<typeof ApplicationDecided>['decision'];
const DECIDED: Record<Decision, { subject: LocalText; body: LocalText; until?: Words }> = {
  approved: {
    subject: { kk: 'Аккредитацияңыз мақұлданды', ru: 'Аккредитация одобрена', en: 'Your accreditation is approved' },
    body: {
      kk: 'Бейджіңіз жеке хатпен келеді.',
      ru: 'Бейдж придёт отдельным письмом.',
      en: 'Your badge follows in a mail of its own.',
    },
  },
  'awaiting-payment': {
    subject: {
      kk: 'Аккредитация мақұлданды, төлем қалды',
      ru: 'Аккредитация одобрена, осталось оплатить взнос',
      en: 'Your accreditation is approved: the fee is left',
    },
    body: {
      kk: 'Аккредитация жарнасын өтінім бетінен төлеңіз. Бейдж төлемнен кейін бірден шығады.',
      ru: 'Оплатите взнос за аккредитацию на странице заявки. Бейдж появится сразу после оплаты.',
      en: 'Pay the accreditation fee on your application’s page. Your badge appears as soon as it is paid.',
    },
    until: {
      kk: (day) => `Төлемді ${day} дейін күтеміз.`,
      ru: (day) => `Ждём оплату до ${day}.`,
      en: (day) => `We wait for the payment until ${day}.`,
    },
  },
  rejected: {
    subject: {
      kk: 'Аккредитация бойынша шешім шықты',
      ru: 'Решение по вашей аккредитации',
      en: 'A decision on your accreditation',
    },
    body: {
      kk: 'Бұл жолы аккредитация бере алмаймыз. Көрсетілімдерге билет сатып алуға болады.',
      ru: 'В этот раз мы не можем дать аккредитацию. На показы можно купить билеты.',
      en: 'We cannot accredit you this time. Tickets to the screenings are on sale.',
    },
    until: {
      kk: (day) => `Келіспесеңіз, ${day} дейін шағым беруге болады: оны басқа маман қарайды.`,
      ru: (day) => `Если вы не согласны, до ${day} можно подать апелляцию: её рассмотрит другой сотрудник.`,
      en: (day) => `If you disagree you may appeal until ${day}; another officer will look at it.`,
    },
  },
  waitlisted: {
    subject: {
      kk: 'Аккредитация: күту тізіміндесіз',
      ru: 'Аккредитация: вы в листе ожидания',
      en: 'Accreditation: you are on the waiting list',
    },
    body: {
      kk: 'Қазір бос орын жоқ. Орын босаса, бірден хабарлаймыз.',
      ru: 'Сейчас мест нет. Если место освободится, сразу напишем.',
      en: 'There is no place right now. If one becomes free, we write at once.',
    },
  },
};

/** Of a change after the approval: whatever is decided, the accreditation that was given stands. */
const CHANGE_DECIDED: Partial<typeof DECIDED> = {
  approved: {
    subject: { kk: 'Өзгерісіңіз мақұлданды', ru: 'Изменения одобрены', en: 'Your change is approved' },
    body: {
      kk: 'Деректеріңіз жаңартылды. Бейдж өзгерсе, жаңасы жеке хатпен келеді; өзгермесе, қазіргісі жарамды.',
      ru: 'Данные обновлены. Если меняется и бейдж, новый придёт отдельным письмом; если нет, действует нынешний.',
      en: 'Your details are updated. If your badge changes, the new one comes in a mail of its own; if not, keep yours.',
    },
  },
  'awaiting-payment': {
    subject: {
      kk: 'Өзгеріс мақұлданды, төлем қалды',
      ru: 'Изменения одобрены, осталось оплатить взнос',
      en: 'Your change is approved: the fee is left',
    },
    body: {
      kk: 'Жарнаны өтінім бетінен төлеңіз. Өзгеріс төлемнен кейін күшіне енеді.',
      ru: 'Оплатите взнос на странице заявки. Изменения вступят в силу после оплаты.',
      en: 'Pay the fee on your application’s page. The change takes effect as soon as it is paid.',
    },
    until: DECIDED['awaiting-payment'].until,
  },
  rejected: {
    subject: { kk: 'Өзгерісіңіз қабылданбады', ru: 'Изменения не одобрены', en: 'Your change is not approved' },
    body: {
      kk: 'Бәрі бұрынғыдай қалды: аккредитацияңыз бен бейджіңіз жарамды.',
      ru: 'Всё остаётся как было: аккредитация и бейдж действуют.',
      en: 'Everything stays as it was: your accreditation and your badge are valid.',
    },
    until: DECIDED.rejected.until,
  },
};

type Decided = Omit<EventData<typeof ApplicationDecided>, 'until'> & { until?: string | null; reason?: string | null };

export const applicationDecided: LetterWriter<Decided> = (data, language, facts) => {
  const words = (data.change && CHANGE_DECIDED[data.decision]) || DECIDED[data.decision];
  const reason = facts.reason ?? data.reason;
  const day = data.until && words.until ? [words.until[language](until(data.until, language))] : [];
  return {
    ...letter(data, language, facts.link, words.subject[language], [words.body[language], ...day]),
    ...(reason && { box: { title: REASON[language], text: reason } }),
  };
};

const LAPSED: Record<EventData<typeof ApplicationLapsed>['cause'], LocalText> = {
  'no-answer': {
    kk: 'Сұраған толықтыруды мерзімінде алмадық, сондықтан өтінім жабылды.',
    ru: 'Мы не получили дополнения в срок, поэтому заявка закрыта.',
    en: 'What we asked for did not come in time, so the application is closed.',
  },
  'no-payment': {
    kk: 'Жарна мерзімінде төленбеді, сондықтан өтінім жабылып, орын басқаға берілді.',
    ru: 'Взнос не был оплачен в срок, поэтому заявка закрыта, а место передано дальше.',
    en: 'The fee was not paid in time, so the application is closed and the place went on.',
  },
  'offer-not-taken': {
    kk: 'Ұсынылған орын мерзімінде расталмады, оны кезектегі келесі адам алды.',
    ru: 'Предложенное место не подтвердили в срок, и оно перешло следующему.',
    en: 'The offered place was not taken in time and went to the next in line.',
  },
};
const LAPSED_SUBJECT: LocalText = {
  kk: 'Өтінімнің мерзімі өтті',
  ru: 'Срок по заявке истёк',
  en: 'Your application has lapsed',
};

export const applicationLapsed: LetterWriter<EventData<typeof ApplicationLapsed>> = (data, language, { link }) =>
  letter(data, language, link, LAPSED_SUBJECT[language], [LAPSED[data.cause][language]]);

const APPEALED = {
  subject: { kk: 'Шағымыңызды алдық', ru: 'Апелляция получена', en: 'We have your appeal' },
  body: {
    kk: 'Өтінімді басқа маман қайта қарайды. Шешімін осы мекенжайға жазамыз.',
    ru: 'Заявку заново рассмотрит другой сотрудник. О решении напишем на этот адрес.',
    en: 'Another officer will look at the application anew. We write to this address when it is decided.',
  },
};

export const applicationAppealed: LetterWriter<EventData<typeof ApplicationSubmitted>> = (data, language, { link }) =>
  letter(data, language, link, APPEALED.subject[language], [APPEALED.body[language]]);

const REOPENED = {
  subject: { kk: 'Өзгерісіңізді қараймыз', ru: 'Мы проверим изменения', en: 'Your change is being looked at' },
  body: {
    kk: 'Мақұлданған соң өзгерткен деректеріңізді қайта қарап жатырмыз. Шешім шыққанша бұрынғы бейджіңіз жұмыс істейді.',
    ru: 'Вы изменили данные после одобрения, и мы проверяем их заново. До решения работает прежний бейдж.',
    en: 'You changed something after the approval, so we look again. Your badge works as before until that is decided.',
  },
};

export const applicationReopened: LetterWriter<EventData<typeof ApplicationSubmitted>> = (data, language, { link }) =>
  letter(data, language, link, REOPENED.subject[language], [REOPENED.body[language]]);

const OFFERED = {
  subject: { kk: 'Сізге орын босады', ru: 'Для вас освободилось место', en: 'A place is free for you' },
  body: {
    kk: (when) => `Аккредитация орнын сізге мына уақытқа дейін сақтаймыз: ${when}. Өтінім бетінде растаңыз.`,
    ru: (when) => `Держим место для аккредитации до: ${when}. Подтвердите его на странице заявки.`,
    en: (when) => `We keep a place for your accreditation until ${when}. Please confirm it on your application’s page.`,
  } as Words,
  take: { kk: 'Орынды растау', ru: 'Подтвердить место', en: 'Confirm the place' },
};

export const placeOffered: LetterWriter<EventData<typeof PlaceOffered>> = (data, language, { link }) => {
  const when = formatShortDayTime(new Date(data.offeredUntil), OFFICE_ZONE, language);
  return letter(data, language, link, OFFERED.subject[language], [OFFERED.body[language](when)], OFFERED.take);
};

const INVITED = {
  subject: {
    kk: 'Аккредитация өтінімін аяқтаңыз',
    ru: 'Заполните заявку на аккредитацию',
    en: 'Please complete your accreditation',
  },
  festival: {
    kk: 'Фестиваль сізді шақырады. Төмендегі сілтеме тек сізге арналған: сол арқылы деректеріңізді толтырыңыз.',
    ru: 'Фестиваль приглашает вас. Ссылка ниже — только для вас: по ней вы заполните свои данные.',
    en: 'The festival invites you. The link below is yours alone: it leads to a form with your details.',
  },
  delegation: {
    kk: 'Делегация жетекшісі сіздің атыңыздан өтінім бастады. Төмендегі жеке сілтеме арқылы оны аяқтаңыз.',
    ru: 'Руководитель делегации начал заявку от вашего имени. Завершите её по личной ссылке ниже.',
    en: 'The leader of your delegation began an application for you. Complete it by the personal link below.',
  },
  until: {
    kk: (day) => `Сілтеме ${day} дейін, бір рет қана ашылады.`,
    ru: (day) => `Ссылка открывается один раз, до ${day}.`,
    en: (day) => `The link opens once, until ${day}.`,
  } as Words,
  by: { kk: 'Делегация', ru: 'Делегация', en: 'Delegation' },
  open: { kk: 'Өтінімді аяқтау', ru: 'Заполнить заявку', en: 'Complete my application' },
  why: {
    kk: 'Бұл хатты сізді фестивальге аккредиттеуді сұрағандықтан жібердік. Қателік болса, елемеңіз.',
    ru: 'Письмо пришло, потому что вас просили аккредитовать на фестиваль. Если это ошибка, ничего не делайте.',
    en: 'You get this mail because somebody asked to accredit you. If that is a mistake, just ignore it.',
  },
};

export const memberInvited: LetterWriter<EventData<typeof MemberInvited>> = (data, language, facts) => ({
  ...letter(data, language, facts.link, INVITED.subject[language], [
    INVITED[data.by][language],
    ...(facts.dueAt ? [INVITED.until[language](until(facts.dueAt, language))] : []),
  ]),
  rows: [
    ...(facts.delegation ? [{ title: INVITED.by[language], note: facts.delegation }] : []),
    { title: CATEGORY[language], note: inLanguage(data.categoryName, language) },
  ],
  action: { label: INVITED.open[language], href: facts.link },
  footer: INVITED.why[language],
});

const EXTRA = {
  granted: {
    subject: { kk: 'Сізге рұқсат берілді', ru: 'Вам дали место', en: 'You have a place' },
    body: {
      kk: 'Бұл белгі бейджіңізде де көрінеді. Ертерек келіңіз: кіру тізім бойынша.',
      ru: 'Отметка видна и на бейдже. Приходите заранее: вход по списку.',
      en: 'Your badge shows it as well. Please come early: entry is by list.',
    },
  },
  not: {
    subject: { kk: 'Бұл жолы орын жетпеді', ru: 'В этот раз мест не хватило', en: 'There was no place this time' },
    body: {
      kk: 'Орын саны шектеулі еді. Бейджіңіз бойынша қалған құқықтарыңыз өзгерген жоқ.',
      ru: 'Мест было мало. Остальные права вашего бейджа не изменились.',
      en: 'There were few places. Everything else that your badge allows stays as it is.',
    },
  },
};

export const extraDecided: LetterWriter<EventData<typeof ExtraDecided>> = (data, language, { link }) => {
  const words = data.granted ? EXTRA.granted : EXTRA.not;
  const name = inLanguage(data.name, language);
  return {
    subject: `${words.subject[language]}: ${name}`,
    heading: words.subject[language],
    paragraphs: [words.body[language]],
    rows: [{ title: name, note: formatDayTime(new Date(data.at), OFFICE_ZONE, language) }],
    action: { label: OPEN[language], href: portal(link) },
    footer: FOOTER[language],
  };
};

const FEE = {
  subject: { kk: 'Жарна төленді', ru: 'Взнос оплачен', en: 'Your fee is paid' },
  body: {
    kk: 'Аккредитация жарнасын алдық. Бейджіңіз жеке хатпен келеді.',
    ru: 'Мы получили взнос за аккредитацию. Бейдж придёт отдельным письмом.',
    en: 'We have your accreditation fee. Your badge follows in a mail of its own.',
  },
  paid: { kk: 'Төленді', ru: 'Оплачено', en: 'Paid' },
};

export const feePaid: LetterWriter<EventData<typeof AccreditationFeePaid>> = (data, language, { link }) => ({
  subject: FEE.subject[language],
  heading: FEE.subject[language],
  paragraphs: [FEE.body[language]],
  total: { label: FEE.paid[language], value: formatMoney(data.total) },
  action: { label: OPEN[language], href: portal(link) },
  footer: FOOTER[language],
});
