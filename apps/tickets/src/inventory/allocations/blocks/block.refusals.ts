import { defineRefusal } from '#libs/kernel';

export const blockUnknown = defineRefusal('block-unknown', 'not-found', {
  kk: 'Мұндай сақталған орындар тобы жоқ.',
  ru: 'Такой брони мест для особых нужд нет.',
  en: 'There is no such block of seats.',
});
/** Said by a function of the database. @public */
export const blockReleased = defineRefusal('block-released', 'conflict', {
  kk: 'Бұл орындар босатылып қойған.',
  ru: 'Эти места уже отпущены.',
  en: 'These seats have already been released.',
});
export const releaseTwice = defineRefusal('release-twice', 'invalid', {
  kk: 'Босату уақытының біреуін ғана жазыңыз: нақты уақыт не басталуына қалған минут.',
  ru: 'Укажите что-то одно: время или минуты до начала.',
  en: 'Give one of the two: a time, or minutes before the start.',
});
export const allocationUnknown = defineRefusal('allocation-unknown', 'invalid', {
  kk: 'Бұл сеанста мұндай квота жоқ.',
  ru: 'У этого сеанса нет такой квоты.',
  en: 'This screening has no such allocation.',
});
