import { defineRefusal } from '#libs/kernel';

export const releaseUnknown = defineRefusal('release-unknown', 'not-found', {
  kk: 'Мұндай шығарылым жоқ.',
  ru: 'Такого выпуска решений нет.',
  en: 'There is no such release.',
});
export const releaseOver = defineRefusal('release-over', 'conflict', {
  kk: 'Бұл шешімдер жарияланып қойған не тасталған.',
  ru: 'Эти решения уже объявлены или отброшены.',
  en: 'These decisions are out already, or were discarded.',
});
export const otherEdition = defineRefusal('other-edition', 'invalid', {
  kk: 'Өтінім басқа фестивальдікі.',
  ru: 'Заявка другого фестиваля.',
  en: 'The application is of another edition.',
});
export const secondOpinionNeeded = defineRefusal('second-opinion-needed', 'conflict', {
  kk: 'Мақұлдауға екінші қызметкердің келісімі керек.',
  ru: 'Для одобрения нужно согласие второго сотрудника.',
  en: 'Another officer has to agree before this can be approved.',
});
export const changeDecidedAlone = defineRefusal('change-decided-alone', 'conflict', {
  kk: 'Мақұлданғаннан кейінгі өзгеріс жеке шешіледі.',
  ru: 'Изменение после одобрения решают отдельно.',
  en: 'A change after the approval is decided on its own.',
});
export const releaseTimePast = defineRefusal('release-time-past', 'invalid', {
  kk: 'Бұл уақыт өтіп кеткен. Фестиваль уақыты бойынша болашақ уақыт керек.',
  ru: 'Это время прошло. Нужно будущее по времени фестиваля.',
  en: 'That time is in the past of festival time.',
});
