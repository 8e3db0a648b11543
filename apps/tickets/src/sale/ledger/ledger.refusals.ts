import { defineRefusal } from '#libs/kernel';

/** Spoken by the database. @public */
export const dayNotOver = defineRefusal('day-not-over', 'conflict', {
  kk: 'Бұл күн әлі біткен жоқ.',
  ru: 'Этот день ещё не закончился.',
  en: 'That day is not over yet.',
});
export const dayMalformed = defineRefusal('day-malformed', 'invalid', {
  kk: 'Күн былай жазылады: 2019-09-16.',
  ru: 'День пишется так: 2019-09-16.',
  en: 'A day is written like this: 2019-09-16.',
});
export const accountsEqual = defineRefusal('correction-goes-nowhere', 'invalid', {
  kk: 'Түзету бір шоттан екінші шотқа жүргізіледі.',
  ru: 'Исправление переносит сумму с одного счёта на другой.',
  en: 'A correction moves an amount from one account to another.',
});
export const ledgerOrderUnknown = defineRefusal('ledger-order-unknown', 'not-found', {
  kk: 'Мұндай тапсырыстың есебі жоқ.',
  ru: 'Счёта такого заказа нет.',
  en: 'There are no books of such an order.',
});
