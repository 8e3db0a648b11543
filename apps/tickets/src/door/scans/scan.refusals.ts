import { defineRefusal } from '#libs/kernel';

export const scanUnknown = defineRefusal('scan-unknown', 'not-found', {
  kk: 'Бұл құрылғыда мұндай сканер жазбасы жоқ.',
  ru: 'У этого устройства нет такой записи.',
  en: 'This device has no such scan.',
});
export const undoTooLate = defineRefusal('undo-too-late', 'gone', {
  kk: 'Сканерді 10 секунд ішінде ғана қайтаруға болады.',
  ru: 'Отменить проход можно только в течение 10 секунд.',
  en: 'A scan can be taken back for 10 seconds only.',
});
export const photoGone = defineRefusal('photo-gone', 'gone', {
  kk: 'Суретке сілтеме ескірген. Қайта сұраңыз.',
  ru: 'Ссылка на фото устарела. Запросите ещё раз.',
  en: 'The link to the photo is out of date. Ask again.',
});
