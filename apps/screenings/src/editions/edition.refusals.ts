import { defineRefusal } from '#libs/kernel';

export const editionUnknown = defineRefusal('edition-unknown', 'not-found', {
  kk: 'Мұндай фестиваль жоқ.',
  ru: 'Такого фестиваля нет.',
  en: 'There is no such edition of the festival.',
});
export const clockStandsStill = defineRefusal('festival-clock-fixed', 'forbidden', {
  kk: 'Фестиваль уақытын тек әзірлеу ортасында жылжытуға болады.',
  ru: 'Время фестиваля можно двигать только при разработке.',
  en: 'Festival time can be moved in development only.',
});
