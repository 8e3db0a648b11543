import { defineRefusal } from '#libs/kernel';

export const conflictUnknown = defineRefusal('door-conflict-unknown', 'not-found', {
  kk: 'Мұндай қайшылық жоқ немесе ол енді жоқ.',
  ru: 'Такого расхождения нет или его больше нет.',
  en: 'There is no such conflict, or no longer.',
});
