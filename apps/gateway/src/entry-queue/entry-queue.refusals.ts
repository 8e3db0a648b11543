import { defineRefusal } from '#libs/kernel';

export const queueUnknown = defineRefusal('entry-queue-unknown', 'not-found', {
  kk: 'Мұндай кезек жоқ.',
  ru: 'Такой очереди нет.',
  en: 'There is no such queue.',
});
export const queueStands = defineRefusal('entry-queue-stands', 'too-many', {
  kk: 'Сату кезекпен ашылды. Алдымен кезекке тұрыңыз.',
  ru: 'Продажа идёт по очереди. Сначала займите место в ней.',
  en: 'Tickets are sold by queue. Please take a place in it first.',
});
export const placeUnknown = defineRefusal('queue-place-unknown', 'gone', {
  kk: 'Бұл орын табылмады. Кезекке қайта тұрыңыз.',
  ru: 'Такого места нет. Встаньте в очередь заново.',
  en: 'There is no such place. Please join the queue again.',
});
export const placeElsewhere = defineRefusal('queue-place-elsewhere', 'conflict', {
  kk: 'Бұл орын басқа браузерде ашылды, енді сонда жарамды.',
  ru: 'Это место открыли в другом браузере, теперь оно действует там.',
  en: 'This place was opened in another browser and belongs there now.',
});
export const networkFull = defineRefusal('queue-network-full', 'too-many', {
  kk: 'Бұл желіден тым көп орын алынған. Кіріп алып, қайталаңыз.',
  ru: 'Из этой сети занято слишком много мест. Войдите в учётную запись и повторите.',
  en: 'Too many places were taken from this network. Please sign in and try again.',
});
export const queueUnderWay = defineRefusal('entry-queue-under-way', 'conflict', {
  kk: 'Кезек ашылып қойды: тек жылдамдығын өзгертуге немесе жабуға болады.',
  ru: 'Очередь уже идёт: можно менять только скорость или закрыть её.',
  en: 'The queue is under way: only its rate can be changed, or it can be closed.',
});
