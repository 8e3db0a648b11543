import { defineRefusal, type LocalText } from '#libs/kernel';
import { PLAN_REASONS, withAbout } from '../seat-plans/plan-problem.rules.js';

/** One reason why a programme file can't be loaded: where it stands and what is wrong, for a person with an editor. */
export interface RowProblem {
  file: string;
  line: number;
  /** JSON pointer without the leading slash: "screenings/3/hallId". */
  pointer: string;
  code: string;
  reason: LocalText;
}

export const programmeRefused = defineRefusal('programme-refused', 'invalid', {
  kk: 'Бағдарлама файлында қате жолдар бар. Ештеңе жүктелген жоқ.',
  ru: 'В файле программы есть неверные строки. Ничего не загружено.',
  en: 'The programme file has bad rows. Nothing was loaded.',
});

const REASONS: Record<string, LocalText> = {
  'json-broken': {
    kk: 'Бұл жер JSON емес.',
    ru: 'Здесь текст перестаёт быть JSON.',
    en: 'The text stops being JSON here.',
  },
  'file-empty': {
    kk: 'Бағдарлама жолдары жоқ.',
    ru: 'Здесь нет строк программы.',
    en: 'There are no programme rows here.',
  },
  'kind-unknown': {
    kk: 'Мұндай тізім жоқ.',
    ru: 'Такого списка в программе не бывает.',
    en: 'A programme has no such list.',
  },
  'id-missing': { kk: 'Жолдың id мәні керек.', ru: 'У строки нет id.', en: 'The row has no id.' },
  'id-repeated': {
    kk: 'Бұл id осы файлда бұрын болған.',
    ru: 'Этот id уже был в этом файле.',
    en: 'This id stood in the file before.',
  },
  'edition-missing': { kk: 'Фестиваль жолы жоқ.', ru: 'Нет строки фестиваля.', en: 'There is no edition row.' },
  'edition-other': {
    kk: 'Файл басқа фестивальге арналған.',
    ru: 'Файл относится к другому фестивалю.',
    en: 'The file is for another edition.',
  },
  'reference-unknown': { kk: 'Мұндай id жоқ.', ru: 'Такого id нет.', en: 'There is no row with this id.' },
  'zone-unknown': {
    kk: 'Мұндай уақыт белдеуі жоқ.',
    ru: 'Такого часового пояса нет.',
    en: 'There is no such time zone.',
  },
  'time-invalid': {
    kk: 'Күн мен сағат дұрыс емес.',
    ru: 'Неверные день или час.',
    en: 'Not a day and hour of the calendar.',
  },
  'outside-edition': {
    kk: 'Сеанс фестиваль күндерінен тыс.',
    ru: 'Сеанс вне дней фестиваля.',
    en: 'The screening is outside the days of the edition.',
  },
  'state-not-importable': {
    kk: 'Файл бұл күйді қоя алмайды.',
    ru: 'Файл не может задать это состояние.',
    en: 'A file cannot set this state.',
  },
  'screening-empty': {
    kk: 'Сеанстың бөлімдері жоқ.',
    ru: 'В сеансе нет ни одной части.',
    en: 'The screening has no items.',
  },
  'minutes-missing': { kk: 'Ұзақтығы белгісіз.', ru: 'Неизвестна длительность.', en: 'The minutes are not known.' },
  'hour-illegal': {
    kk: '21+ фильм 22:00-ден ерте басталмайды.',
    ru: 'Фильм 21+ не начинают раньше 22:00.',
    en: 'A film rated 21+ does not start before 22:00.',
  },
  'hall-overlap': {
    kk: 'Зал бұл уақытта бос емес.',
    ru: 'Зал в это время занят.',
    en: 'The hall is taken at that time.',
  },
  'turnaround-too-short': {
    kk: 'Сеанстар арасында 15 минут жоқ.',
    ru: 'Между сеансами меньше 15 минут.',
    en: 'Less than 15 minutes between two screenings.',
  },
  'allocation-too-large': {
    kk: 'Бөлінген орындар залдан көп.',
    ru: 'Квоты больше зала.',
    en: 'The allocations are larger than the hall.',
  },
  'screening-moving': {
    kk: 'Сеанс қазір ауыстырылып жатыр.',
    ru: 'Сеанс сейчас переносят.',
    en: 'The screening is being moved right now.',
  },
  'screening-move-needed': {
    kk: 'Билеті сатылып жатқан сеанстың залы файлмен емес, ауыстырумен өзгереді.',
    ru: 'Зал сеанса, на который продают билеты, меняют переносом, а не файлом.',
    en: 'The hall of a screening on sale is changed by moving it, not by a file.',
  },
  'screening-of-other-edition': {
    kk: 'Бұл id басқа фестивальде бар.',
    ru: 'Этот id занят в другом фестивале.',
    en: 'Another edition has a screening with this id.',
  },
  'plan-without-file': {
    kk: 'Жоспардың файлы да, сыйымдылығы да жоқ.',
    ru: 'У схемы нет ни файла, ни вместимости.',
    en: 'The plan has neither a file nor a capacity and a category.',
  },
  ...PLAN_REASONS,
};

/** A reason in words, with what it is about ("14-2") put behind. */
export function reasonOf(code: string, about?: string): LocalText {
  return withAbout(REASONS[code] ?? { kk: code, ru: code, en: code }, about);
}
