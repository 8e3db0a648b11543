import { defineRefusal } from '#libs/kernel';

export const saleUnknown = defineRefusal('sale-unknown', 'not-found', {
  kk: 'Мұндай сатылым жоқ.',
  ru: 'Такой продажи нет.',
  en: 'There is no such sale.',
});
export const orderNotPrintable = defineRefusal('order-not-printable', 'conflict', {
  kk: 'Басып шығаратын ештеңе жоқ: билеттер әлі сатылмаған не аяқталған.',
  ru: 'Печатать нечего: билеты ещё не проданы или уже закрыты.',
  en: 'There is nothing to print: the tickets are not sold yet, or have ended.',
});
/** Spoken by the database too. */
export const tenderedTooLittle = defineRefusal('tendered-too-little', 'invalid', {
  kk: 'Берілген ақша жетпейді.',
  ru: 'Полученных наличных не хватает.',
  en: 'The cash that was handed over is not enough.',
});
/** Spoken by the database too. */
export const paymentUnresolved = defineRefusal('payment-unresolved', 'conflict', {
  kk: 'Терминал әлі жауап берген жоқ: ақша алынған болуы мүмкін. Алдымен терминалдан сұраңыз.',
  ru: 'Терминал ещё не ответил: деньги могли списаться. Сначала запросите его ответ.',
  en: 'The terminal has not answered: the money may have been taken. Ask it first.',
});
export const terminalNotSetUp = defineRefusal('terminal-not-set-up', 'invalid', {
  kk: 'Бұл кассада терминал жоқ. Қолма-қол ақша алыңыз.',
  ru: 'Терминал не подключён. Примите наличные.',
  en: 'There is no terminal here. Please take cash.',
});
export const approvalNeeded = defineRefusal('approval-needed', 'forbidden', {
  kk: 'Ауысымдағы тегін билет шегі бітті: зал менеджерінің рұқсаты керек.',
  ru: 'Предел бесплатных билетов на смену исчерпан: нужно разрешение менеджера зала.',
  en: 'That is above what a shift may give away: a house manager has to approve.',
});
export const approvalUnknown = defineRefusal('approval-unknown', 'not-found', {
  kk: 'Мұндай рұқсат сұрауы жоқ.',
  ru: 'Такого запроса на разрешение нет.',
  en: 'There is no such request for approval.',
});
export const approvalOver = defineRefusal('approval-over', 'conflict', {
  kk: 'Бұл сұрау бойынша шешім қабылданған немесе мерзімі өткен.',
  ru: 'Этот запрос уже решён или истёк.',
  en: 'That request has been decided or has lapsed.',
});
export const approvedByClerk = defineRefusal('approved-by-clerk', 'forbidden', {
  kk: 'Өз сұрауыңызға өзіңіз рұқсат бере алмайсыз.',
  ru: 'Свой запрос разрешает другой человек.',
  en: 'Somebody else has to approve your request.',
});
/** Spoken by the database. @public */
export const voidNotPossible = defineRefusal('void-not-possible', 'conflict', {
  kk: 'Бұл сатылымды жоюға болмайды.',
  ru: 'Эту продажу нельзя аннулировать.',
  en: 'That sale can’t be voided.',
});
/** Spoken by the database. @public */
export const voidTooLate = defineRefusal('void-too-late', 'conflict', {
  kk: 'Жоюға кеш: билетті қайтарыңыз.',
  ru: 'Аннулировать уже поздно: оформите возврат.',
  en: 'It is too late to void it: take the tickets back instead.',
});
/** Spoken by the database. @public */
export const voidNotLast = defineRefusal('void-not-last', 'conflict', {
  kk: 'Тек ауысымның соңғы сатылымын жоюға болады.',
  ru: 'Аннулировать можно только последнюю продажу смены.',
  en: 'Only the shift’s last sale can be voided.',
});
/** Spoken by the database. @public */
export const reservationOver = defineRefusal('reservation-over', 'gone', {
  kk: 'Бұл бронь аяқталған, орындар босаған.',
  ru: 'Эта бронь закончилась, места свободны.',
  en: 'That reservation is over and its seats are free.',
});
export const reservationUnknown = defineRefusal('reservation-unknown', 'not-found', {
  kk: 'Мұндай бронь жоқ.',
  ru: 'Такой брони нет.',
  en: 'There is no such reservation.',
});
export const reservationTooLate = defineRefusal('reservation-too-late', 'conflict', {
  kk: 'Бұл сеансқа телефон арқылы бронь жасау уақыты өтті.',
  ru: 'На этот сеанс бронировать по телефону уже поздно.',
  en: 'It is too late to reserve for that screening by phone.',
});
