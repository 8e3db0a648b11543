import { defineRefusal } from '#libs/kernel';

export const quotaFull = defineRefusal('quota-full', 'conflict', {
  kk: 'Квота толды. Өтінім күйі өзгерген жоқ.',
  ru: 'Квота исчерпана. Состояние заявки не изменилось.',
  en: 'The quota is full. The application stays as it is.',
});
export const alreadyAccredited = defineRefusal('already-accredited', 'conflict', {
  kk: 'Бұл адамның осы фестивальге аккредитациясы бар.',
  ru: 'У этого человека уже есть аккредитация на фестиваль.',
  en: 'This person is already accredited for the festival.',
});
export const dueDatePast = defineRefusal('due-date-past', 'invalid', {
  kk: 'Мерзім өтіп кеткен. Фестиваль уақыты бойынша болашақ күн керек.',
  ru: 'Срок уже прошёл. Нужна будущая дата по времени фестиваля.',
  en: 'The due date is in the past of festival time.',
});
