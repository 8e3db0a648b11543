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
export const applicationFieldsUnknown = defineRefusal('application-fields-unknown', 'invalid', {
  kk: 'Нысанда мұндай өрістер жоқ. Ештеңе сақталған жоқ.',
  ru: 'Таких полей в форме нет. Ничего не сохранено.',
  en: 'The form has no such fields. Nothing was saved.',
});
export const appealTooLate = defineRefusal('appeal-too-late', 'conflict', {
  kk: 'Шағым беру мерзімі өтіп кетті.',
  ru: 'Срок обжалования прошёл.',
  en: 'The time for an appeal is over.',
});
export const appealedAlready = defineRefusal('appealed-already', 'conflict', {
  kk: 'Бұл өтінім бойынша шағым берілген: екінші рет болмайды.',
  ru: 'По этой заявке уже была апелляция: второй не бывает.',
  en: 'There was an appeal for this application already: there is no second one.',
});
export const offerOver = defineRefusal('offer-over', 'gone', {
  kk: 'Ұсынылған орынның мерзімі өтті.',
  ru: 'Срок предложенного места прошёл.',
  en: 'The place was kept until a time that is over.',
});
export const nothingChanged = defineRefusal('nothing-changed', 'invalid', {
  kk: 'Өтінімде ештеңе өзгерген жоқ.',
  ru: 'В заявке ничего не изменилось.',
  en: 'Nothing of the application is different.',
});
export const alreadyAccredited = defineRefusal('already-accredited', 'conflict', {
  kk: 'Бұл адамның осы фестивальге аккредитациясы бар.',
  ru: 'У этого человека уже есть аккредитация на фестиваль.',
  en: 'This person is already accredited for the festival.',
});
