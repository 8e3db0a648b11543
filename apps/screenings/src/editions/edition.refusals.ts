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
export const editionExists = defineRefusal('edition-exists', 'conflict', {
  kk: 'Мұндай белгісі бар фестиваль бұрыннан бар.',
  ru: 'Фестиваль с таким обозначением уже есть.',
  en: 'There is an edition with this id already.',
});
export const datesReversed = defineRefusal('edition-dates-reversed', 'invalid', {
  kk: 'Соңғы күн бірінші күннен бұрын тұр.',
  ru: 'Последний день раньше первого.',
  en: 'The last day lies before the first.',
});
