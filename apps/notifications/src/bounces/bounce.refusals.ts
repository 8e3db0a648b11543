import { defineRefusal } from '#libs/kernel';

export const webhookUnsigned = defineRefusal('webhook-unsigned', 'unauthenticated', {
  kk: 'Хабарламаның қолтаңбасы сәйкес емес. Ештеңе сақталған жоқ.',
  ru: 'Подпись сообщения не сходится. Ничего не сохранено.',
  en: 'The message is not signed as it should be. Nothing was saved.',
});

export const suppressionUnknown = defineRefusal('suppression-unknown', 'not-found', {
  kk: 'Мұндай тоқтатылған мекенжай жоқ.',
  ru: 'Такого остановленного адреса нет.',
  en: 'There is no such suppressed address.',
});
