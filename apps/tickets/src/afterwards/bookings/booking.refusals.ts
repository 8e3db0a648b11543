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
export const bookingNotYetOpen = defineRefusal('booking-not-yet-open', 'conflict', {
  kk: 'Бұл сеансқа брондау әлі ашылған жоқ.',
  ru: 'Бронирование на этот сеанс ещё не открыто.',
  en: 'Booking for this screening is not open yet.',
});
export const bookingNotOffered = defineRefusal('booking-not-offered', 'conflict', {
  kk: 'Бұл сеансқа билет керек, бейджбен брондалмайды.',
  ru: 'На этот сеанс нужен билет, по бейджу он не бронируется.',
  en: 'This screening needs a ticket; it cannot be booked on a badge.',
});
export const bookingNotNeeded = defineRefusal('booking-not-needed', 'conflict', {
  kk: 'Бұл сеансқа бейджбен бірден кіресіз, брондаудың қажеті жоқ.',
  ru: 'На этот сеанс пускают по бейджу, бронь не нужна.',
  en: 'Your badge alone opens this screening; no booking is needed.',
});
export const screeningBegun = defineRefusal('screening-begun', 'conflict', {
  kk: 'Сеанс басталып кетті.',
  ru: 'Сеанс уже начался.',
  en: 'The screening has begun.',
});
/** Said by a function of the database. @public */
export const bookingBlocked = defineRefusal('booking-blocked', 'forbidden', {
  kk: 'Брондаған орныңызға екі рет келмедіңіз, сондықтан бір тәулік жаңа брон ашылмайды.',
  ru: 'Вы дважды не пришли по брони, поэтому сутки новые брони недоступны.',
  en: 'You missed booked seats, so no new booking is possible for a day.',
});
