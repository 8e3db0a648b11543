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
export const evidenceSuspicious = defineRefusal('evidence-suspicious', 'unsupported', {
  kk: 'Файлда құжаттан басқа нәрсе бар (код, мұрағат немесе тіркеме). Қарапайым PDF не сурет жіберіңіз. Ештеңе сақталған жоқ.',
  ru: 'В файле есть не только документ: код, архив или вложение. Пришлите простой PDF или снимок. Ничего не сохранено.',
  en: 'The file holds more than a document: code, an archive or an attachment. Send a plain PDF or a picture. Nothing was saved.',
});
export const evidenceApproved = defineRefusal('evidence-approved', 'conflict', {
  kk: 'Бұл құжат мақұлданған тіркелімге жатады. Жаңасын қосыңыз, ескісі өзгеріс шешілгенше қалады.',
  ru: 'Документ относится к одобренной аккредитации. Добавьте новый: прежний остаётся, пока изменение не решено.',
  en: 'This paper is of what was approved. Add the new one: the old one stays until the change is decided.',
});
export const evidenceEncrypted = defineRefusal('evidence-encrypted', 'unsupported', {
  kk: 'PDF құпиясөзбен жабылған. Құпиясөзсіз жіберіңіз.',
  ru: 'PDF закрыт паролем. Пришлите его без пароля.',
  en: 'The PDF is locked with a password. Send it without one.',
});
export const evidenceBroken = defineRefusal('evidence-broken', 'unsupported', {
  kk: 'Файл ашылмайды: соңы жоқ немесе бүлінген. Қайта сақтап жіберіңіз.',
  ru: 'Файл не открывается: оборван или повреждён. Сохраните его заново и пришлите ещё раз.',
  en: 'The file cannot be opened: it breaks off or is damaged. Save it again and send it once more.',
});
export const evidenceTooManyPixels = defineRefusal('evidence-too-many-pixels', 'too-large', {
  kk: 'Сурет тым үлкен. Кішірейтіп жіберіңіз.',
  ru: 'Снимок слишком большой. Уменьшите его.',
  en: 'The picture has too many pixels. Make it smaller.',
});
export const evidenceTooManyPages = defineRefusal('evidence-too-many-pages', 'too-large', {
  kk: 'PDF-те бет тым көп.',
  ru: 'В PDF слишком много страниц.',
  en: 'The PDF has too many pages.',
});
export const evidencePortraitShape = defineRefusal('evidence-portrait-shape', 'invalid', {
  kk: 'Бейджге тік 3:4 сурет керек, кемінде 480 × 640 нүкте, тура қарап түскен.',
  ru: 'Для бейджа нужен снимок 3:4, вертикальный, анфас, не меньше 480 × 640 точек.',
  en: 'A badge needs an upright portrait of 3:4, face to the camera, at least 480 × 640 pixels.',
});
export const evidenceLinkEnded = defineRefusal('evidence-link-ended', 'gone', {
  kk: 'Сілтеменің уақыты өтті. Құжатты тізімнен қайта ашыңыз.',
  ru: 'Ссылка больше не действует. Откройте документ из списка ещё раз.',
  en: 'The link has ended. Open the paper from the list again.',
});
