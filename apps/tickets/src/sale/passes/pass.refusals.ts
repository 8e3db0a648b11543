import { defineRefusal } from '#libs/kernel';

export const passUnknown = defineRefusal('pass-unknown', 'invalid', {
  kk: 'Мұндай абонемент жоқ. Кодты тексеріңіз.',
  ru: 'Такого абонемента нет. Проверьте код.',
  en: 'There is no such pass. Please check the code.',
});
export const passNotLive = defineRefusal('pass-not-live', 'conflict', {
  kk: 'Бұл абонемент жарамсыз.',
  ru: 'Этот абонемент больше не действует.',
  en: 'This pass no longer works.',
});
/** Said by a function of the database. @public */
export const passNotForThis = defineRefusal('pass-not-for-this', 'conflict', {
  kk: 'Бұл абонемент осы сеансқа жүрмейді.',
  ru: 'Этот абонемент не действует на этот сеанс.',
  en: 'This pass does not open this screening.',
});
/** Said by a function of the database. @public */
export const passSlotTaken = defineRefusal('pass-slot-taken', 'conflict', {
  kk: 'Бұл абонементпен осы уақытқа орын алынған, немесе келесі залға жетіп үлгермейсіз.',
  ru: 'По этому абонементу на это время уже есть место, или вы не успеете доехать.',
  en: 'This pass already has a seat at that time, or there is no time for the way between.',
});
/** Said by a function of the database. @public */
export const passUsedUp = defineRefusal('pass-used-up', 'conflict', {
  kk: 'Абонементтегі фильмдер бітті.',
  ru: 'Фильмы на абонементе закончились.',
  en: 'The films of this pass are used up.',
});
/** Said by a function of the database. @public */
export const passDayFull = defineRefusal('pass-day-full', 'conflict', {
  kk: 'Бұл күнге абонементпен алатын орындар бітті.',
  ru: 'Лимит абонемента на этот день исчерпан.',
  en: 'This pass has no more seats for that day.',
});
export const passKindUnknown = defineRefusal('pass-kind-unknown', 'invalid', {
  kk: 'Мұндай абонемент түрі сатылмайды.',
  ru: 'Такой вид абонемента не продаётся.',
  en: 'There is no such kind of pass on sale.',
});
export const noSuchPass = defineRefusal('no-such-pass', 'not-found', {
  kk: 'Мұндай абонемент табылмады.',
  ru: 'Такого абонемента нет.',
  en: 'There is no such pass.',
});
