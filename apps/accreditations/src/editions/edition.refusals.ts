import { defineRefusal } from '#libs/kernel';

export const editionUnknown = defineRefusal('edition-unknown', 'not-found', {
  kk: 'Мұндай фестиваль жоқ.',
  ru: 'Такого фестиваля нет.',
  en: 'There is no such edition of the festival.',
});
