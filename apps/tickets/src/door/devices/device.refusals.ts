import { defineRefusal } from '#libs/kernel';

export const pairingCodeUnknown = defineRefusal('pairing-code-unknown', 'not-found', {
  kk: 'Бұл жұптау коды жарамсыз немесе ескірген.',
  ru: 'Код сопряжения неверен или устарел.',
  en: 'This pairing code is wrong or out of date.',
});
export const deviceUnknown = defineRefusal('device-unknown', 'not-found', {
  kk: 'Мұндай құрылғы жоқ.',
  ru: 'Такого устройства нет.',
  en: 'There is no such device.',
});
export const deviceRevoked = defineRefusal('device-revoked', 'unauthenticated', {
  kk: 'Бұл құрылғы өшірілген.',
  ru: 'Это устройство отключено.',
  en: 'This device has been revoked.',
});
export const deviceShiftOver = defineRefusal('device-shift-over', 'unauthenticated', {
  kk: 'Құрылғының ауысымы аяқталды.',
  ru: 'Смена этого устройства окончена.',
  en: 'The shift of this device is over.',
});
export const deviceShiftAhead = defineRefusal('device-shift-ahead', 'unauthenticated', {
  kk: 'Құрылғының ауысымы әлі басталған жоқ.',
  ru: 'Смена этого устройства ещё не началась.',
  en: 'The shift of this device has not begun yet.',
});
export const deviceProofWrong = defineRefusal('device-proof-wrong', 'unauthenticated', {
  kk: 'Құрылғының қолтаңбасы сәйкес келмейді.',
  ru: 'Подпись устройства не подходит.',
  en: 'The signature of the device does not fit.',
});
export const deviceNotHere = defineRefusal('device-not-here', 'forbidden', {
  kk: 'Бұл құрылғы бұл сеанстың есігіне арналмаған.',
  ru: 'Это устройство не для входа на этот сеанс.',
  en: 'This device is not for the doors of this screening.',
});
export const shiftEmpty = defineRefusal('device-shift-empty', 'invalid', {
  kk: 'Ауысым басталмай жатып аяқталады.',
  ru: 'Смена кончается раньше, чем начинается.',
  en: 'The shift ends before it begins.',
});
export const operatorNeeded = defineRefusal('door-operator-needed', 'forbidden', {
  kk: 'Алдымен ауысымның PIN кодын теріңіз.',
  ru: 'Сначала введите PIN смены.',
  en: 'Enter the PIN of the shift first.',
});
export const findingNotAllowed = defineRefusal('door-finding-not-allowed', 'forbidden', {
  kk: 'Бұл PIN адамдарды аты бойынша іздеуге рұқсат бермейді.',
  ru: 'С этим PIN нельзя искать людей по имени.',
  en: 'This PIN does not allow looking people up by name.',
});
export const pinUnknown = defineRefusal('door-pin-unknown', 'not-found', {
  kk: 'Мұндай PIN жоқ немесе оның мерзімі өткен.',
  ru: 'Такого PIN нет или его срок вышел.',
  en: 'There is no such PIN, or its time is over.',
});
export const pinWrong = defineRefusal('door-pin-wrong', 'forbidden', {
  kk: 'PIN қате.',
  ru: 'Неверный PIN.',
  en: 'Wrong PIN.',
});
export const pinLocked = defineRefusal('door-pin-locked', 'too-many', {
  kk: 'PIN бес рет қате терілді. Бір минуттан кейін қайталаңыз.',
  ru: 'PIN пять раз введён неверно. Повторите через минуту.',
  en: 'The PIN was wrong five times. Try again in a minute.',
});
