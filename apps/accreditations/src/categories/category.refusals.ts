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
export const notOpenYet = defineRefusal('not-open-yet', 'conflict', {
  kk: 'Бұл санатқа өтінім қабылдау әлі басталған жоқ.',
  ru: 'Приём заявок в этой категории ещё не открыт.',
  en: 'Applications in this category are not open yet.',
});
export const applicationsClosed = defineRefusal('applications-closed', 'conflict', {
  kk: 'Бұл санатқа өтінім қабылдау аяқталды.',
  ru: 'Приём заявок в этой категории закончен.',
  en: 'Applications in this category are closed.',
});
export const functionUnknown = defineRefusal('function-unknown', 'invalid', {
  kk: 'Бұл фестивальде мұндай функция жоқ.',
  ru: 'На этом фестивале такой функции нет.',
  en: 'This edition has no such function.',
});
