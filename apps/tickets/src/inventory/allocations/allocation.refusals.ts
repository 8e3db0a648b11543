import { defineRefusal, type Refusal } from '#libs/kernel';
import type { AllocationNo } from './allocation.rules.js';

export const noAllocation = defineRefusal('no-allocation', 'conflict', {
  kk: 'Бұл сеанста сізге арналған орын қазір жоқ.',
  ru: 'На этом сеансе сейчас нет мест вашей квоты.',
  en: 'This screening has no places for you at the moment.',
});
export const allocationNotYetOpen = defineRefusal('allocation-not-yet-open', 'conflict', {
  kk: 'Сізге арналған орындар әлі ашылған жоқ.',
  ru: 'Места вашей квоты ещё не открыты.',
  en: 'The places set aside for you are not open yet.',
});
export const allocationClosed = defineRefusal('allocation-closed', 'conflict', {
  kk: 'Сізге арналған орындарды алу мерзімі өтті.',
  ru: 'Срок для мест вашей квоты прошёл.',
  en: 'The time for the places set aside for you is over.',
});

/** The refusal of a rule that said no, with what it looked at. */
export function allocationRefusal(screening: string, no: AllocationNo): Refusal {
  const { rule, ...facts } = no;
  if (rule === 'not-yet-open') return allocationNotYetOpen({ screening, rule, ...facts });
  if (rule === 'closed') return allocationClosed({ screening, rule, ...facts });
  return noAllocation({ screening, rule, ...facts });
}

/** Said by a function of the database. @public */
export const companionPlacesSold = defineRefusal('companion-places-sold', 'conflict', {
  kk: 'Серік орындарының бірі жеке сатылып қойған.',
  ru: 'Место спутника уже продано отдельно.',
  en: 'A companion place has already been sold by itself.',
});
