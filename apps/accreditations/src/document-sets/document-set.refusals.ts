import { defineRefusal } from '#libs/kernel';

export const documentSetUnknown = defineRefusal('document-set-unknown', 'not-found', {
  kk: 'Мұндай құжаттар жинағы жоқ.',
  ru: 'Такого пакета документов нет.',
  en: 'There is no such document set.',
});
export const documentSetEmpty = defineRefusal('document-set-empty', 'conflict', {
  kk: 'Бұл жинаққа енетін адам жоқ.',
  ru: 'В этот пакет пока некого включить.',
  en: 'Nobody belongs to this set yet.',
});
