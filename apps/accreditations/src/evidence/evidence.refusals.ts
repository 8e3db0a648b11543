import { defineRefusal } from '#libs/kernel';

export const evidenceUnknown = defineRefusal('evidence-unknown', 'not-found', {
  kk: 'Мұндай құжат жоқ.',
  ru: 'Такого документа нет.',
  en: 'There is no such paper.',
});
export const evidenceKindUnknown = defineRefusal('evidence-kind-unknown', 'invalid', {
  kk: 'Бұл санатқа мұндай құжат керек емес.',
  ru: 'Для этой категории такой документ не нужен.',
  en: 'This category does not ask for that kind of paper.',
});
export const evidenceTypeRefused = defineRefusal('evidence-type-refused', 'unsupported', {
  kk: 'Файлдың түрі сәйкес емес: PDF, JPEG немесе PNG керек. Ештеңе сақталған жоқ.',
  ru: 'Файл не того вида: нужен PDF, JPEG или PNG. Ничего не сохранено.',
  en: 'The file is of another kind: PDF, JPEG or PNG is needed. Nothing was saved.',
});
export const evidenceTooLarge = defineRefusal('evidence-too-large', 'too-large', {
  kk: 'Файл тым үлкен. Ештеңе сақталған жоқ.',
  ru: 'Файл слишком большой. Ничего не сохранено.',
  en: 'The file is too large. Nothing was saved.',
});
export const evidenceEmpty = defineRefusal('evidence-empty', 'invalid', {
  kk: 'Файл бос.',
  ru: 'Файл пустой.',
  en: 'The file is empty.',
});
export const evidenceTooMany = defineRefusal('evidence-too-many', 'conflict', {
  kk: 'Мұндай құжат жеткілікті. Алдымен ескісін өшіріңіз.',
  ru: 'Таких документов уже достаточно. Сначала удалите прежний.',
  en: 'There are enough papers of this kind. Remove one first.',
});
export const uploadMalformed = defineRefusal('upload-malformed', 'malformed', {
  kk: '«kind» өрісі мен бір «file» файлы бар форма керек.',
  ru: 'Нужна форма с полем «kind» и одним файлом «file».',
  en: 'A form with the field "kind" and one file "file" is needed.',
});
