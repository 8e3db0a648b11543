import { defineRefusal } from '#libs/kernel';

export const receiptUnknown = defineRefusal('receipt-unknown', 'not-found', {
  kk: 'Мұндай түбіртек табылмады.',
  ru: 'Такой квитанции нет.',
  en: 'There is no such receipt.',
});
export const receiptSettled = defineRefusal('receipt-settled', 'conflict', {
  kk: 'Бұл чек тіркелген, оны қайта жіберудің қажеті жоқ.',
  ru: 'Этот чек уже зарегистрирован, отправлять его снова не нужно.',
  en: 'This receipt is registered; there is nothing to send again.',
});
export const fiscalOperatorAway = defineRefusal('fiscal-operator-away', 'unavailable', {
  kk: 'Фискалдық деректер операторы жауап бермейді. Сатылым сақталған, кейінірек қайталаңыз.',
  ru: 'Оператор фискальных данных не отвечает. Продажи сохранены, повторите позже.',
  en: 'The fiscal data operator does not answer. Sales are kept; please try again later.',
});
