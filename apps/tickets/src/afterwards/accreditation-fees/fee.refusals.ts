import { defineRefusal } from '#libs/kernel';

export const feeUnknown = defineRefusal('fee-unknown', 'not-found', {
  kk: 'Мұндай аккредитация жарнасы жоқ.',
  ru: 'Такого взноса за аккредитацию нет.',
  en: 'There is no such accreditation fee.',
});
export const feeNotDue = defineRefusal('fee-not-due', 'conflict', {
  kk: 'Бұл жарнаны енді төлеудің керегі жоқ: ол төленген немесе алынып тасталған.',
  ru: 'Этот взнос платить уже не нужно: он оплачен или снят.',
  en: 'This fee need not be paid any more: it is paid or was withdrawn.',
});
export const feeOverdue = defineRefusal('fee-overdue', 'conflict', {
  kk: 'Жарнаны төлеу мерзімі өтіп кетті.',
  ru: 'Срок оплаты взноса прошёл.',
  en: 'The date for paying this fee has passed.',
});
export const feeOrderOpen = defineRefusal('fee-order-open', 'conflict', {
  kk: 'Бұл жарнаға ашық тапсырыс бар: соны төлеңіз.',
  ru: 'Для этого взноса уже есть открытый заказ: оплатите его.',
  en: 'An order for this fee is open already: please pay that one.',
});
