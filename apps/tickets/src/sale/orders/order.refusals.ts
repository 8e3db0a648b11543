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
