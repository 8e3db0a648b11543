import { defineRefusal } from '#libs/kernel';

export const entryUnknown = defineRefusal('catalogue-entry-unknown', 'not-found', {
  kk: 'Бағдарламада мұндай жол жоқ.',
  ru: 'Такой строки в программе нет.',
  en: 'There is no such row in the programme.',
});
export const entryInUse = defineRefusal('catalogue-entry-in-use', 'conflict', {
  kk: 'Мұны сеанс немесе фильм пайдаланып тұр, алдымен оларды өзгертіңіз.',
  ru: 'На это ссылаются сеансы или фильмы; сначала измените их.',
  en: 'Screenings or films point to this; please change them first.',
});
