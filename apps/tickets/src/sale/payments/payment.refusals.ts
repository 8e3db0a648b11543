import { defineRefusal } from '#libs/kernel';

/** Spoken by the database. @public */
export const chargebackTooLarge = defineRefusal('chargeback-too-large', 'invalid', {
  kk: 'Бұл төлемде мұнша ақша жоқ.',
  ru: 'В этом платеже нет такой суммы.',
  en: 'That payment does not hold so much.',
});
export const chargebackUnknown = defineRefusal('chargeback-unknown', 'not-found', {
  kk: 'Мұндай даулы төлем жоқ.',
  ru: 'Такого спорного платежа нет.',
  en: 'There is no such disputed payment.',
});
/** Spoken by the database. @public */
export const chargebackClosed = defineRefusal('chargeback-closed', 'conflict', {
  kk: 'Бұл дау шешілген.',
  ru: 'Этот спор уже решён.',
  en: 'That dispute has been decided.',
});
/** Spoken by the database. @public */
export const paymentNotInReview = defineRefusal('payment-not-in-review', 'conflict', {
  kk: 'Бұл төлем тексеруде емес.',
  ru: 'Этот платёж не на проверке.',
  en: 'That payment is not in review.',
});
/** Spoken by the database. @public */
export const refundNotByHand = defineRefusal('refund-not-by-hand', 'conflict', {
  kk: 'Бұл ақшаны төлем жүйесі қайтарады.',
  ru: 'Эти деньги возвращает платёжная система.',
  en: 'That money goes back through the payment provider.',
});
