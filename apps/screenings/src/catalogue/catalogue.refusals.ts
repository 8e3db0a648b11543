import { defineRefusal } from '#libs/kernel';

export const entryUnknown = defineRefusal('catalogue-entry-unknown', 'not-found', {
  kk: 'Бағдарламада мұндай жол жоқ.',
  ru: 'Такой строки в программе нет.',
  en: 'There is no such row in the programme.',
});
export const entryExists = defineRefusal('catalogue-entry-exists', 'conflict', {
  kk: 'Бағдарламада мұндай белгі бар. Басқасын таңдаңыз.',
  ru: 'Такое обозначение в программе уже есть. Выберите другое.',
  en: 'The programme has a row with this id already. Please choose another.',
});
export const entryInUse = defineRefusal('catalogue-entry-in-use', 'conflict', {
  kk: 'Мұны сеанс немесе фильм пайдаланып тұр, алдымен оларды өзгертіңіз.',
  ru: 'На это ссылаются сеансы или фильмы; сначала измените их.',
  en: 'Screenings or films point to this; please change them first.',
});
