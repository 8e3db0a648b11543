import { defineRefusal, type Refusal } from '#libs/kernel';
import type { ChangeNo } from './change.rules.js';

export const orderNotPaid = defineRefusal('order-not-paid', 'conflict', {
  kk: 'Бұл тапсырыс төленбеген.',
  ru: 'Этот заказ не оплачен.',
  en: 'This order is not paid.',
});
export const ticketEnded = defineRefusal('ticket-ended', 'conflict', {
  kk: 'Бұл билет енді жарамсыз.',
  ru: 'Этот билет уже недействителен.',
  en: 'This ticket is no longer valid.',
});
export const ticketTransferred = defineRefusal('ticket-transferred', 'conflict', {
  kk: 'Бұл билет басқа адамға берілген.',
  ru: 'Этот билет передан другому человеку.',
  en: 'This ticket was given to somebody else.',
});
export const ticketEntered = defineRefusal('ticket-entered', 'conflict', {
  kk: 'Бұл билетпен залға кірген.',
  ru: 'По этому билету уже вошли в зал.',
  en: 'Somebody has entered with this ticket.',
});
export const ticketUnderExchange = defineRefusal('ticket-under-exchange', 'conflict', {
  kk: 'Бұл билет айырбасталып жатыр.',
  ru: 'Этот билет сейчас обменивают.',
  en: 'This ticket is being exchanged.',
});
export const changeTooLate = defineRefusal('change-too-late', 'conflict', {
  kk: 'Мерзімі өтіп кетті.',
  ru: 'Срок уже прошёл.',
  en: 'It is too late for that.',
});
export const changeNotOffered = defineRefusal('change-not-offered', 'conflict', {
  kk: 'Бұл фестивальде мұндай мүмкіндік жоқ.',
  ru: 'На этом фестивале такой возможности нет.',
  en: 'This festival does not offer that.',
});
export const linesUnknown = defineRefusal('order-line-unknown', 'invalid', {
  kk: 'Тапсырыста мұндай орын жоқ.',
  ru: 'В заказе нет такого места.',
  en: 'The order has no such seat.',
});
export const feeChanged = defineRefusal('fee-changed', 'conflict', {
  kk: 'Ұсталатын сома өзгерді. Қарап, қайта растаңыз.',
  ru: 'Удержание изменилось. Посмотрите и подтвердите ещё раз.',
  en: 'The fee has changed. Please look and confirm again.',
});
export const exchangeUneven = defineRefusal('exchange-uneven', 'invalid', {
  kk: 'Қанша билет айырбастасаңыз, сонша орын таңдаңыз.',
  ru: 'Выберите столько мест, сколько билетов обмениваете.',
  en: 'Please choose as many seats as tickets to exchange.',
});
/** Spoken by the database. @public */
export const ticketUsedOrEnded = defineRefusal('ticket-used-or-ended', 'conflict', {
  kk: 'Бұл билет енді жарамсыз немесе онымен кіріп қойған.',
  ru: 'Этот билет уже недействителен или по нему вошли.',
  en: 'This ticket has ended, or somebody has entered with it.',
});

const NO: Record<ChangeNo, (facts: Record<string, unknown>) => Refusal> = {
  'order-not-paid': orderNotPaid,
  'ticket-ended': ticketEnded,
  'ticket-transferred': ticketTransferred,
  'ticket-entered': ticketEntered,
  'ticket-under-exchange': ticketUnderExchange,
  'change-too-late': changeTooLate,
  'change-not-offered': changeNotOffered,
};

export function changeRefused(why: ChangeNo, line: number): Refusal {
  return NO[why]({ line });
}
