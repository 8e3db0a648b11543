import { defineRefusal } from '#libs/kernel';

export const bodyNotJson = defineRefusal('body-not-json', 'malformed', {
  kk: 'Сұраудың мәтіні JSON емес. Ештеңе сақталған жоқ.',
  ru: 'Тело запроса — не JSON. Ничего не сохранено.',
  en: 'The body is not JSON. Nothing was saved.',
});
export const bodyInvalid = defineRefusal('body-invalid', 'invalid', {
  kk: 'Кейбір өрістер дұрыс емес. Ештеңе сақталған жоқ.',
  ru: 'Некоторые поля заполнены неверно. Ничего не сохранено.',
  en: 'Some fields are not right. Nothing was saved.',
});
export const bodyTooLarge = defineRefusal('body-too-large', 'too-large', {
  kk: 'Жіберілген дерек тым үлкен.',
  ru: 'Отправлено слишком много данных.',
  en: 'What was sent is too large.',
});
export const mediaTypeUnsupported = defineRefusal('media-type-unsupported', 'unsupported', {
  kk: 'Бұл пішімде қабылдай алмаймыз.',
  ru: 'Этот формат не принимается.',
  en: 'This format is not accepted here.',
});
export const routeUnknown = defineRefusal('route-unknown', 'not-found', {
  kk: 'Мұндай мекенжай жоқ.',
  ru: 'Такого адреса нет.',
  en: 'There is nothing at this address.',
});
export const notFound = defineRefusal('not-found', 'not-found', {
  kk: 'Мұндайды таппадық.',
  ru: 'Ничего не нашлось.',
  en: 'We could not find that.',
});
export const signInNeeded = defineRefusal('sign-in-needed', 'unauthenticated', {
  kk: 'Алдымен кіріңіз.',
  ru: 'Сначала войдите.',
  en: 'Please sign in first.',
});
export const tokenRefused = defineRefusal('token-refused', 'unauthenticated', {
  kk: 'Кіру мерзімі өтіп кетті. Қайта кіріңіз.',
  ru: 'Срок входа истёк. Войдите ещё раз.',
  en: 'Your sign-in has run out. Please sign in again.',
});
export const roleNeeded = defineRefusal('role-needed', 'forbidden', {
  kk: 'Бұл әрекетке құқығыңыз жоқ.',
  ru: 'На это действие у вас нет права.',
  en: 'Your role does not allow this.',
});
export const idempotencyKeyNeeded = defineRefusal('idempotency-key-needed', 'malformed', {
  kk: 'Idempotency-Key тақырыбы керек (8–128 таңба).',
  ru: 'Нужен заголовок Idempotency-Key (от 8 до 128 знаков).',
  en: 'The header Idempotency-Key is needed (8 to 128 characters).',
});
export const idempotencyKeyReused = defineRefusal('idempotency-key-reused', 'invalid', {
  kk: 'Бұл кілтпен басқа сұрау жіберілген.',
  ru: 'С этим ключом уже отправлен другой запрос.',
  en: 'This key was already used for a different request.',
});
export const requestInFlight = defineRefusal('request-in-flight', 'conflict', {
  kk: 'Дәл осы сұрау орындалып жатыр.',
  ru: 'Этот же запрос ещё выполняется.',
  en: 'This same request is still being worked on.',
});
export const tooManyRequests = defineRefusal('too-many-requests', 'too-many', {
  kk: 'Сұраулар тым жиі. Сәл күте тұрыңыз.',
  ru: 'Слишком много запросов. Подождите немного.',
  en: 'Too many requests. Please wait a moment.',
});
export const partUnavailable = defineRefusal('part-unavailable', 'unavailable', {
  kk: 'Жүйенің бір бөлігі жауап бермей тұр. Ештеңе жоғалған жоқ, сәлден соң қайталаңыз.',
  ru: 'Часть системы не отвечает. Ничего не потеряно, повторите чуть позже.',
  en: 'A part of the system is not answering. Nothing is lost; please try again shortly.',
});
export const unexpected = defineRefusal('unexpected', 'unavailable', {
  kk: 'Біздің тарапта ақау болды. Ештеңе сақталған жоқ.',
  ru: 'У нас произошёл сбой. Ничего не сохранено.',
  en: 'Something went wrong on our side. Nothing was saved.',
});
export const preconditionNeeded = defineRefusal('precondition-needed', 'malformed', {
  kk: 'If-Match тақырыбы керек.',
  ru: 'Нужен заголовок If-Match.',
  en: 'The header If-Match is needed.',
});
export const changedMeanwhile = defineRefusal('changed-meanwhile', 'stale', {
  kk: 'Сіз ашқаннан кейін біреу өзгертіп қойды. Жаңартып көріңіз.',
  ru: 'Пока страница была открыта, данные изменились. Обновите и проверьте.',
  en: 'This was changed after you opened it. Please reload and look again.',
});
