import { defineRefusal } from '#libs/kernel';

export const notAtDesk = defineRefusal('not-at-desk', 'conflict', {
  kk: 'Бұл санат орнында рәсімделмейді.',
  ru: 'В этой категории на месте не аккредитуют.',
  en: 'This category is not accredited at the desk.',
});
export const walkUpUnknown = defineRefusal('walk-up-unknown', 'not-found', {
  kk: 'Бұл стойкада мұндай өтінім жоқ.',
  ru: 'На этой стойке такой заявки нет.',
  en: 'There is no such application at this desk.',
});
