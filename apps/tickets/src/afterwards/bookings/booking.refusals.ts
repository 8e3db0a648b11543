import { defineRefusal } from '#libs/kernel';

export const bookingUnknown = defineRefusal('booking-unknown', 'not-found', {
  kk: 'Мұндай брон табылмады.',
  ru: 'Такой брони нет.',
  en: 'There is no such booking.',
});
export const tooLateToCancel = defineRefusal('too-late-to-cancel', 'conflict', {
  kk: 'Бұл бронды енді болдырмауға кеш.',
  ru: 'Отменить эту бронь уже нельзя.',
  en: 'It is too late to cancel this booking.',
});
export const noSeatLeft = defineRefusal('no-seat-left', 'conflict', {
  kk: 'Бұл сеанста бос орын қалмады.',
  ru: 'На этом сеансе свободных мест не осталось.',
  en: 'There are no free seats left for this screening.',
});
