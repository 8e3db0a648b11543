import { defineRefusal } from '#libs/kernel';

export const tooManySeats = defineRefusal('too-many-seats', 'invalid', {
  kk: 'Бір адамға бұдан аз орын беріледі.',
  ru: 'Столько мест на одного человека взять нельзя.',
  en: 'That is more seats than one person may take.',
});
export const holdGone = defineRefusal('hold-gone', 'gone', {
  kk: 'Уақыт бітті, орындар босады. Ақша алынған жоқ.',
  ru: 'Время вышло, места снова свободны. Деньги не списаны.',
  en: 'Time is up and the seats are free again. You have not been charged.',
});
export const holdUnknown = defineRefusal('hold-unknown', 'not-found', {
  kk: 'Мұндай таңдау табылмады.',
  ru: 'Такого выбора мест нет.',
  en: 'There is no such hold.',
});
export const noSeatsTogether = defineRefusal('no-seats-together', 'conflict', {
  kk: 'Қатар тұрған сонша бос орын қалмады.',
  ru: 'Столько свободных мест рядом уже нет.',
  en: 'There are not that many free seats beside each other.',
});
export const seatsOrBest = defineRefusal('seats-or-best', 'invalid', {
  kk: 'Орындарды не олардың санын көрсетіңіз.',
  ru: 'Укажите либо места, либо сколько мест подобрать.',
  en: 'Say either which seats or how many.',
});
