import { defineRefusal } from '#libs/kernel';

export const categoryUnknown = defineRefusal('category-unknown', 'not-found', {
  kk: 'Мұндай санат жоқ.',
  ru: 'Такой категории нет.',
  en: 'There is no such category.',
});
export const categoriesRefused = defineRefusal('categories-refused', 'invalid', {
  kk: 'Файлда қате жолдар бар. Ештеңе жүктелген жоқ.',
  ru: 'В файле есть неверные строки. Ничего не загружено.',
  en: 'Some rows of the file are not right. Nothing of it was loaded.',
});
