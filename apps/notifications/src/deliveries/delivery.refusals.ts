import { defineRefusal } from '#libs/kernel';

export const deliveryUnknown = defineRefusal('delivery-unknown', 'not-found', {
  kk: 'Мұндай хабарлама жоқ.',
  ru: 'Такого сообщения нет.',
  en: 'There is no such message.',
});

export const deliveryNotKept = defineRefusal('delivery-not-kept', 'gone', {
  kk: 'Бұл хабарламаның мазмұны сақталмайды: онда кілт болған немесе адамның деректері өшірілген.',
  ru: 'Содержание этого сообщения не хранится: в нём был ключ, или данные человека удалены.',
  en: 'What this message said is not kept: it held a credential, or the person was erased.',
});

export const deliveryUnderWay = defineRefusal('delivery-under-way', 'conflict', {
  kk: 'Бұл хабарлама әлі жолда. Алдымен соның нәтижесін күтіңіз.',
  ru: 'Это сообщение ещё в пути. Сначала дождитесь, чем оно закончится.',
  en: 'This message is still on its way. Please wait for its end first.',
});
