import { defineRefusal } from '#libs/kernel';

export const printUnknown = defineRefusal('print-unknown', 'not-found', {
  kk: 'Мұндай басылым жоқ.',
  ru: 'Такой печати нет.',
  en: 'There is no such print.',
});
export const printStepIllegal = defineRefusal('print-step-illegal', 'conflict', {
  kk: 'Басылымның қазіргі күйі бұған жол бермейді.',
  ru: 'Состояние печати этого не допускает.',
  en: 'The state of this print does not allow that.',
});
export const nothingToPrint = defineRefusal('nothing-to-print', 'conflict', {
  kk: 'Басатын бейдж жоқ: бәрі басылған немесе жарамсыз.',
  ru: 'Печатать нечего: бейджи уже напечатаны или не действуют.',
  en: 'There is nothing to print: the badges are printed already or do not live.',
});
export const batchNotReady = defineRefusal('batch-not-ready', 'conflict', {
  kk: 'PDF әлі дайын емес.',
  ru: 'PDF ещё не готов.',
  en: 'The PDF is not ready yet.',
});
export const badgeOnPaper = defineRefusal('badge-on-paper', 'conflict', {
  kk: 'Бұл бейдж басылып қойған. Жаңасы керек болса, қайта басыңыз: нөмірі ауысады.',
  ru: 'Этот бейдж уже напечатан. Если нужен новый, перепечатайте: номер сменится.',
  en: 'This badge is on paper already. If another is needed, reprint it: the serial changes.',
});
export const batchPdfGone = defineRefusal('batch-pdf-gone', 'gone', {
  kk: 'PDF сақталмайды: ондағы деректер өшірілді. Қажет болса, бейджді стойкада басыңыз.',
  ru: 'PDF больше не хранится: данные в нём удалены. Если нужно, напечатайте бейдж на стойке.',
  en: 'The PDF is no longer kept: what it held was removed. Print the badge at the desk if it is needed.',
});
