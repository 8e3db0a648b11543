import { defineRefusal } from '#libs/kernel';

export const leaseUnknown = defineRefusal('lease-unknown', 'not-found', {
  kk: 'Бұл кассаға мұндай орындар берілмеген.',
  ru: 'Таких мест кассе не выдавали.',
  en: 'No such seats were leased to a counter.',
});
/** Spoken by the database too. */
export const leaseOver = defineRefusal('lease-over', 'conflict', {
  kk: 'Кассаға берілген орындардың уақыты бітті.',
  ru: 'Время мест, выданных кассе, закончилось.',
  en: 'The time of the leased seats is over.',
});
/** Spoken by the database, and never told to anybody: such a sale is listed as a conflict. */
export const leasedSeatSold = defineRefusal('leased-seat-sold', 'conflict', {
  kk: 'Бұл орындардың бірі бұрын сатылған.',
  ru: 'Одно из этих мест уже продано.',
  en: 'One of these seats was sold before.',
});
export const leaseRuns = defineRefusal('lease-runs', 'conflict', {
  kk: 'Касса бұл орындарды әлі сата алады. Уақыты біткенше күтіңіз.',
  ru: 'Касса ещё может продавать эти места. Дождитесь конца срока.',
  en: 'The counter may still sell these seats. Please wait for the end of its time.',
});
export const leasedSeatUnknown = defineRefusal('leased-seat-unknown', 'invalid', {
  kk: 'Бұл кассаға берілген орындар арасында ондай орын не билет түрі жоқ.',
  ru: 'Среди мест, выданных кассе, нет такого места или вида билета.',
  en: 'The leased seats have no such seat or kind of ticket.',
});
export const leaseConflictUnknown = defineRefusal('lease-conflict-unknown', 'not-found', {
  kk: 'Мұндай қайшылық жоқ.',
  ru: 'Такого конфликта нет.',
  en: 'There is no such conflict.',
});
