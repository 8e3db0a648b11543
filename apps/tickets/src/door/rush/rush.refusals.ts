import { defineRefusal } from '#libs/kernel';

/** Said by a function of the database. @public */
export const rushNotOpen = defineRefusal('rush-not-open', 'conflict', {
  kk: 'Босаған орындар әлі таратылмайды.',
  ru: 'Освободившиеся места ещё не раздаются.',
  en: 'Released seats are not given out yet.',
});
/** Said by a function of the database. @public */
export const rushOver = defineRefusal('rush-over', 'conflict', {
  kk: 'Бұл сеансқа кезек жабылды.',
  ru: 'Очередь на этот сеанс закрыта.',
  en: 'The rush line of this screening is over.',
});
/** Said by a function of the database. @public */
export const rushFull = defineRefusal('rush-full', 'conflict', {
  kk: 'Залда бос орын қалмады.',
  ru: 'В зале не осталось свободных мест.',
  en: 'There is no free seat left in the hall.',
});
/** Said by a function of the database. @public */
export const rushLineEmpty = defineRefusal('rush-line-empty', 'conflict', {
  kk: 'Кезекте ешкім жоқ.',
  ru: 'В очереди никого нет.',
  en: 'Nobody waits in the rush line.',
});
export const rushNumberUnknown = defineRefusal('rush-number-unknown', 'not-found', {
  kk: 'Кезекте мұндай нөмір жоқ.',
  ru: 'Такого номера в очереди нет.',
  en: 'There is no such number in the rush line.',
});
export const seatNotReleased = defineRefusal('seat-not-released', 'conflict', {
  kk: 'Бұл кодтың орны босатылмаған.',
  ru: 'Место по этому коду не отпущено.',
  en: 'The seat of this code was not released.',
});
