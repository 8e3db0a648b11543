import { defineRefusal } from '#libs/kernel';

export const invitationUnknown = defineRefusal('invitation-unknown', 'not-found', {
  kk: 'Мұндай шақыру табылмады. Сілтемені толық көшіргеніңізді тексеріңіз.',
  ru: 'Такого приглашения нет. Проверьте, целиком ли скопирована ссылка.',
  en: 'There is no such invitation. Please check that the whole link was copied.',
});
/** Said by a function of the database. @public */
export const invitationOver = defineRefusal('invitation-over', 'conflict', {
  kk: 'Бұл шақыруға жауап беру мерзімі өтті.',
  ru: 'Срок ответа на это приглашение прошёл.',
  en: 'The time to answer this invitation is over.',
});
/** Said by a function of the database. @public */
export const invitationTooMany = defineRefusal('invitation-too-many', 'invalid', {
  kk: 'Шақыруда бұдан аз орын бар.',
  ru: 'В приглашении меньше мест.',
  en: 'The invitation has fewer places.',
});
/** Said by a function of the database. @public */
export const invitationTicketed = defineRefusal('invitation-ticketed', 'conflict', {
  kk: 'Бұл шақыруға билеттер берілген. Өзгерту үшін протокол бөліміне хабарласыңыз.',
  ru: 'По этому приглашению уже выданы билеты. Чтобы что-то изменить, свяжитесь с протоколом.',
  en: 'This invitation already has its tickets. To change anything, please write to the protocol office.',
});
export const invitationNotSeated = defineRefusal('invitation-not-seated', 'conflict', {
  kk: 'Билет беру үшін шақыру қабылданып, әр қонаққа орын белгіленуі керек.',
  ru: 'Билеты выдаются, когда приглашение принято и место есть у каждого.',
  en: 'Tickets are made once the invitation is accepted and everybody in it has a seat.',
});
