import { defineRefusal } from '#libs/kernel';

export const quotaFull = defineRefusal('quota-full', 'conflict', {
  kk: 'Квота толды. Өтінім күйі өзгерген жоқ.',
  ru: 'Квота исчерпана. Состояние заявки не изменилось.',
  en: 'The quota is full. The application stays as it is.',
});
export const dueDatePast = defineRefusal('due-date-past', 'invalid', {
  kk: 'Мерзім өтіп кеткен. Фестиваль уақыты бойынша болашақ күн керек.',
  ru: 'Срок уже прошёл. Нужна будущая дата по времени фестиваля.',
  en: 'The due date is in the past of festival time.',
});
export const appealNeedsAnother = defineRefusal('appeal-needs-another', 'conflict', {
  kk: 'Шағымды бас тартқан қызметкердің өзі қарай алмайды. Оны әріптесіңізге беріңіз.',
  ru: 'Апелляцию рассматривает не тот, кто отказал. Передайте её коллеге.',
  en: 'An appeal is looked at by another officer than the one who rejected. Please pass it on.',
});
export const reasonNeeded = defineRefusal('reason-needed', 'invalid', {
  kk: 'Себебін жазыңыз.',
  ru: 'Напишите причину.',
  en: 'Please write the reason.',
});
export const decisionPrepared = defineRefusal('decision-prepared', 'conflict', {
  kk: 'Бұл өтінімнің шешімі дайындалып қойған. Алдымен оны қайтарып алыңыз.',
  ru: 'По этой заявке решение уже подготовлено. Сначала отмените его.',
  en: 'A decision of this application is prepared already. Take that back first.',
});
export const filterUnknown = defineRefusal('filter-unknown', 'not-found', {
  kk: 'Мұндай сүзгі жоқ.',
  ru: 'Такого фильтра нет.',
  en: 'There is no such filter.',
});
