import { defineRefusal } from '#libs/kernel';

export const planUnknown = defineRefusal('seat-plan-unknown', 'not-found', {
  kk: 'Мұндай орын жоспары жоқ.',
  ru: 'Такой схемы зала нет.',
  en: 'There is no such seat plan.',
});
export const planRefused = defineRefusal('seat-plan-refused', 'invalid', {
  kk: 'Орын жоспарында қателер бар. Ештеңе сақталған жоқ.',
  ru: 'В схеме зала есть ошибки. Ничего не сохранено.',
  en: 'The seat plan has mistakes. Nothing was saved.',
});
export const planOfOtherHall = defineRefusal('seat-plan-of-other-hall', 'conflict', {
  kk: 'Бұл жоспар басқа залдікі.',
  ru: 'Эта схема принадлежит другому залу.',
  en: 'This plan belongs to another hall.',
});
export const planNotNumbered = defineRefusal('seat-plan-not-numbered', 'conflict', {
  kk: 'Бұл залда орындар нөмірленбеген, сызба жоқ.',
  ru: 'В этом зале места без номеров, рисовать нечего.',
  en: 'This hall has no numbered seats, so there is nothing to draw.',
});
export const hallMissing = defineRefusal('hall-missing', 'not-found', {
  kk: 'Мұндай зал жоқ.',
  ru: 'Такого зала нет.',
  en: 'There is no such hall.',
});
