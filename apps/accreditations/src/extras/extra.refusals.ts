import { defineRefusal } from '#libs/kernel';

export const extraUnknown = defineRefusal('extra-unknown', 'not-found', {
  kk: 'Мұндай орын үлестірілмейді.',
  ru: 'Таких мест не разыгрывают.',
  en: 'There is no such extra.',
});
export const extraKnown = defineRefusal('extra-known', 'conflict', {
  kk: 'Бұл атаумен басқа жарияланған.',
  ru: 'Под этим именем уже объявлено другое.',
  en: 'Another extra was announced under this id.',
});
export const extraAsksEnded = defineRefusal('extra-asks-ended', 'conflict', {
  kk: 'Өтінім қабылдау аяқталды.',
  ru: 'Запросы больше не принимают.',
  en: 'Requests are no longer taken.',
});
export const extraNotForBadge = defineRefusal('extra-not-for-badge', 'forbidden', {
  kk: 'Бейджіңіздің түріне бұл орындар берілмейді.',
  ru: 'С вашим бейджем эти места не дают.',
  en: 'These places are not for your kind of badge.',
});
export const extraFull = defineRefusal('extra-full', 'conflict', {
  kk: 'Бос орын жоқ.',
  ru: 'Мест больше нет.',
  en: 'No place is left.',
});
export const extraByDraw = defineRefusal('extra-by-draw', 'conflict', {
  kk: 'Бұл орындар жеребемен беріледі; жеребе әлі тартылған жоқ.',
  ru: 'Эти места разыгрывают, и жребий ещё не брошен.',
  en: 'These places are drawn, and the draw has not been made.',
});
export const extraNotByDraw = defineRefusal('extra-not-by-draw', 'conflict', {
  kk: 'Бұл орындарды қызметкер таңдап береді.',
  ru: 'Эти места распределяет сотрудник, без жребия.',
  en: 'An officer picks for these places; nothing is drawn.',
});
export const extraStillAsking = defineRefusal('extra-still-asking', 'conflict', {
  kk: 'Өтінім қабылдау әлі аяқталған жоқ.',
  ru: 'Запросы ещё принимают.',
  en: 'Requests are still taken.',
});
export const extraStepIllegal = defineRefusal('extra-step-illegal', 'conflict', {
  kk: 'Өтінімнің қазіргі күйі бұған жол бермейді.',
  ru: 'Состояние запроса этого не допускает.',
  en: 'The state of this request does not allow that.',
});
