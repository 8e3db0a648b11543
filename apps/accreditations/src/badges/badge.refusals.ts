import { defineRefusal } from '#libs/kernel';

export const badgeUnknown = defineRefusal('badge-unknown', 'not-found', {
  kk: 'Мұндай бейдж жоқ.',
  ru: 'Такого бейджа нет.',
  en: 'There is no such badge.',
});
export const badgeStepIllegal = defineRefusal('badge-step-illegal', 'conflict', {
  kk: 'Бейджбен қазір мұны істеуге болмайды: оның күйі басқа.',
  ru: 'С бейджем в этом состоянии так нельзя.',
  en: 'The state of this badge does not allow that.',
});
