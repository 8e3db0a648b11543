import { defineRefusal } from '#libs/kernel';

/** Said by a function of the database. @public */
export const alreadyWaiting = defineRefusal('already-waiting', 'conflict', {
  kk: 'Бұл сеанстың күту тізімінде барсыз.',
  ru: 'Вы уже в листе ожидания этого сеанса.',
  en: 'You are already on the waitlist of this screening.',
});
/** Said by a function of the database. @public */
export const waitlistClosed = defineRefusal('waitlist-closed', 'conflict', {
  kk: 'Бұл сеанстың күту тізімі жабық.',
  ru: 'Лист ожидания этого сеанса закрыт.',
  en: 'The waitlist of this screening is closed.',
});
export const waitlistNotNeeded = defineRefusal('waitlist-not-needed', 'conflict', {
  kk: 'Бос орын бар: күтпей-ақ таңдай беріңіз.',
  ru: 'Свободные места есть: можно выбирать, не дожидаясь.',
  en: 'There are free seats: you can choose yours without waiting.',
});
export const waitlistUnknown = defineRefusal('waitlist-unknown', 'not-found', {
  kk: 'Күту тізімінде мұндай жазба жоқ.',
  ru: 'Такой записи в листе ожидания нет.',
  en: 'There is no such entry on the waitlist.',
});
export const offerUnknown = defineRefusal('offer-unknown', 'not-found', {
  kk: 'Мұндай ұсыныс табылмады.',
  ru: 'Такого предложения нет.',
  en: 'There is no such offer.',
});
export const offerGone = defineRefusal('offer-gone', 'gone', {
  kk: 'Ұсыныстың уақыты өтті, орындар келесі адамға берілді.',
  ru: 'Время предложения вышло, места переданы следующему.',
  en: 'The time of this offer is over; the seats went to the next in line.',
});
/** Said by a function of the database. @public */
export const offerNotWhole = defineRefusal('offer-not-whole', 'invalid', {
  kk: 'Ұсынылған орындар бәрі бірге және бөлек тапсырыспен алынады.',
  ru: 'Предложенные места берутся все вместе и отдельным заказом.',
  en: 'The offered seats are taken all together, in an order of their own.',
});
