import { defineRefusal } from '#libs/kernel';

export const invitationUnknown = defineRefusal('invitation-unknown', 'not-found', {
  kk: 'Мұндай шақыру табылмады. Сілтемені толық көшіргеніңізді тексеріңіз.',
  ru: 'Такого приглашения нет. Проверьте, целиком ли скопирована ссылка.',
  en: 'There is no such invitation. Please check that the whole link was copied.',
});
export const invitationOver = defineRefusal('invitation-over', 'conflict', {
  kk: 'Бұл шақыруға жауап беру мерзімі өтті.',
  ru: 'Срок ответа на это приглашение прошёл.',
  en: 'The time to answer this invitation is over.',
});
export const invitationTooMany = defineRefusal('invitation-too-many', 'invalid', {
  kk: 'Шақыруда бұдан аз орын бар.',
  ru: 'В приглашении меньше мест.',
  en: 'The invitation has fewer places.',
});
