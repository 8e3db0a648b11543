import { defineRefusal } from '#libs/kernel';

export const applicationUnknown = defineRefusal('application-unknown', 'not-found', {
  kk: 'Мұндай өтінім жоқ.',
  ru: 'Такой заявки нет.',
  en: 'There is no such application.',
});
export const applicationStepIllegal = defineRefusal('application-step-illegal', 'conflict', {
  kk: 'Өтініммен қазір мұны істеуге болмайды: оның күйі басқа.',
  ru: 'С заявкой в этом состоянии так нельзя.',
  en: 'The state of this application does not allow that.',
});
export const applicationAlreadyOpen = defineRefusal('application-already-open', 'conflict', {
  kk: 'Бұл санатқа өтініміңіз бар. Соны жалғастырыңыз.',
  ru: 'В этой категории у вас уже есть заявка. Продолжите её.',
  en: 'You already have an application in this category. Please continue that one.',
});
export const applicationIncomplete = defineRefusal('application-incomplete', 'invalid', {
  kk: 'Өтінім толық емес. Жазғаныңыз сақталды, төмендегілерді толтырыңыз.',
  ru: 'Заявка не заполнена. Всё написанное сохранено, осталось указанное ниже.',
  en: 'The application is not complete. What you wrote is saved; the following is still needed.',
});
export const applicationFieldsWrong = defineRefusal('application-fields-wrong', 'invalid', {
  kk: 'Кейбір өрістер дұрыс емес. Ештеңе сақталған жоқ.',
  ru: 'Некоторые поля заполнены неверно. Ничего не сохранено.',
  en: 'Some fields are not right. Nothing was saved.',
});
