import { definedRefusals, defineRefusal, type Refusal, type RefusalDefinition } from '#libs/kernel';
import { idempotencyKeyReused, requestInFlight } from '#libs/service-defaults';

export const seatsTaken = defineRefusal('seats-taken', 'conflict', {
  kk: 'Бұл орындарды жаңа ғана алып қойды. Қалғандары бос.',
  ru: 'Эти места только что заняли. Остальные свободны.',
  en: 'These seats have just gone. The others are free.',
});
export const seatUnknown = defineRefusal('seat-unknown', 'invalid', {
  kk: 'Бұл залда мұндай орын жоқ.',
  ru: 'В этом зале нет такого места.',
  en: 'There is no such seat in this hall.',
});
export const seatNotForSale = defineRefusal('seat-not-for-sale', 'invalid', {
  kk: 'Бұл орын сатылмайды.',
  ru: 'Это место не продаётся.',
  en: 'This seat is not for sale.',
});
export const companionAlone = defineRefusal('companion-alone', 'invalid', {
  kk: 'Серік орны тек қасындағы арба орнымен бірге беріледі.',
  ru: 'Место спутника даётся только вместе с местом для коляски.',
  en: 'A companion place goes only with its wheelchair place.',
});
export const screeningUnknown = defineRefusal('screening-unknown', 'not-found', {
  kk: 'Мұндай сеанс жоқ.',
  ru: 'Такого сеанса нет.',
  en: 'There is no such screening.',
});
export const notOnSale = defineRefusal('not-on-sale', 'conflict', {
  kk: 'Бұл сеансқа билет қазір сатылмайды.',
  ru: 'Билеты на этот сеанс сейчас не продаются.',
  en: 'This screening is not on sale at the moment.',
});
export const planChanged = defineRefusal('plan-changed', 'conflict', {
  kk: 'Зал сызбасы өзгерді. Картаны жаңартып, қайта таңдаңыз.',
  ru: 'Схема зала изменилась. Обновите карту и выберите места заново.',
  en: 'The hall plan has changed. Please reload the map and choose again.',
});
export const allocationFull = defineRefusal('allocation-full', 'conflict', {
  kk: 'Сізге арналған орындар бітті.',
  ru: 'Места вашей квоты закончились.',
  en: 'The places set aside for you are gone.',
});
export const inventoryRebuilding = defineRefusal('inventory-rebuilding', 'unavailable', {
  kk: 'Орындар картасы қайта жиналып жатыр, бір секундтан соң қайталаңыз.',
  ru: 'Карта мест собирается заново, повторите через секунду.',
  en: 'The seat map is being rebuilt; please try again in a second.',
});
export const seatStreamsFull = defineRefusal('seat-streams-full', 'unavailable', {
  kk: 'Карта қазір екі секунд сайын жаңарады: тікелей көрушілер тым көп.',
  ru: 'Карта сейчас обновляется раз в две секунды: прямых зрителей слишком много.',
  en: 'The map is refreshed every two seconds now: too many are watching it live.',
});
export const badgeNotLive = defineRefusal('badge-not-live', 'forbidden', {
  kk: 'Жарамды бейджіңіз жоқ.',
  ru: 'У вас нет действующего бейджа.',
  en: 'You have no live badge.',
});
export const alreadyBooked = defineRefusal('already-booked', 'conflict', {
  kk: 'Бұл сеансқа орныңыз бар.',
  ru: 'На этот сеанс у вас уже есть бронь.',
  en: 'You already have a booking for this screening.',
});
export const bookingOverlaps = defineRefusal('booking-overlaps', 'conflict', {
  kk: 'Бұл уақытта басқа сеансқа жазылғансыз.',
  ru: 'В это время у вас другая бронь.',
  en: 'You have another booking at that time.',
});
export const delegationFull = defineRefusal('delegation-full', 'conflict', {
  kk: 'Делегацияңыздың осы сеанстағы орындары таусылды.',
  ru: 'Места вашей делегации на этот сеанс закончились.',
  en: 'Your delegation has no places left at this screening.',
});
export const dailyQuotaUsed = defineRefusal('daily-quota-used', 'conflict', {
  kk: 'Бұл күнгі брондарыңыз толды.',
  ru: 'Квота броней на этот день исчерпана.',
  en: 'Your bookings for that day are used up.',
});
export const paymentUnknown = defineRefusal('payment-unknown', 'not-found', {
  kk: 'Мұндай төлем жоқ.',
  ru: 'Такого платежа нет.',
  en: 'There is no such payment.',
});

const BY_CODE = new Map<string, RefusalDefinition>(
  [
    seatsTaken,
    notOnSale,
    planChanged,
    companionAlone,
    allocationFull,
    badgeNotLive,
    alreadyBooked,
    bookingOverlaps,
    dailyQuotaUsed,
    delegationFull,
    paymentUnknown,
    idempotencyKeyReused,
    requestInFlight,
  ].map((definition) => [definition.code, definition]),
);

/** The refusal behind SQLSTATE SE001: the database function said no, with its code as message and its facts as detail. */
export function refusalFromSql(error: unknown): Refusal | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || error.code !== 'SE001') return undefined;
  const { message, detail } = error as { message?: string; detail?: string };
  // The hot paths' own are at hand; a feature's are wherever it declared them.
  const definition = BY_CODE.get(message ?? '') ?? definedRefusals().find(({ code }) => code === message);
  const waiting = message === 'request-in-flight' ? { retryAfterMs: 200 } : {};
  return definition?.(detail ? JSON.parse(detail) : {}, { cause: error, ...waiting });
}
