import { defineRefusal } from '#libs/kernel';

export const kindUnavailable = defineRefusal('ticket-kind-unavailable', 'invalid', {
  kk: 'Бұл орынға мұндай билет түрі берілмейді.',
  ru: 'На это место такой вид билета не продаётся.',
  en: 'This kind of ticket is not sold for this seat.',
});
export const promoUnknown = defineRefusal('promo-unknown', 'invalid', {
  kk: 'Мұндай промокод жоқ.',
  ru: 'Такого промокода нет.',
  en: 'There is no such promo code.',
});
export const promoNotValid = defineRefusal('promo-not-valid', 'invalid', {
  kk: 'Бұл промокод қазір жарамайды.',
  ru: 'Этот промокод сейчас не действует.',
  en: 'This promo code is not valid now.',
});
export const promoNothingToDo = defineRefusal('promo-not-for-this', 'invalid', {
  kk: 'Бұл промокод себеттегі орындарға жүрмейді.',
  ru: 'Этот промокод не подходит к местам в корзине.',
  en: 'This promo code does not fit the seats in the basket.',
});
export const promoUsedUp = defineRefusal('promo-used-up', 'conflict', {
  kk: 'Бұл промокод таусылды.',
  ru: 'Этот промокод уже исчерпан.',
  en: 'This promo code is used up.',
});
export const promoCodeTaken = defineRefusal('promo-code-taken', 'conflict', {
  kk: 'Мұндай промокод бар.',
  ru: 'Такой промокод уже есть.',
  en: 'This promo code exists already.',
});
export const priceChanged = defineRefusal('price-changed', 'conflict', {
  kk: 'Баға өзгерді. Жаңа бағаны қарап, қайта растаңыз.',
  ru: 'Цена изменилась. Посмотрите новую и подтвердите ещё раз.',
  en: 'The price has changed. Please look at the new one and confirm again.',
});
export const rulesContradict = defineRefusal('price-rules-contradict', 'invalid', {
  kk: 'Баға ережелері бір-біріне қайшы.',
  ru: 'Правила цен противоречат друг другу.',
  en: 'The price rules contradict each other.',
});
export const passNotUsable = defineRefusal('pass-not-usable', 'invalid', {
  kk: 'Бұл абонемент мұнда жарамайды.',
  ru: 'Этот абонемент здесь не действует.',
  en: 'This pass can’t be used here.',
});
