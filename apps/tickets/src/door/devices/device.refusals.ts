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
