import { defineRefusal } from '#libs/kernel';

export const planUnknown = defineRefusal('seat-plan-unknown', 'not-found', {
  kk: 'Мұндай орын жоспары жоқ.',
  ru: 'Такой схемы зала нет.',
  en: 'There is no such seat plan.',
});
