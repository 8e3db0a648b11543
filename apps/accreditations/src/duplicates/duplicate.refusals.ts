import { defineRefusal } from '#libs/kernel';

export const notMergeable = defineRefusal('not-mergeable', 'conflict', {
  kk: 'Бұл екі өтінімді біріктіруге болмайды.',
  ru: 'Эти две заявки объединить нельзя.',
  en: 'These two applications can’t be merged.',
});
