import { defineRefusal } from '#libs/kernel';

export const buyerNeeded = defineRefusal('buyer-needed', 'invalid', {
  kk: 'Билеттерді қайда жіберетінімізді жазыңыз.',
  ru: 'Укажите, куда прислать билеты.',
  en: 'Please say where we should send the tickets.',
});
export const basketMixed = defineRefusal('basket-mixed', 'invalid', {
  kk: 'Бір тапсырыста бір фестивальдің бөлек сеанстары болуы керек.',
  ru: 'В одном заказе — разные сеансы одного фестиваля.',
  en: 'One order takes different screenings of one festival.',
});
export const basketEmpty = defineRefusal('basket-empty', 'invalid', {
  kk: 'Себет бос: орын не абонемент таңдаңыз.',
  ru: 'Корзина пуста: выберите места или абонемент.',
  en: 'The basket is empty: please choose seats or a pass.',
});
export const orderUnknown = defineRefusal('order-unknown', 'not-found', {
  kk: 'Мұндай тапсырыс табылмады.',
  ru: 'Такого заказа нет.',
  en: 'There is no such order.',
});
export const orderNotPayable = defineRefusal('order-not-payable', 'conflict', {
  kk: 'Бұл тапсырысты енді төлеуге болмайды.',
  ru: 'Этот заказ больше нельзя оплатить.',
  en: 'This order can no longer be paid.',
});
export const groupSize = defineRefusal('group-size', 'invalid', {
  kk: 'Топтық тапсырыста 12-ден 60-қа дейін орын болады.',
  ru: 'В групповом заказе от 12 до 60 мест.',
  en: 'A group order has from 12 to 60 places.',
});
export const companyUnknown = defineRefusal('business-number-wrong', 'invalid', {
  kk: 'БСН дұрыс емес: 12 цифрды тексеріңіз.',
  ru: 'БИН неверен: проверьте 12 цифр.',
  en: 'The business number is wrong: please check its 12 digits.',
});
export const dueDateWrong = defineRefusal('due-date-wrong', 'invalid', {
  kk: 'Төлем күні бүгін мен сеанс күнінің арасында болуы керек.',
  ru: 'Срок оплаты — между сегодняшним днём и днём сеанса.',
  en: 'The due date must lie between today and the day of the screening.',
});
/** Spoken by the database. */
export const orderNotInvoiced = defineRefusal('order-not-invoiced', 'conflict', {
  kk: 'Бұл тапсырысқа шот жазылмаған.',
  ru: 'По этому заказу счёт не выставлен.',
  en: 'There is no invoice for this order.',
});
