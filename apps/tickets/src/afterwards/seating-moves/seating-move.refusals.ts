import { defineRefusal } from '#libs/kernel';

export const moveUnknown = defineRefusal('seating-move-unknown', 'not-found', {
  kk: 'Мұндай ауыстыру жоқ.',
  ru: 'Такого переноса нет.',
  en: 'There is no such move.',
});
export const moveOpen = defineRefusal('seating-move-open', 'conflict', {
  kk: 'Бұл сеанс қазір ауыстырылып жатыр.',
  ru: 'Этот сеанс уже переносят.',
  en: 'This screening is being moved already.',
});
export const moveOver = defineRefusal('seating-move-over', 'conflict', {
  kk: 'Бұл ауыстыру аяқталған, енді өзгертуге болмайды.',
  ru: 'Этот перенос завершён, изменить его уже нельзя.',
  en: 'This move is over and can no longer be changed.',
});
export const notMovable = defineRefusal('screening-not-movable', 'conflict', {
  kk: 'Бұл сеансты ауыстыруға болмайды: ол аяқталған немесе болмайды.',
  ru: 'Этот сеанс нельзя перенести: он отменён или прошёл.',
  en: 'This screening cannot be moved: it is cancelled or over.',
});
export const unseatedUnknown = defineRefusal('unseated-unknown', 'not-found', {
  kk: 'Орынсыз қалғандар арасында мұндай жоқ.',
  ru: 'Среди оставшихся без места такого нет.',
  en: 'Nobody of that kind waits for a seat.',
});
export const seatNotFree = defineRefusal('seat-not-free', 'conflict', {
  kk: 'Бұл орындардың бірі бос емес немесе жарамайды.',
  ru: 'Одно из этих мест занято или не подходит.',
  en: 'One of these seats is taken or does not fit.',
});
